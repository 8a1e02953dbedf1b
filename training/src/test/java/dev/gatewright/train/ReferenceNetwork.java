package dev.gatewright.train;

import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.Connections;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Estimator;
import dev.gatewright.network.LearnedWires;
import dev.gatewright.network.LogicNetwork;

/** A relaxed network evaluated in double, gate by gate, as its definition says: the judge of the kernels. */
final class ReferenceNetwork {
    private ReferenceNetwork() {}

    /** Group sums of one sample, given all parameters as {@code parameters[layer][gate · P + p]}. */
    static double[] sums(LogicNetwork network, double[][] parameters, double[] inputs) {
        return sums(network, parameters, logits(network), inputs);
    }

    /**
     * The same where wiring logits differ from those of the network. A slot then has the value of the wire it chooses
     * plus Σ (p' − p)·x over its candidates, with p the softmax of the network's logits and p' that of the given ones:
     * the function whose derivative straight-through takes.
     */
    static double[] sums(LogicNetwork network, double[][] parameters, double[][] logits, double[] inputs) {
        double[] wires = inputs;
        for (int l = 0; l < network.layers().size(); l++) {
            DenseLayer layer = network.layers().get(l);
            Connections connections = layer.connections();
            int count = layer.relaxation().parameters();
            double[] outputs = new double[layer.gates()];
            double[] own = new double[count];
            double[] v = new double[4];
            for (int gate = 0; gate < outputs.length; gate++) {
                System.arraycopy(parameters[l], gate * count, own, 0, count);
                corners(layer, gate, own, v);
                double a = wires[connections.a(gate)];
                double b = wires[connections.b(gate)];
                if (layer.learnedWires().isPresent()) {
                    a += shift(layer.learnedWires().get(), logits[l], 2 * gate, wires);
                    b += shift(layer.learnedWires().get(), logits[l], 2 * gate + 1, wires);
                }
                outputs[gate] = (1 - a) * (1 - b) * v[0] + a * (1 - b) * v[1] + (1 - a) * b * v[2] + a * b * v[3];
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
        layer.relaxation().corners(given, estimator.first(), v);
        if (estimator.forward() == Estimator.Forward.STRAIGHT_THROUGH) {
            double[] own = new double[given.length];
            for (int p = 0; p < own.length; p++) {
                own[p] = layer.parameters()[gate * own.length + p];
            }
            double[] before = new double[v.length];
            layer.relaxation().corners(own, estimator.first(), before);
            for (int i = 0; i < v.length; i++) {
                v[i] += (TruthTable.value(layer.table(gate), i) ? 1 : 0) - before[i];
            }
        }
    }

    private static double shift(LearnedWires learned, double[] logits, int slot, double[] wires) {
        double shift = 0;
        double[] before = shares(learned, slot, toDoubles(learned.logits()));
        double[] after = shares(learned, slot, logits);
        for (int k = 0; k < before.length; k++) {
            shift += (after[k] - before[k]) * wires[learned.candidate(slot, k)];
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
