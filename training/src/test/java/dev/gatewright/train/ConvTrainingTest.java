package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.discretise.Discretiser;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.network.Planes;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConvTrainingTest {
    private static final int CLASSES = 3;
    private static final float TAU = 0.8f;
    private static final Planes IMAGES = new Planes(3, 5, 6);
    private static final int SAMPLES = 37;
    /** Parameters of a layer, and logits, that are varied. */
    private static final int VARIED = 16;

    /** Every depth, odd sizes, borders, strides, groups, windows of four and of others, convolutions last and first. */
    static final List<String> SHAPES = List.of(
            "conv:kernels=5,field=3,depth=2,pad=1,OPTIONS | orpool:2 | conv:kernels=6,field=2,depth=3,pad=1,OPTIONS"
                    + " | orpool:2 | dense:27,OPTIONS",
            "conv:kernels=4,field=3x2,depth=1,stride=2x1,channels=3,OPTIONS | dense:30,15,OPTIONS",
            "conv:kernels=6,field=3,depth=4,pad=1,groups=3,wiring=random,OPTIONS | orpool:2x3"
                    + " | conv:kernels=6,field=2,depth=2,groups=3,OPTIONS",
            "conv:kernels=9,field=1x3,depth=2,pad=0x1,OPTIONS | orpool:5x2 | lut:12,inputs=4",
            "conv3d:kernels=4,field=2,depth=2,pad=1,stride=1x2x1,OPTIONS | orpool:2x1x2"
                    + " | conv3d:kernels=6,field=1x2x3,depth=3,OPTIONS | orpool:2x1x1 | dense:9,OPTIONS",
            "conv:kernels=5,field=3,depth=2,pad=1,wiring=learned,OPTIONS | orpool:2 |"
                    + " conv:kernels=6,field=2,depth=3,pad=1,channels=2,wiring=learned:candidates=5:temperature=0.7,OPTIONS"
                    + " | orpool:3x1 | dense:27,OPTIONS",
            "conv:kernels=6,field=3x2,depth=1,stride=2x1,groups=3,wiring=learned:candidates=4,OPTIONS"
                    + " | conv3d:kernels=3,field=1x2x2,depth=2,wiring=learned:candidates=9,OPTIONS");

    private static final Planes VOLUMES = new Planes(2, 3, 3, 5);

    private static Kernels[] kernels() {
        return Kernels.vectors()
                ? new Kernels[] {new ScalarKernels(), Kernels.best()}
                : new Kernels[] {new ScalarKernels()};
    }

    static Stream<Arguments> networks() {
        return Relaxation.all().stream()
                .flatMap(relaxation -> SHAPES.stream().map(shape -> Arguments.of(relaxation, shape)));
    }

    private static LogicNetwork network(String shape, String options) {
        Planes images = shape.startsWith("conv3d") ? VOLUMES : IMAGES;
        return NetworkSpec.parse(shape.replace("OPTIONS", options))
                .network(images.size(), Optional.of(images), CLASSES, new SplittableRandom(shape.hashCode()));
    }

    private static BitMatrix bits(int samples, SplittableRandom random) {
        BitMatrix bits = new BitMatrix(samples, IMAGES.size());
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < IMAGES.size(); i++) {
                bits.set(s, i, random.nextBoolean());
            }
        }
        return bits;
    }

    private static double[][] numbers(BitMatrix bits) {
        double[][] inputs = new double[bits.samples()][bits.bits()];
        for (int s = 0; s < inputs.length; s++) {
            for (int i = 0; i < inputs[s].length; i++) {
                inputs[s][i] = bits.get(s, i) ? 1 : 0;
            }
        }
        return inputs;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void parameterGradientsAreCentralDifferences(Relaxation relaxation, String shape) {
        requireCentralDifferences(network(shape, "relaxation=" + relaxation.name() + ",init=gaussian"));
    }

    /** Every value is a bit, so that windows have equal values more often than not: the first has the gradient. */
    @ParameterizedTest
    @MethodSource("networks")
    void soAreThoseOfStraightThrough(Relaxation relaxation, String shape) {
        String options = "init=gaussian,estimator=straight-through,relaxation=" + relaxation.name();
        requireCentralDifferences(network(shape, options));
    }

    private static void requireCentralDifferences(LogicNetwork network) {
        SplittableRandom random = new SplittableRandom(17);
        BitMatrix bits = bits(SAMPLES, random);
        double[][] inputs = numbers(bits);
        int[] labels = random.ints(SAMPLES, 0, CLASSES).toArray();
        int[][][] winners = Gradients.winners(network, inputs);
        double[][] parameters = ReferenceNetwork.parameters(network);
        double[][] logits = ReferenceNetwork.logits(network);
        List<float[][][]> twins = Stream.of(kernels())
                .map(kernels -> Gradients.states(network, kernels, bits, SAMPLES, labels, TAU))
                .toList();
        for (int l = 0; l < parameters.length; l++) {
            for (int part : logits[l].length > 0 ? new int[] {1, 4} : new int[] {1}) {
                double[] varied = part == 1 ? parameters[l] : logits[l];
                for (int p = l; p < varied.length; p += 1 + varied.length / VARIED) {
                    double expected =
                            Gradients.difference(network, parameters, logits, varied, p, inputs, winners, labels, TAU);
                    for (float[][][] states : twins) {
                        assertThat((double) states[l][part][p])
                                .as("layer %d, %s %d", l, part == 1 ? "parameter" : "logit", p)
                                .isCloseTo(expected, within(5e-7 + 5e-4 * Math.abs(expected)));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void theTwinsGiveTheSameBytesOnAnyNumberOfThreads(String shape) {
        assumeTrue(Kernels.vectors(), "no 256-bit Vector API on this machine");
        float[][] expected = trained(shape, new ScalarKernels(), 1);
        assertThat(trained(shape, Kernels.best(), 1)).isDeepEqualTo(expected);
        assertThat(trained(shape, Kernels.best(), 3)).isDeepEqualTo(expected);
        assertThat(trained(shape, new ScalarKernels(), 2)).isDeepEqualTo(expected);
    }

    private static float[][] trained(String shape, Kernels kernels, int threads) {
        SplittableRandom random = new SplittableRandom(21);
        LogicNetwork network = network(shape, "init=residual");
        BitMatrix bits = bits(300, random);
        int[] labels = random.ints(300, 0, CLASSES).toArray();
        try (Workers workers = new Workers(threads)) {
            Stepper stepper = new Stepper(network, new Objective.Classes(CLASSES, 1, labels), kernels, workers);
            BitRows rows = new BitRows(bits);
            int[] order = IntStream.range(0, 300).toArray();
            for (int step = 0; step < 4; step++) {
                stepper.step(rows, order, step * 70, 70, new Kernels.AdamStep(0.9f, 0.999f, 0.05f, 1.5f, 1e-8f, 1e-4f));
            }
            return stepper.layers().stream()
                    .flatMap(layer -> Arrays.stream(layer.state()))
                    .toArray(float[][]::new);
        }
    }

    /** Gates that are sure: the relaxed network counts what the circuit counts. */
    @ParameterizedTest
    @FieldSource("SHAPES")
    void theRelaxedNetworkOfOneHotGatesIsItsCircuit(String shape) {
        SplittableRandom random = new SplittableRandom(31);
        LogicNetwork network = network(shape, "init=gaussian");
        for (Layer layer : network.layers()) {
            float[] parameters = layer.parameters();
            if (layer.parametersPerGate() == Softmax16.FUNCTIONS && layer.arity() == 2) {
                Arrays.fill(parameters, 0);
                for (int gate = 0; gate < layer.gates(); gate++) {
                    parameters[gate * Softmax16.FUNCTIONS + random.nextInt(Softmax16.FUNCTIONS)] = 60;
                }
            } else {
                for (int i = 0; i < parameters.length; i++) {
                    parameters[i] = random.nextBoolean() ? 60 : -60;
                }
            }
        }
        Circuit circuit = Discretiser.circuit(network);
        BitMatrix bits = bits(70, random);
        double[][] inputs = numbers(bits);
        double[][] parameters = ReferenceNetwork.parameters(network);
        BitMatrix outputs = ReferenceEvaluator.evaluate(circuit, bits);
        int[] labels = new int[bits.samples()];
        for (int s = 0; s < bits.samples(); s++) {
            double[] counts = new double[CLASSES];
            for (int i = 0; i < outputs.bits(); i++) {
                counts[i / network.outputsPerGroup()] += outputs.get(s, i) ? 1 : 0;
            }
            assertThat(ReferenceNetwork.sums(network, parameters, inputs[s]))
                    .as("sample %d", s)
                    .containsExactly(counts, within(1e-9));
            labels[s] = IntStream.range(0, CLASSES).reduce(0, (best, c) -> counts[c] > counts[best] ? c : best);
        }
        for (Kernels kernels : kernels()) {
            try (Workers workers = new Workers(1)) {
                Stepper stepper = new Stepper(network, new Objective.Classes(CLASSES, TAU, labels), kernels, workers);
                int[] all = IntStream.range(0, labels.length).toArray();
                assertThat(stepper.score(new BitRows(bits), all)).isEqualTo(labels.length);
            }
        }
    }
}
