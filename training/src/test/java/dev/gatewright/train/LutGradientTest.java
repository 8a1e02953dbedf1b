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
import dev.gatewright.network.WiredLayer;
import dev.gatewright.network.Wiring;
import dev.gatewright.relax.FiniteDifferenceTable;
import dev.gatewright.relax.Light;
import dev.gatewright.relax.LightTable;
import dev.gatewright.relax.Softmax16;
import dev.gatewright.relax.TableRelaxation;
import dev.gatewright.relax.WalshTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LutGradientTest {
    private static final int INPUTS = 9;
    private static final int CLASSES = 3;
    private static final float TAU = 0.8f;
    private static final int DENSE = 0;

    static Stream<TableRelaxation> differentiable() {
        return Stream.of(
                new LightTable(Light.Estimator.SIGMOID), new LightTable(Light.Estimator.SINE), new WalshTable());
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
                    parameters[i] *= relaxation instanceof FiniteDifferenceTable ? 1 : 4;
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
        float[][] gradients = Gradients.of(network, kernels, bits, samples, labels, TAU);
        double[][] parameters = ReferenceNetwork.parameters(network);
        for (int l = 0; l < parameters.length; l++) {
            // Every parameter of a layer of few inputs, every seventh of one of many.
            for (int p = 0; p < parameters[l].length; p += shape[l] > 4 ? 7 : 1) {
                double expected = Gradients.difference(network, parameters, l, p, inputs, labels, TAU);
                assertThat((double) gradients[l][p])
                        .as("layer %d, parameter %d", l, p)
                        .isCloseTo(expected, within(2e-7 + 2e-4 * Math.abs(expected)));
            }
        }
    }

    /**
     * Two layers of hard gates: what a step leaves is what the published formulas give, sample by sample. A first layer's
     * gradient is that of its outputs, which the second layer's extended finite difference gives.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void finiteDifferencesAreAsPublished(int arity) {
        for (Kernels kernels : kernels()) {
            SplittableRandom random = new SplittableRandom(arity);
            TableRelaxation relaxation = new FiniteDifferenceTable();
            LogicNetwork network = network(relaxation, new int[] {arity, arity}, 9, random);
            int samples = 70;
            BitMatrix bits = bits(samples, random);
            int[] labels = random.ints(samples, 0, CLASSES).toArray();
            double[][] expected = new double[2][9 << arity];
            for (int s = 0; s < samples; s++) {
                published(network, bits, s, labels[s], samples, expected);
            }
            float[][] found = Gradients.of(network, kernels, bits, samples, labels, TAU);
            for (int l = 0; l < 2; l++) {
                for (int p = 0; p < expected[l].length; p++) {
                    assertThat((double) found[l][p])
                            .as("layer %d, parameter %d", l, p)
                            .isCloseTo(expected[l][p], within(1e-7 + 1e-5 * Math.abs(expected[l][p])));
                }
            }
        }
    }

    private static void published(
            LogicNetwork network, BitMatrix bits, int sample, int label, int samples, double[][] gradients) {
        int arity = network.layers().getFirst().arity();
        int[][] wires = new int[3][];
        wires[0] =
                IntStream.range(0, INPUTS).map(i -> bits.get(sample, i) ? 1 : 0).toArray();
        int[][] read = new int[2][9];
        for (int l = 0; l < 2; l++) {
            WiredLayer layer = (WiredLayer) network.layers().get(l);
            wires[l + 1] = new int[9];
            for (int gate = 0; gate < 9; gate++) {
                for (int i = 0; i < arity; i++) {
                    read[l][gate] |= wires[l][layer.wire(gate, i)] << i;
                }
                wires[l + 1][gate] = layer.parameters()[(gate << arity) + read[l][gate]] >= 0 ? 1 : 0;
            }
        }
        double[] exp = new double[CLASSES];
        for (int gate = 0; gate < 9; gate++) {
            exp[gate / 3] += wires[2][gate] / TAU;
        }
        double total = 0;
        for (int c = 0; c < CLASSES; c++) {
            exp[c] = Math.exp(exp[c]);
            total += exp[c];
        }
        WiredLayer second = (WiredLayer) network.layers().get(1);
        double[] hidden = new double[9];
        for (int gate = 0; gate < 9; gate++) {
            double delta = (exp[gate / 3] / total - (gate / 3 == label ? 1 : 0)) / (TAU * samples);
            gradients[1][(gate << arity) + read[1][gate]] += delta;
            for (int l = 0; l < arity; l++) {
                hidden[second.wire(gate, l)] += delta * slope(second, gate, read[1][gate], l);
            }
        }
        for (int gate = 0; gate < 9; gate++) {
            gradients[0][(gate << arity) + read[0][gate]] += hidden[gate];
        }
    }

    /** The extended finite difference of gate {@code gate} by its input {@code l}, where it reads {@code read}. */
    static double slope(WiredLayer layer, int gate, int read, int l) {
        int arity = layer.arity();
        double alpha = 0.5 * Math.pow(0.75, arity - 1);
        double beta = 1.0 / 3;
        double slope = 0;
        for (int a = 0; a < 1 << arity; a++) {
            int apart = Integer.bitCount((a ^ read) & ~(1 << l));
            double theta = layer.parameters()[(gate << arity) + a];
            slope += ((a >> l & 1) != 0 ? theta : -theta) * alpha * Math.pow(beta, apart);
        }
        return slope;
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
