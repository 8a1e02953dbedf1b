package dev.gatewright.train;

import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Estimator;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LearnedWires;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.LutLayer;
import dev.gatewright.network.Temperature;

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
            int count = layer.parametersPerGate();
            double[] outputs = new double[layer.gates()];
            double[] own = new double[count];
            double[] x = new double[layer.arity()];
            for (int gate = 0; gate < outputs.length; gate++) {
                System.arraycopy(parameters[l], gate * count, own, 0, count);
                for (int i = 0; i < x.length; i++) {
                    x[i] = wires[layer.wire(gate, i)];
                    if (layer.learnedWires().isPresent()) {
                        x[i] += shift(layer.learnedWires().get(), logits[l], x.length * gate + i, wires);
                    }
                }
                outputs[gate] = value(layer, gate, own, x);
            }
            wires = outputs;
        }
        double[] sums = new double[network.groups()];
        for (int i = 0; i < wires.length; i++) {
            sums[i / network.outputsPerGroup()] += wires[i];
        }
        return sums;
    }

    /**
     * The corners of a mixture at the temperature of the first step; of straight-through, those of the gate that the
     * network's parameters favour, plus the mixture's at the given parameters less the mixture's at the network's.
     */
    private static void corners(DenseLayer layer, int gate, double[] given, double[] v) {
        Estimator estimator = layer.estimator();
        boolean adapts = estimator.temperature() instanceof Temperature.Confidence;
        double temperature = estimator.temperature().at(0, adapts ? confidence(layer) : 0);
        layer.relaxation().corners(given, temperature, v);
        if (estimator.forward() == Estimator.Forward.STRAIGHT_THROUGH) {
            double[] own = new double[given.length];
            for (int p = 0; p < own.length; p++) {
                own[p] = layer.parameters()[gate * own.length + p];
            }
            double[] before = new double[v.length];
            layer.relaxation().corners(own, temperature, before);
            for (int i = 0; i < v.length; i++) {
                v[i] += (TruthTable.value(layer.table(gate), i) ? 1 : 0) - before[i];
            }
        }
    }

    private static double value(Layer layer, int gate, double[] parameters, double[] x) {
        return switch (layer) {
            case DenseLayer dense -> {
                double[] v = new double[4];
                corners(dense, gate, parameters, v);
                yield (1 - x[0]) * (1 - x[1]) * v[0]
                        + x[0] * (1 - x[1]) * v[1]
                        + (1 - x[0]) * x[1] * v[2]
                        + x[0] * x[1] * v[3];
            }
            case LutLayer lut -> {
                double[] entries = new double[parameters.length];
                lut.relaxation().entries(parameters, entries);
                yield lut.relaxation().value(entries, x);
            }
        };
    }

    /** The mean over the gates of the largest share of their softmax. */
    private static double confidence(DenseLayer layer) {
        int count = layer.relaxation().parameters();
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
