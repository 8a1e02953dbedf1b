package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Initialisation;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.LutLayer;
import dev.gatewright.network.Wiring;
import dev.gatewright.relax.Light;
import dev.gatewright.relax.LightTable;
import dev.gatewright.relax.Softmax16;
import dev.gatewright.relax.TableRelaxation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LutGradientTest {
    private static final int INPUTS = 9;
    private static final int CLASSES = 3;
    private static final float TAU = 0.8f;
    private static final int DENSE = 0;

    static Stream<TableRelaxation> differentiable() {
        return Stream.of(new LightTable(Light.Estimator.SIGMOID), new LightTable(Light.Estimator.SINE));
    }

    /** Layers of larger gates of all sizes, alone, after one another, and before and after two-input gates. */
    static Stream<Arguments> networks() {
        int[][] shapes = {
            {2},
            {3},
            {4},
            {5},
            {6},
            {2, 2},
            {3, 3},
            {4, 4},
            {5, 5, 5},
            {6, 6, 6},
            {6, DENSE},
            {DENSE, 5},
            {4, DENSE, 3, 6}
        };
        return differentiable()
                .flatMap(relaxation -> Stream.of(shapes)
                        .flatMap(shape ->
                                Stream.of(kernels()).map(kernels -> Arguments.of(relaxation, shape, kernels))));
    }

    private static Kernels[] kernels() {
        return Kernels.vectors()
                ? new Kernels[] {new ScalarKernels(), Kernels.best()}
                : new Kernels[] {new ScalarKernels()};
    }

    static LogicNetwork network(TableRelaxation relaxation, int[] shape, int gates, SplittableRandom random) {
        List<Layer> layers = new ArrayList<>();
        int width = INPUTS;
        Initialisation init = Initialisation.GAUSSIAN;
        for (int arity : shape) {
            Wiring wiring = layers.size() % 2 == 0 ? new Wiring.Random() : new Wiring.Unique();
            if (arity == DENSE) {
                Softmax16 sixteen = new Softmax16();
                layers.add(new DenseLayer(
                        wiring.connect(width, gates, random), sixteen, init.parameters(sixteen, gates, random)));
            } else {
                float[] parameters = init.parameters(relaxation, arity, gates, random);
                for (int i = 0; i < parameters.length; i++) {
                    parameters[i] *= 4;
                }
                layers.add(new LutLayer(wiring.connect(width, gates, arity, random), relaxation, parameters));
            }
            width = gates;
        }
        return new LogicNetwork(INPUTS, layers, CLASSES);
    }

    private static BitMatrix bits(int samples, SplittableRandom random) {
        BitMatrix bits = new BitMatrix(samples, INPUTS);
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < INPUTS; i++) {
                bits.set(s, i, random.nextBoolean());
            }
        }
        return bits;
    }

    /** Several tiles and a ragged one. */
    @ParameterizedTest
    @MethodSource("networks")
    void parameterGradientsAreCentralDifferences(TableRelaxation relaxation, int[] shape, Kernels kernels) {
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(shape));
        LogicNetwork network = network(relaxation, shape, 9, random);
        int samples = 39;
        BitMatrix bits = bits(samples, random);
        double[][] inputs = new double[samples][INPUTS];
        int[] labels = random.ints(samples, 0, CLASSES).toArray();
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < INPUTS; i++) {
                inputs[s][i] = bits.get(s, i) ? 1 : 0;
            }
        }
        float[][] gradients = gradients(network, kernels, bits, labels);
        double[][] parameters = ReferenceNetwork.parameters(network);
        double step = 1e-5;
        for (int l = 0; l < parameters.length; l++) {
            // Every parameter of a layer of few inputs, every seventh of one of many.
            for (int p = 0; p < parameters[l].length; p += shape[l] > 4 ? 7 : 1) {
                double value = parameters[l][p];
                parameters[l][p] = value + step;
                double more = ReferenceNetwork.crossEntropy(network, parameters, inputs, labels, TAU);
                parameters[l][p] = value - step;
                double less = ReferenceNetwork.crossEntropy(network, parameters, inputs, labels, TAU);
                parameters[l][p] = value;
                double expected = (more - less) / (2 * step);
                assertThat((double) gradients[l][p])
                        .as("layer %d, parameter %d", l, p)
                        .isCloseTo(expected, within(2e-7 + 2e-4 * Math.abs(expected)));
            }
        }
    }

    /** The first moment after one step is (1 − β1) times the gradient. */
    private static float[][] gradients(LogicNetwork network, Kernels kernels, BitMatrix bits, int[] labels) {
        try (Workers workers = new Workers(2)) {
            Stepper stepper = new Stepper(network, new Objective.Classes(CLASSES, TAU, labels), kernels, workers);
            int[] order = IntStream.range(0, bits.samples()).toArray();
            stepper.step(new BitRows(bits), order, 0, order.length, new Kernels.AdamStep(0.9f, 0.999f, 0, 1, 1, 0));
            return stepper.layers().stream()
                    .map(layer -> {
                        float[] gradient = layer.state()[1];
                        for (int i = 0; i < gradient.length; i++) {
                            gradient[i] /= 1 - 0.9f;
                        }
                        return gradient;
                    })
                    .toArray(float[][]::new);
        }
    }

    static Stream<Arguments> twins() {
        return TableRelaxation.all().stream()
                .flatMap(relaxation -> Stream.of(
                                new int[] {2, 2}, new int[] {3, 3}, new int[] {4, 5, 6}, new int[] {6, DENSE, 6, 4})
                        .map(shape -> Arguments.of(relaxation, shape)));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theTwinsGiveTheSameBytesOnAnyNumberOfThreads(TableRelaxation relaxation, int[] shape) {
        assumeTrue(Kernels.vectors(), "no 256-bit Vector API on this machine");
        float[][] expected = trained(relaxation, shape, new ScalarKernels(), 1);
        assertThat(trained(relaxation, shape, Kernels.best(), 1)).isDeepEqualTo(expected);
        assertThat(trained(relaxation, shape, Kernels.best(), 3)).isDeepEqualTo(expected);
        assertThat(trained(relaxation, shape, new ScalarKernels(), 2)).isDeepEqualTo(expected);
    }

    private static float[][] trained(TableRelaxation relaxation, int[] shape, Kernels kernels, int threads) {
        SplittableRandom random = new SplittableRandom(21);
        LogicNetwork network = network(relaxation, shape, 30, random);
        BitMatrix bits = bits(300, random);
        int[] labels = random.ints(300, 0, CLASSES).toArray();
        try (Workers workers = new Workers(threads)) {
            Stepper stepper = new Stepper(network, new Objective.Classes(3, 1, labels), kernels, workers);
            BitRows rows = new BitRows(bits);
            int[] order = IntStream.range(0, 300).toArray();
            for (int step = 0; step < 6; step++) {
                stepper.step(rows, order, step * 50, 50, new Kernels.AdamStep(0.9f, 0.999f, 0.05f, 1.5f, 1e-8f, 1e-4f));
            }
            return stepper.layers().stream()
                    .flatMap(layer -> Arrays.stream(layer.state()))
                    .toArray(float[][]::new);
        }
    }
}
