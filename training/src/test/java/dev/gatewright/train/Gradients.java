package dev.gatewright.train;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.network.LogicNetwork;
import java.util.stream.IntStream;

/** Gradients of a network's parameters, as the kernels have them and as central differences of the reference. */
final class Gradients {
    private static final float BETA = 0.9f;
    private static final double STEP = 1e-5;

    private Gradients() {}

    /** Of the first {@code samples} samples, layer after layer: the first moment after one step is (1 − β1) times them. */
    static float[][] of(LogicNetwork network, Kernels kernels, BitMatrix bits, int samples, int[] labels, float tau) {
        try (Workers workers = new Workers(2)) {
            Objective objective = new Objective.Classes(network.groups(), tau, labels);
            Stepper stepper = new Stepper(network, objective, kernels, workers);
            int[] order = IntStream.range(0, samples).toArray();
            stepper.step(new BitRows(bits), order, 0, samples, new Kernels.AdamStep(BETA, 0.999f, 0, 1, 1, 0));
            return stepper.layers().stream()
                    .map(layer -> {
                        float[] gradient = layer.state()[1];
                        for (int i = 0; i < gradient.length; i++) {
                            gradient[i] /= 1 - BETA;
                        }
                        return gradient;
                    })
                    .toArray(float[][]::new);
        }
    }

    /** The difference quotient of the mean loss by parameter {@code p} of layer {@code l}, which is left as it was. */
    static double difference(
            LogicNetwork network, double[][] parameters, int l, int p, double[][] inputs, int[] labels, double tau) {
        double value = parameters[l][p];
        parameters[l][p] = value + STEP;
        double more = ReferenceNetwork.crossEntropy(network, parameters, inputs, labels, tau);
        parameters[l][p] = value - STEP;
        double less = ReferenceNetwork.crossEntropy(network, parameters, inputs, labels, tau);
        parameters[l][p] = value;
        return (more - less) / (2 * STEP);
    }
}
