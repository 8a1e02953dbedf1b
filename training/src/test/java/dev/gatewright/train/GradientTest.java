package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Initialisation;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.Wiring;
import dev.gatewright.relax.Relaxation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GradientTest {
    private static final int INPUTS = 7;
    private static final int CLASSES = 3;
    private static final float TAU = 0.8f;

    static Stream<Arguments> networks() {
        return Relaxation.all().stream()
                .flatMap(relaxation -> Wiring.fixed().stream()
                        .flatMap(wiring ->
                                Stream.of(kernels()).map(kernels -> Arguments.of(relaxation, wiring, kernels))));
    }

    private static Kernels[] kernels() {
        return Kernels.vectors()
                ? new Kernels[] {new ScalarKernels(), Kernels.best()}
                : new Kernels[] {new ScalarKernels()};
    }

    static LogicNetwork network(Relaxation relaxation, Wiring wiring, int[] widths, SplittableRandom random) {
        List<Layer> layers = new ArrayList<>();
        int width = INPUTS;
        for (int gates : widths) {
            layers.add(new DenseLayer(
                    wiring.connect(width, gates, random),
                    relaxation,
                    Initialisation.GAUSSIAN.parameters(relaxation, gates, random)));
            width = gates;
        }
        return new LogicNetwork(INPUTS, layers, CLASSES);
    }

    /** Odd widths, a last block that is not full, uneven fan-out, several tiles and a ragged one. */
    @ParameterizedTest
    @MethodSource("networks")
    void parameterGradientsAreCentralDifferences(Relaxation relaxation, Wiring wiring, Kernels kernels) {
        SplittableRandom random = new SplittableRandom(11);
        LogicNetwork network = network(relaxation, wiring, new int[] {9, 9, 11, 6}, random);
        int samples = 39;
        BitMatrix bits = new BitMatrix(samples, INPUTS);
        double[][] inputs = new double[samples][INPUTS];
        int[] labels = new int[samples];
        for (int s = 0; s < samples; s++) {
            labels[s] = random.nextInt(CLASSES);
            for (int i = 0; i < INPUTS; i++) {
                boolean on = random.nextBoolean();
                bits.set(s, i, on);
                inputs[s][i] = on ? 1 : 0;
            }
        }
        float[][] gradients = Gradients.of(network, kernels, bits, samples, labels, TAU);
        double[][] parameters = ReferenceNetwork.parameters(network);
        for (int l = 0; l < parameters.length; l++) {
            for (int p = 0; p < parameters[l].length; p++) {
                double expected = Gradients.difference(network, parameters, l, p, inputs, labels, TAU);
                assertThat((double) gradients[l][p])
                        .as("layer %d, parameter %d", l, p)
                        .isCloseTo(expected, within(2e-7 + 2e-4 * Math.abs(expected)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void softScoresAreThoseOfTheReference(Relaxation relaxation, Wiring wiring, Kernels kernels) {
        SplittableRandom random = new SplittableRandom(12);
        LogicNetwork network = network(relaxation, wiring, new int[] {20, 12}, random);
        BitMatrix bits = new BitMatrix(1 << INPUTS, INPUTS);
        int[] labels = new int[bits.samples()];
        double[][] parameters = ReferenceNetwork.parameters(network);
        for (int s = 0; s < bits.samples(); s++) {
            double[] inputs = new double[INPUTS];
            for (int i = 0; i < INPUTS; i++) {
                bits.set(s, i, (s >> i & 1) != 0);
                inputs[i] = s >> i & 1;
            }
            double[] sums = ReferenceNetwork.sums(network, parameters, inputs);
            labels[s] = IntStream.range(0, CLASSES).reduce(0, (best, c) -> sums[c] > sums[best] ? c : best);
        }
        try (Workers workers = new Workers(1)) {
            Stepper stepper = new Stepper(network, new Objective.Classes(CLASSES, TAU, labels), kernels, workers);
            int[] all = IntStream.range(0, labels.length).toArray();
            assertThat(stepper.score(new BitRows(bits), all)).isEqualTo(labels.length);
            Arrays.setAll(labels, s -> (labels[s] + 1) % CLASSES);
            assertThat(stepper.score(new BitRows(bits), all)).isZero();
        }
    }
}
