package dev.gatewright.train;

import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.LogicNetwork;

/** A relaxed network evaluated in double, gate by gate, as its definition says: the judge of the kernels. */
final class ReferenceNetwork {
    private ReferenceNetwork() {}

    /** Group sums of one sample, given all parameters as {@code parameters[layer][gate · P + p]}. */
    static double[] sums(LogicNetwork network, double[][] parameters, double[] inputs) {
        double[] wires = inputs;
        for (int l = 0; l < network.layers().size(); l++) {
            DenseLayer layer = network.layers().get(l);
            int count = layer.relaxation().parameters();
            double[] outputs = new double[layer.gates()];
            double[] own = new double[count];
            double[] v = new double[4];
            for (int gate = 0; gate < outputs.length; gate++) {
                System.arraycopy(parameters[l], gate * count, own, 0, count);
                layer.relaxation().corners(own, v);
                double a = wires[layer.connections().a(gate)];
                double b = wires[layer.connections().b(gate)];
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

    static double[][] parameters(LogicNetwork network) {
        double[][] parameters = new double[network.layers().size()][];
        for (int l = 0; l < parameters.length; l++) {
            float[] single = network.layers().get(l).parameters();
            parameters[l] = new double[single.length];
            for (int i = 0; i < single.length; i++) {
                parameters[l][i] = single[i];
            }
        }
        return parameters;
    }

    /** Mean softmax cross-entropy of {@code sums / tau}. */
    static double crossEntropy(
            LogicNetwork network, double[][] parameters, double[][] inputs, int[] labels, double tau) {
        double loss = 0;
        for (int s = 0; s < inputs.length; s++) {
            double[] sums = sums(network, parameters, inputs[s]);
            double total = 0;
            for (double sum : sums) {
                total += Math.exp(sum / tau);
            }
            loss += Math.log(total) - sums[labels[s]] / tau;
        }
        return loss / inputs.length;
    }
}
