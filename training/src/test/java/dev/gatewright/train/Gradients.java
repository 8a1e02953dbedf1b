package dev.gatewright.train;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.network.LogicNetwork;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Gradients of a network's parameters, as the kernels have them and as central differences of the reference. */
final class Gradients {
    private static final float BETA = 0.9f;
    private static final double STEP = 1e-5;

    private Gradients() {}

    /** Of the first {@code samples} samples, layer after layer: the first moment after one step is (1 − β1) times them. */
    static float[][] of(LogicNetwork network, Kernels kernels, BitMatrix bits, int samples, int[] labels, float tau) {
        return Arrays.stream(states(network, kernels, bits, samples, labels, tau))
                .map(state -> state[1])
                .toArray(float[][]::new);
    }

    /** The layers' states after one step, with first moments made gradients: array 1, and of learned wires array 4. */
    static float[][][] states(
            LogicNetwork network, Kernels kernels, BitMatrix bits, int samples, int[] labels, float tau) {
        try (Workers workers = new Workers(2)) {
            Objective objective = new Objective.Classes(network.groups(), tau, labels);
            Stepper stepper = new Stepper(network, objective, kernels, workers);
            int[] order = IntStream.range(0, samples).toArray();
            stepper.step(new BitRows(bits), order, 0, samples, new Kernels.AdamStep(BETA, 0.999f, 0, 1, 1, 0));
            return stepper.layers().stream()
                    .map(layer -> {
                        float[][] state = layer.state();
                        for (int part = 1; part < state.length; part += 3) {
                            for (int i = 0; i < state[part].length; i++) {
                                state[part][i] /= 1 - BETA;
                            }
                        }
                        return state;
                    })
                    .toArray(float[][][]::new);
        }
    }

    /** The difference quotient of the mean loss by parameter {@code p} of layer {@code l}, which is left as it was. */
    static double difference(
            LogicNetwork network, double[][] parameters, int l, int p, double[][] inputs, int[] labels, double tau) {
        double[][] logits = ReferenceNetwork.logits(network);
        int[][][] winners = winners(network, inputs);
        return difference(network, parameters, logits, parameters[l], p, inputs, winners, labels, tau);
    }

    /** {@link ReferenceNetwork#winners} of every sample. */
    static int[][][] winners(LogicNetwork network, double[][] inputs) {
        return Arrays.stream(inputs)
                .map(sample -> ReferenceNetwork.winners(network, sample))
                .toArray(int[][][]::new);
    }

    /** The same by entry {@code p} of {@code varied}, one of the arrays of parameters or of logits. */
    static double difference(
            LogicNetwork network,
            double[][] parameters,
            double[][] logits,
            double[] varied,
            int p,
            double[][] inputs,
            int[][][] winners,
            int[] labels,
            double tau) {
        double value = varied[p];
        varied[p] = value + STEP;
        double more = ReferenceNetwork.crossEntropy(network, parameters, logits, inputs, winners, labels, tau);
        varied[p] = value - STEP;
        double less = ReferenceNetwork.crossEntropy(network, parameters, logits, inputs, winners, labels, tau);
        varied[p] = value;
        return (more - less) / (2 * STEP);
    }
}
