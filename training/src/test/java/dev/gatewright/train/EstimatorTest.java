package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.discretise.Discretiser;
import dev.gatewright.engine.Executable;
import dev.gatewright.engine.PortableEngine;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.relax.Noise;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EstimatorTest {
    private static final int INPUTS = 7;
    private static final int CLASSES = 3;
    private static final int SAMPLES = 300;
    private static final float TAU = 0.8f;
    private static final Kernels.AdamStep ADAM = new Kernels.AdamStep(0.9f, 0.999f, 0.05f, 1.5f, 1e-8f, 1e-4f);

    private final SplittableRandom random = new SplittableRandom(61);
    private final BitMatrix bits = new BitMatrix(SAMPLES, INPUTS);
    private final int[] labels = random.ints(SAMPLES, 0, CLASSES).toArray();
    private final int[] order = IntStream.range(0, SAMPLES).toArray();

    EstimatorTest() {
        for (int s = 0; s < SAMPLES; s++) {
            for (int i = 0; i < INPUTS; i++) {
                bits.set(s, i, random.nextBoolean());
            }
        }
    }

    /** Bits as far as the second layer, mixtures after it, one gate each again at the end. */
    private static final String MIXED =
            "dense:9,estimator=straight-through | dense:9,wiring=learned,estimator=straight-through"
                    + " | dense:11,wiring=learned | dense:6,estimator=straight-through";

    private static LogicNetwork network(String options) {
        String description = options.contains("|") ? options : "dense:9,9,11,6," + options;
        return NetworkSpec.parse(description).network(INPUTS, CLASSES, new SplittableRandom(62));
    }

    private Stepper stepper(LogicNetwork network, Kernels kernels, Workers workers) {
        return new Stepper(network, new Objective.Classes(CLASSES, TAU, labels), kernels, workers);
    }

    static Stream<String> hard() {
        return Stream.of("softmax16", "light", "light-sine", "covariance")
                .flatMap(relaxation -> Stream.of("random", "unique", "learned")
                        .map(wiring -> "relaxation=" + relaxation + ",wiring=" + wiring));
    }

    @ParameterizedTest
    @MethodSource("hard")
    void theGatesOfAStraightThroughLayerAreItsTruthTables(String options) {
        LogicNetwork network = network(options + ",estimator=straight-through");
        try (Workers workers = new Workers(2)) {
            Stepper stepper = stepper(network, Kernels.best(), workers);
            for (int step = 0; step < 4; step++) {
                for (TrainableLayer layer : layers(stepper)) {
                    layer.exportParameters();
                    for (int k = 0; k < layer.plan.gates; k++) {
                        assertThat(table(layer, k))
                                .as("step %d, gate %d", step, k)
                                .isEqualTo(layer.layer.table(layer.plan.order[k]));
                    }
                }
                stepper.step(new BitRows(bits), order, 0, 64, ADAM);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax16", "light", "light-sine", "covariance"})
    void hardeningGoesFromTheMixtureToTheGate(String relaxation) {
        float[] soft = coefficients(relaxation, "soft", 0);
        float[] gates = coefficients(relaxation, "straight-through", 0);
        assertThat(coefficients(relaxation, "hardening", 0)).isEqualTo(soft);
        float[] half = coefficients(relaxation, "hardening", 40);
        for (int i = 0; i < half.length; i++) {
            assertThat(half[i]).as("coefficient %d", i).isCloseTo((soft[i] + gates[i]) / 2, within(1e-6f));
        }
        assertThat(coefficients(relaxation, "hardening", 80)).isEqualTo(gates);
        assertThat(coefficients(relaxation, "hardening", 100)).isEqualTo(gates);
        assertThat(coefficients(relaxation, "hardening:end=0.4", 20)).isEqualTo(half);
        assertThat(coefficients(relaxation, "hardening:end=1.6", 80)).isEqualTo(half);
    }

    /** Of the first layer, after {@code step} of 100 steps. */
    private float[] coefficients(String relaxation, String estimator, int step) {
        LogicNetwork network = network("relaxation=" + relaxation + ",estimator=" + estimator);
        try (Workers workers = new Workers(1)) {
            Stepper stepper = stepper(network, Kernels.best(), workers);
            stepper.begin(new Moment(5, step, 100));
            TrainableLayer first = layers(stepper).getFirst();
            return Arrays.copyOf(first.coefficients, first.plan.gates * Kernels.COEFFICIENTS);
        }
    }

    private static List<TrainableLayer> layers(Stepper stepper) {
        return stepper.layers().stream().map(TrainableLayer.class::cast).toList();
    }

    /** The truth table that the coefficients of step {@code k} stand for, in its gate's own order of inputs. */
    private static int table(TrainableLayer layer, int k) {
        float[] c = Arrays.copyOfRange(layer.coefficients, 4 * k, 4 * k + 4);
        float[] corners = {c[0], c[0] + c[1], c[0] + c[2], c[0] + c[1] + c[2] + c[3]};
        int table = 0;
        for (int i = 0; i < 4; i++) {
            assertThat(corners[i]).isIn(0f, 1f);
            int own = layer.plan.swapped[k] ? (i & 1) << 1 | i >> 1 : i;
            table |= corners[i] == 1 ? 1 << own : 0;
        }
        return table;
    }

    /** Equal logits: both sides of a swapped gate must fall on the same function. */
    @Test
    void tiesFallAsInTheCircuit() {
        LogicNetwork network = network("estimator=straight-through");
        for (Layer layer : network.layers()) {
            for (int gate = 0; gate < layer.gates(); gate++) {
                Arrays.fill(layer.parameters(), gate * 16, gate * 16 + 16, 0);
                layer.parameters()[gate * 16 + TruthTable.A_AND_NOT_B] = 1;
                layer.parameters()[gate * 16 + TruthTable.B_AND_NOT_A] = 1;
            }
        }
        try (Workers workers = new Workers(1)) {
            for (TrainableLayer layer : layers(stepper(network, Kernels.best(), workers))) {
                for (int k = 0; k < layer.plan.gates; k++) {
                    assertThat(table(layer, k)).isEqualTo(TruthTable.A_AND_NOT_B);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "estimator=straight-through",
                "estimator=straight-through,wiring=learned",
                "relaxation=light,estimator=straight-through:temperature=0.5",
                "relaxation=light-sine,estimator=straight-through",
                "relaxation=covariance,estimator=straight-through:temperature=2..0.1",
            })
    void softAndHardScoresOfStraightThroughAreEqual(String options) {
        LogicNetwork network = network(options);
        Objective objective = new Objective.Classes(CLASSES, TAU, labels);
        try (Workers workers = new Workers(2)) {
            Stepper stepper = new Stepper(network, objective, Kernels.best(), workers);
            for (int step = 0; step < 12; step++) {
                stepper.step(new BitRows(bits), order, step * 25, 25, ADAM);
                stepper.layers().forEach(Trainable::exportParameters);
                Circuit circuit = Discretiser.circuit(network);
                try (Executable executable = new PortableEngine().compile(circuit)) {
                    double hard = objective.hardScore(order, executable.groupSums(bits, CLASSES, 1));
                    assertThat(stepper.score(new BitRows(bits), order))
                            .as("after %d steps", step)
                            .isEqualTo(hard);
                }
            }
        }
    }

    static Stream<String> estimated() {
        return Stream.of(
                "estimator=soft:temperature=0.7",
                "relaxation=light,estimator=soft:temperature=1.9",
                "relaxation=covariance,estimator=soft:temperature=0.6",
                "estimator=straight-through",
                "estimator=straight-through:temperature=0.5",
                "estimator=straight-through:temperature=cage",
                "relaxation=light,estimator=straight-through:temperature=2",
                "relaxation=light-sine,estimator=straight-through",
                "relaxation=covariance,estimator=straight-through:temperature=3",
                "estimator=straight-through,wiring=learned",
                MIXED);
    }

    /**
     * Gradients are those of the function that straight-through takes instead: corners of the gate that is computed,
     * plus those of the mixture at the given parameters less those at the network's own.
     */
    @ParameterizedTest
    @MethodSource("estimated")
    void gradientsAreCentralDifferences(String options) {
        int samples = 21;
        LogicNetwork network = network(options);
        double[][] inputs = new double[samples][INPUTS];
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < INPUTS; i++) {
                inputs[s][i] = bits.get(s, i) ? 1 : 0;
            }
        }
        float[][] scalar = Gradients.of(network, new ScalarKernels(), bits, samples, labels, TAU);
        float[][] best = Gradients.of(network, Kernels.best(), bits, samples, labels, TAU);
        double[][] parameters = ReferenceNetwork.parameters(network);
        for (int l = 0; l < parameters.length; l++) {
            for (int p = 0; p < parameters[l].length; p++) {
                double expected = Gradients.difference(network, parameters, l, p, inputs, labels, TAU);
                for (float[][] gradients : List.of(scalar, best)) {
                    assertThat((double) gradients[l][p])
                            .as("layer %d, parameter %d", l, p)
                            .isCloseTo(expected, within(3e-7 + 3e-4 * Math.abs(expected)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "estimator=soft:temperature=3..0.1",
                "estimator=straight-through",
                "estimator=straight-through:temperature=cage",
                "estimator=hardening:end=1",
                "relaxation=light-sine,estimator=hardening,wiring=learned:candidates=3",
                "estimator=gumbel:temperature=2..0.2",
                "relaxation=light,estimator=gumbel",
                "relaxation=light-sine,estimator=straight-through",
                "relaxation=covariance,estimator=straight-through:temperature=1..0.5",
                "estimator=gumbel,wiring=learned",
                MIXED
            })
    void theTwinsGiveTheSameBytesOnAnyNumberOfThreads(String options) {
        assumeTrue(Kernels.vectors(), "no 256-bit Vector API on this machine");
        List<float[][]> expected = trained(options, new ScalarKernels(), 1);
        for (int threads = 1; threads <= 3; threads += 2) {
            List<float[][]> found = trained(options, Kernels.best(), threads);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(found.get(i)).as("layer %d", i).isDeepEqualTo(expected.get(i));
            }
        }
    }

    private List<float[][]> trained(String options, Kernels kernels, int threads) {
        String description = options.contains("|") ? options : "dense:37x3,30," + options;
        LogicNetwork network = NetworkSpec.parse(description).network(INPUTS, CLASSES, new SplittableRandom(63));
        try (Workers workers = new Workers(threads)) {
            Stepper stepper = stepper(network, kernels, workers);
            stepper.begin(new Moment(5, 0, 6));
            for (int step = 0; step < 6; step++) {
                stepper.step(new BitRows(bits), order, step * 50, 50, ADAM);
            }
            return stepper.layers().stream().map(Trainable::state).toList();
        }
    }

    /** Each seed, step, layer and place has noise of its own; the shares of draws are those of the distribution. */
    @ParameterizedTest
    @EnumSource(Noise.class)
    void noiseFollowsItsDistribution(Noise noise) {
        int count = 1 << 16;
        float[] seen = new float[count];
        Moment moment = new Moment(7, 11, 20);
        new ScalarKernels().perturb(noise, moment.key(2), new float[count], seen, 0, count);
        for (double at : new double[] {-2, -0.5, 0, 1, 3}) {
            double expected = switch (noise) {
                case GUMBEL -> Math.exp(-Math.exp(-at));
                case LOGISTIC -> 1 / (1 + Math.exp(-at));
            };
            double below = IntStream.range(0, count).filter(i -> seen[i] < at).count() / (double) count;
            assertThat(below).as("below %s", at).isCloseTo(expected, within(0.008));
        }
        for (Moment other : List.of(new Moment(8, 11, 20), new Moment(7, 12, 20))) {
            assertThat(other.key(2)).isNotEqualTo(moment.key(2));
        }
        assertThat(moment.key(3)).isNotEqualTo(moment.key(2));
        assertThat(new Moment(7, 10, 20).next().key(2)).isEqualTo(moment.key(2));
    }

    @Test
    void logarithmsAreAccurate() {
        for (int i = 0; i < 100_000; i++) {
            float u = FloatMath.uniform(i, 9);
            assertThat(u).isBetween(0x1p-24f, 1 - 0x1p-24f);
            assertThat((double) FloatMath.ln(u)).isCloseTo(Math.log(u), within(3e-7 * -Math.log(u)));
            double large = 20.0 * u;
            assertThat((double) FloatMath.ln((float) large))
                    .isCloseTo(Math.log((float) large), within(3e-7 * Math.abs(Math.log(large)) + 1e-7));
        }
        assertThat(FloatMath.ln(1)).isZero();
    }
}
