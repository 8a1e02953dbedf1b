package dev.gatewright.train;

import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.ConvShape;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Estimator;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LearnedWires;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.LutLayer;
import dev.gatewright.network.Planes;
import dev.gatewright.network.Temperature;
import dev.gatewright.network.WiredLayer;
import dev.gatewright.relax.Relaxation;
import java.util.Arrays;

/** A relaxed network evaluated in double, gate by gate, as its definition says: the judge of the kernels. */
final class ReferenceNetwork {
    private ReferenceNetwork() {}

    /** Group sums of one sample, given all parameters as {@code parameters[layer][gate · P + p]}. */
    static double[] sums(LogicNetwork network, double[][] parameters, double[] inputs) {
        return sums(network, parameters, logits(network), inputs);
    }

    /**
     * The same where wiring logits differ from those of the network. A slot then has the value of the wire it chooses
     * plus Σ (p' − p)·x over its candidates, with x the bit that a candidate's value rounds to, p the softmax of the
     * network's logits and p' that of the given ones: the function whose derivative straight-through takes.
     */
    static double[] sums(LogicNetwork network, double[][] parameters, double[][] logits, double[] inputs) {
        double[] wires = inputs;
        for (int l = 0; l < network.layers().size(); l++) {
            Layer layer = network.layers().get(l);
            wires = switch (layer) {
                case ConvLayer conv -> convolved(conv, parameters[l], wires);
                case WiredLayer wired -> gates(wired, parameters[l], logits[l], wires);
            };
        }
        double[] sums = new double[network.groups()];
        for (int i = 0; i < wires.length; i++) {
            sums[i / network.outputsPerGroup()] += wires[i];
        }
        return sums;
    }

    private static double[] gates(WiredLayer layer, double[] parameters, double[] logits, double[] wires) {
        double[] outputs = new double[layer.gates()];
        double[] x = new double[layer.arity()];
        for (int gate = 0; gate < outputs.length; gate++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = wires[layer.wire(gate, i)];
                if (layer.learnedWires().isPresent()) {
                    x[i] += shift(layer.learnedWires().get(), logits, x.length * gate + i, wires);
                }
            }
            outputs[gate] = value(layer, gate, own(layer, gate, parameters), x);
        }
        return outputs;
    }

    private static double[] own(Layer layer, int gate, double[] parameters) {
        int count = layer.parametersPerGate();
        return Arrays.copyOfRange(parameters, gate * count, (gate + 1) * count);
    }

    /** Kernel after kernel, window after window: the largest of what the tree gives at the window's positions. */
    private static double[] convolved(ConvLayer layer, double[] parameters, double[] wires) {
        ConvShape shape = layer.shape();
        double[][] corners = new double[layer.gates()][4];
        for (int gate = 0; gate < corners.length; gate++) {
            corners(layer, layer.relaxation(), layer.estimator(), gate, own(layer, gate, parameters), corners[gate]);
        }
        double[] outputs = new double[layer.outputs()];
        int at = 0;
        for (int kernel = 0; kernel < shape.kernels(); kernel++) {
            for (int row = 0; row < shape.output().rows(); row++) {
                for (int column = 0; column < shape.output().columns(); column++) {
                    double best = Double.NEGATIVE_INFINITY;
                    for (int down = 0; down < shape.pool().rows(); down++) {
                        for (int across = 0; across < shape.pool().columns(); across++) {
                            int y = row * shape.pool().rows() + down;
                            int x = column * shape.pool().columns() + across;
                            best = Math.max(best, tree(layer, corners, kernel, 0, shape.depth(), y, x, wires));
                        }
                    }
                    outputs[at++] = best;
                }
            }
        }
        return outputs;
    }

    /** The {@code i}-th node of level {@code level} of a kernel's tree; leaves are level 0. */
    private static double tree(
            ConvLayer layer, double[][] corners, int kernel, int i, int level, int down, int across, double[] wires) {
        ConvShape shape = layer.shape();
        if (level == 0) {
            int row = down * shape.stride().rows()
                    + layer.leafRow(kernel, i)
                    - shape.pad().rows();
            int column = across * shape.stride().columns()
                    + layer.leafColumn(kernel, i)
                    - shape.pad().columns();
            Planes planes = shape.input();
            boolean inside = row >= 0 && row < planes.rows() && column >= 0 && column < planes.columns();
            int plane = layer.leafChannel(kernel, i) * planes.rows() * planes.columns();
            return inside ? wires[plane + row * planes.columns() + column] : 0;
        }
        int before = shape.leaves() - (shape.leaves() >> level - 1);
        int gate = kernel * (shape.leaves() - 1) + before + i;
        double[] x = {
            tree(layer, corners, kernel, 2 * i, level - 1, down, across, wires),
            tree(layer, corners, kernel, 2 * i + 1, level - 1, down, across, wires)
        };
        return bilinear(corners[gate], x);
    }

    /**
     * The corners of a mixture at the temperature of the first step; of straight-through, those of the gate that the
     * network's parameters favour, plus the mixture's at the given parameters less the mixture's at the network's.
     */
    private static void corners(
            Layer layer, Relaxation relaxation, Estimator estimator, int gate, double[] given, double[] v) {
        boolean adapts = estimator.temperature() instanceof Temperature.Confidence;
        double temperature = estimator.temperature().at(0, adapts ? confidence(layer) : 0);
        relaxation.corners(given, temperature, v);
        if (estimator.forward() == Estimator.Forward.STRAIGHT_THROUGH) {
            double[] own = new double[given.length];
            for (int p = 0; p < own.length; p++) {
                own[p] = layer.parameters()[gate * own.length + p];
            }
            double[] before = new double[v.length];
            relaxation.corners(own, temperature, before);
            for (int i = 0; i < v.length; i++) {
                v[i] += (TruthTable.value(layer.table(gate), i) ? 1 : 0) - before[i];
            }
        }
    }

    private static double value(WiredLayer layer, int gate, double[] parameters, double[] x) {
        return switch (layer) {
            case DenseLayer dense -> {
                double[] v = new double[4];
                corners(dense, dense.relaxation(), dense.estimator(), gate, parameters, v);
                yield bilinear(v, x);
            }
            case LutLayer lut -> {
                double[] entries = new double[parameters.length];
                lut.relaxation().entries(parameters, entries);
                yield lut.relaxation().value(entries, x);
            }
        };
    }

    private static double bilinear(double[] v, double[] x) {
        return (1 - x[0]) * (1 - x[1]) * v[0]
                + x[0] * (1 - x[1]) * v[1]
                + (1 - x[0]) * x[1] * v[2]
                + x[0] * x[1] * v[3];
    }

    /** The mean over the gates of the largest share of their softmax. */
    private static double confidence(Layer layer) {
        int count = layer.parametersPerGate();
        double confidence = 0;
        for (int gate = 0; gate < layer.gates(); gate++) {
            double max = 0;
            double total = 0;
            for (int t = 0; t < count; t++) {
                double e = Math.exp(layer.parameters()[gate * count + t]);
                max = Math.max(max, e);
                total += e;
            }
            confidence += max / total / layer.gates();
        }
        return confidence;
    }

    private static double shift(LearnedWires learned, double[] logits, int slot, double[] wires) {
        double shift = 0;
        double[] before = shares(learned, slot, toDoubles(learned.logits()));
        double[] after = shares(learned, slot, logits);
        for (int k = 0; k < before.length; k++) {
            shift += (after[k] - before[k]) * (wires[learned.candidate(slot, k)] > 0.5 ? 1 : 0);
        }
        return shift;
    }

    /** The softmax of the logits of slot {@code slot} of layer {@code layer}. */
    static double[] shares(LogicNetwork network, int layer, int slot) {
        LearnedWires learned = network.layers().get(layer).learnedWires().orElseThrow();
        return shares(learned, slot, toDoubles(learned.logits()));
    }

    /** The softmax of a slot's logits. */
    private static double[] shares(LearnedWires learned, int slot, double[] logits) {
        double[] shares = new double[learned.candidates()];
        double total = 0;
        for (int k = 0; k < shares.length; k++) {
            int at = (slot / 8 * shares.length + k) * 8 + slot % 8;
            shares[k] = Math.exp(logits[at] / learned.options().temperature());
            total += shares[k];
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= total;
        }
        return shares;
    }

    /** Wiring logits, layer after layer; none of layers with fixed wires. */
    static double[][] logits(LogicNetwork network) {
        return network.layers().stream()
                .map(layer ->
                        toDoubles(layer.learnedWires().map(LearnedWires::logits).orElse(new float[0])))
                .toArray(double[][]::new);
    }

    private static double[] toDoubles(float[] single) {
        double[] values = new double[single.length];
        for (int i = 0; i < single.length; i++) {
            values[i] = single[i];
        }
        return values;
    }

    static double[][] parameters(LogicNetwork network) {
        return network.layers().stream()
                .map(layer -> toDoubles(layer.parameters()))
                .toArray(double[][]::new);
    }

    /** Mean softmax cross-entropy of {@code sums / tau}. */
    static double crossEntropy(
            LogicNetwork network, double[][] parameters, double[][] inputs, int[] labels, double tau) {
        return crossEntropy(network, parameters, logits(network), inputs, labels, tau);
    }

    /** The same where wiring logits differ from those of the network. */
    static double crossEntropy(
            LogicNetwork network,
            double[][] parameters,
            double[][] logits,
            double[][] inputs,
            int[] labels,
            double tau) {
        double loss = 0;
        for (int s = 0; s < inputs.length; s++) {
            double[] sums = sums(network, parameters, logits, inputs[s]);
            double total = 0;
            for (double sum : sums) {
                total += Math.exp(sum / tau);
            }
            loss += Math.log(total) - sums[labels[s]] / tau;
        }
        return loss / inputs.length;
    }
}
