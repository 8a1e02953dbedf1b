package dev.gatewright.train;

import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.ConvShape;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Estimator;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LearnedLeaves;
import dev.gatewright.network.LearnedWires;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.LutLayer;
import dev.gatewright.network.Planes;
import dev.gatewright.network.Temperature;
import dev.gatewright.network.Window;
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
        return sums(network, parameters, logits, inputs, winners(network, inputs));
    }

    /** Which position wins each pooling window of each convolution, of the network as it is. */
    static int[][] winners(LogicNetwork network, double[] inputs) {
        int[][] winners = new int[network.layers().size()][];
        if (network.layers().stream().anyMatch(ConvLayer.class::isInstance)) {
            sums(network, parameters(network), logits(network), inputs, winners);
        }
        return winners;
    }

    /**
     * Where there are no winners yet, they become the first of the largest of each window. What they are pooled to with
     * other parameters has the derivative of the maximum, and keeps it where several are equal, as bits often are.
     */
    private static double[] sums(
            LogicNetwork network, double[][] parameters, double[][] logits, double[] inputs, int[][] winners) {
        double[] wires = inputs;
        for (int l = 0; l < network.layers().size(); l++) {
            Layer layer = network.layers().get(l);
            if (layer instanceof ConvLayer conv) {
                double[][] values = windows(conv, parameters[l], logits[l], wires);
                winners[l] = winners[l] == null
                        ? Arrays.stream(values)
                                .mapToInt(ReferenceNetwork::largest)
                                .toArray()
                        : winners[l];
                wires = new double[values.length];
                for (int i = 0; i < wires.length; i++) {
                    wires[i] = values[i][winners[l][i]];
                }
            } else {
                wires = gates((WiredLayer) layer, parameters[l], logits[l], wires);
            }
        }
        double[] sums = new double[network.groups()];
        for (int i = 0; i < wires.length; i++) {
            sums[i / network.outputsPerGroup()] += wires[i];
        }
        return sums;
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    private static double[] gates(WiredLayer layer, double[] parameters, double[] logits, double[] wires) {
        double[] outputs = new double[layer.gates()];
        double[] x = new double[layer.arity()];
        double[][] shifts =
                layer.learnedWires().map(learned -> shifts(learned, logits)).orElse(new double[0][]);
        for (int gate = 0; gate < outputs.length; gate++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = wires[layer.wire(gate, i)];
                int slot = x.length * gate + i;
                for (int k = 0; shifts.length > 0 && k < shifts[slot].length; k++) {
                    int wire = layer.learnedWires().orElseThrow().candidate(slot, k);
                    x[i] += shifts[slot][k] * (wires[wire] > 0.5 ? 1 : 0);
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

    /** Output after output: what the tree gives at the positions of its window. */
    private static double[][] windows(ConvLayer layer, double[] parameters, double[] logits, double[] wires) {
        ConvShape shape = layer.shape();
        double[][] corners = new double[layer.gates()][4];
        for (int gate = 0; gate < corners.length; gate++) {
            corners(layer, layer.relaxation(), layer.estimator(), gate, own(layer, gate, parameters), corners[gate]);
        }
        int outputs = layer.outputs() / shape.kernels();
        double[][] shifts =
                layer.learnedWires().map(learned -> shifts(learned, logits)).orElse(new double[0][]);
        double[][] values = new double[layer.outputs()][shape.pool().size()];
        double[] nodes = new double[shape.leaves() + shape.treeGates()];
        for (int output = 0; output < outputs; output++) {
            for (int window = 0; window < shape.pool().size(); window++) {
                double[] field = field(layer, shape.position(output, window), wires);
                for (int kernel = 0; kernel < shape.kernels(); kernel++) {
                    values[kernel * outputs + output][window] = tree(layer, corners, shifts, kernel, field, nodes);
                }
            }
        }
        return values;
    }

    /** What the tree of a kernel gives where the field holds these values. */
    private static double tree(
            ConvLayer layer, double[][] corners, double[][] shifts, int kernel, double[] field, double[] nodes) {
        int leaves = layer.shape().leaves();
        for (int leaf = 0; leaf < leaves; leaf++) {
            nodes[leaf] = field[layer.place(kernel, leaf)];
            int slot = kernel * leaves + leaf;
            for (int k = 0; shifts.length > 0 && k < shifts[slot].length; k++) {
                LearnedLeaves learned = layer.learnedLeaves().orElseThrow();
                int place = learned.place(slot, learned.wires().candidate(slot, k));
                nodes[leaf] += shifts[slot][k] * (field[place] > 0.5 ? 1 : 0);
            }
        }
        for (int gate = 0; gate < leaves - 1; gate++) {
            double[] x = {nodes[2 * gate], nodes[2 * gate + 1]};
            nodes[leaves + gate] = bilinear(corners[kernel * (leaves - 1) + gate], x);
        }
        return nodes[nodes.length - 1];
    }

    /** The values of all planes in the field of a kernel: plane, slice, row and column counted out. */
    private static double[] field(ConvLayer layer, Window position, double[] wires) {
        ConvShape shape = layer.shape();
        Planes planes = shape.input();
        double[] field = new double[shape.places()];
        int at = 0;
        for (int plane = 0; plane < planes.channels(); plane++) {
            for (int z = 0; z < shape.field().slices(); z++) {
                int slice = position.slices() * shape.stride().slices()
                        + z
                        - shape.pad().slices();
                for (int y = 0; y < shape.field().rows(); y++) {
                    int row = position.rows() * shape.stride().rows()
                            + y
                            - shape.pad().rows();
                    for (int x = 0; x < shape.field().columns(); x++) {
                        int column = position.columns() * shape.stride().columns()
                                + x
                                - shape.pad().columns();
                        boolean inside = slice >= 0
                                && slice < planes.slices()
                                && row >= 0
                                && row < planes.rows()
                                && column >= 0
                                && column < planes.columns();
                        int line = (plane * planes.slices() + slice) * planes.rows() + row;
                        field[at++] = inside ? wires[line * planes.columns() + column] : 0;
                    }
                }
            }
        }
        return field;
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

    /** By how much the shares of candidates at these logits exceed those at the network's, slot after slot. */
    private static double[][] shifts(LearnedWires learned, double[] logits) {
        double[] own = toDoubles(learned.logits());
        double[][] shifts = new double[learned.gateInputs()][learned.candidates()];
        for (int slot = 0; slot < shifts.length; slot++) {
            double[] before = shares(learned, slot, own);
            double[] after = shares(learned, slot, logits);
            for (int k = 0; k < before.length; k++) {
                shifts[slot][k] = after[k] - before[k];
            }
        }
        return shifts;
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
        int[][][] winners = Gradients.winners(network, inputs);
        return crossEntropy(network, parameters, logits, inputs, winners, labels, tau);
    }

    /** The same where the {@link #winners} of each sample are known. */
    static double crossEntropy(
            LogicNetwork network,
            double[][] parameters,
            double[][] logits,
            double[][] inputs,
            int[][][] winners,
            int[] labels,
            double tau) {
        double loss = 0;
        for (int s = 0; s < inputs.length; s++) {
            double[] sums = sums(network, parameters, logits, inputs[s], winners[s]);
            double total = 0;
            for (double sum : sums) {
                total += Math.exp(sum / tau);
            }
            loss += Math.log(total) - sums[labels[s]] / tau;
        }
        return loss / inputs.length;
    }
}
