package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.network.LearnedWires;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.network.WiredLayer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearnedWiringTest {
    private static final int INPUTS = 7;
    private static final int CLASSES = 3;
    private static final float TAU = 0.8f;
    private static final int SAMPLES = 39;

    /** All candidates over bits and over values, some candidates over both, before and after fixed wires. */
    private static final List<String> NETWORKS = List.of(
            "dense:9,wiring=learned:temperature=0.7 | dense:18,wiring=learned | dense:9",
            "dense:9,wiring=learned:candidates=3 | dense:11,wiring=learned:candidates=5:temperature=1.5 | dense:6",
            "dense:9 | dense:11 | dense:6,wiring=learned",
            "dense:21,wiring=learned:candidates=2,relaxation=light",
            "lut:9,inputs=6,wiring=learned | dense:9",
            "dense:9 | lut:12,inputs=4,wiring=learned:temperature=1.5,relaxation=walsh | lut:6,inputs=3,wiring=learned",
            "lut:11,inputs=5,wiring=learned:candidates=3,relaxation=light-sine | lut:9,inputs=2,wiring=learned");

    /** Hard gates, whose gradients are no derivatives. */
    private static final String HARD = "lut:9,inputs=6,wiring=learned,relaxation=finite-difference"
            + " | lut:9,inputs=3,wiring=learned:candidates=4,relaxation=finite-difference";

    /** Over nine steps the worst candidates are replaced four times. */
    private static final String RENEWED =
            "dense:9,wiring=learned:candidates=2:renew=2 | lut:9,inputs=3,wiring=learned:candidates=4:renew=2";

    private record Data(BitMatrix bits, double[][] inputs, int[] labels) {
        static Data draw(SplittableRandom random) {
            BitMatrix bits = new BitMatrix(SAMPLES, INPUTS);
            double[][] inputs = new double[SAMPLES][INPUTS];
            int[] labels = new int[SAMPLES];
            for (int s = 0; s < SAMPLES; s++) {
                labels[s] = random.nextInt(CLASSES);
                for (int i = 0; i < INPUTS; i++) {
                    boolean on = random.nextBoolean();
                    bits.set(s, i, on);
                    inputs[s][i] = on ? 1 : 0;
                }
            }
            return new Data(bits, inputs, labels);
        }
    }

    static Stream<String> networks() {
        return NETWORKS.stream();
    }

    static Stream<String> networksWithHardOnes() {
        return Stream.concat(networks(), Stream.of(HARD, RENEWED));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientsAreCentralDifferencesOfTheSoftSurrogate(String description) {
        SplittableRandom random = new SplittableRandom(31);
        LogicNetwork network = NetworkSpec.parse(description).network(INPUTS, CLASSES, random);
        Data data = Data.draw(random);
        double[][] parameters = ReferenceNetwork.parameters(network);
        double[][] logits = ReferenceNetwork.logits(network);
        List<List<float[][]>> twins = Stream.<Kernels>of(new ScalarKernels(), Kernels.best())
                .map(kernels ->
                        states(network, data, kernels, 2, 1, SAMPLES, new Kernels.AdamStep(0.9f, 0.999f, 0, 1, 1, 0)))
                .toList();
        for (int l = 0; l < logits.length; l++) {
            for (int part : new int[] {1, 4}) {
                double[] varied = part == 1 ? parameters[l] : logits[l];
                for (int p = 0; p < varied.length; p++) {
                    double expected = difference(network, data, parameters, logits, varied, p);
                    for (List<float[][]> states : twins) {
                        assertThat((double) states.get(l)[part][p] / (1 - 0.9f))
                                .as("layer %d, %s %d", l, part == 1 ? "parameter" : "logit", p)
                                .isCloseTo(expected, within(2e-7 + 2e-4 * Math.abs(expected)));
                    }
                }
            }
        }
    }

    private static double difference(
            LogicNetwork network, Data data, double[][] parameters, double[][] logits, double[] varied, int p) {
        double step = 1e-5;
        double value = varied[p];
        varied[p] = value + step;
        double more = ReferenceNetwork.crossEntropy(network, parameters, logits, data.inputs, data.labels, TAU);
        varied[p] = value - step;
        double less = ReferenceNetwork.crossEntropy(network, parameters, logits, data.inputs, data.labels, TAU);
        varied[p] = value;
        return (more - less) / (2 * step);
    }

    /** The layers' states after some steps, copied; the first moment after one step is (1 − β1) times the gradient. */
    private static List<float[][]> states(
            LogicNetwork network,
            Data data,
            Kernels kernels,
            int threads,
            int steps,
            int batch,
            Kernels.AdamStep adam) {
        try (Workers workers = new Workers(threads)) {
            Stepper stepper = new Stepper(network, new Objective.Classes(CLASSES, TAU, data.labels), kernels, workers);
            BitRows rows = new BitRows(data.bits);
            int[] order = IntStream.range(0, SAMPLES).toArray();
            for (int step = 0; step < steps; step++) {
                int from = step * batch % SAMPLES;
                stepper.step(rows, order, from, Math.min(batch, SAMPLES - from), adam);
            }
            return stepper.layers().stream()
                    .map(layer ->
                            Arrays.stream(layer.state()).map(float[]::clone).toArray(float[][]::new))
                    .toList();
        }
    }

    /** A slot's value gets the extended finite difference of its gate, and its logits what the softmax makes of that. */
    @Test
    void logitsOfHardGatesFollowFiniteDifferences() {
        SplittableRandom random = new SplittableRandom(34);
        LogicNetwork network = NetworkSpec.parse("lut:9,inputs=5,wiring=learned,relaxation=finite-difference")
                .network(INPUTS, CLASSES, random);
        Data data = Data.draw(random);
        WiredLayer layer = (WiredLayer) network.layers().getFirst();
        LearnedWires wires = layer.learnedWires().orElseThrow();
        double[][] scores = new double[45][INPUTS];
        for (int s = 0; s < SAMPLES; s++) {
            addScores(layer, data, s, scores);
        }
        double[] expected = new double[wires.logits().length];
        for (int slot = 0; slot < 45; slot++) {
            double[] shares = ReferenceNetwork.shares(network, 0, slot);
            double mean = 0;
            for (int k = 0; k < INPUTS; k++) {
                mean += shares[k] * scores[slot][k];
            }
            for (int k = 0; k < INPUTS; k++) {
                expected[(slot / 8 * INPUTS + k) * 8 + slot % 8] = shares[k] * (scores[slot][k] - mean);
            }
        }
        for (Kernels kernels : List.of(new ScalarKernels(), Kernels.best())) {
            float[] found = states(
                            network, data, kernels, 2, 1, SAMPLES, new Kernels.AdamStep(0.9f, 0.999f, 0, 1, 1, 0))
                    .getFirst()[4];
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) found[i] / (1 - 0.9f))
                        .as("logit %d", i)
                        .isCloseTo(expected[i], within(1e-7 + 1e-4 * Math.abs(expected[i])));
            }
        }
    }

    private static void addScores(WiredLayer layer, Data data, int sample, double[][] scores) {
        int[] reads = new int[layer.gates()];
        double[] exp = new double[CLASSES];
        for (int gate = 0; gate < reads.length; gate++) {
            for (int i = 0; i < layer.arity(); i++) {
                reads[gate] |= (data.bits.get(sample, layer.wire(gate, i)) ? 1 : 0) << i;
            }
            exp[gate / 3] += (layer.table(gate) >>> reads[gate] & 1) / TAU;
        }
        Arrays.setAll(exp, c -> Math.exp(exp[c]));
        double total = Arrays.stream(exp).sum();
        for (int gate = 0; gate < reads.length; gate++) {
            double delta = (exp[gate / 3] / total - (gate / 3 == data.labels[sample] ? 1 : 0)) / (TAU * SAMPLES);
            for (int i = 0; i < layer.arity(); i++) {
                double slope = LutGradientTest.slope(layer, gate, reads[gate], i);
                for (int wire = 0; wire < INPUTS; wire++) {
                    scores[gate * layer.arity() + i][wire] += data.bits.get(sample, wire) ? delta * slope : 0;
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networksWithHardOnes")
    void theTwinsGiveTheSameBytesOnAnyNumberOfThreads(String description) {
        assumeTrue(Kernels.vectors(), "no 256-bit Vector API on this machine");
        Object expected = trained(description, new ScalarKernels(), 1);
        assertThat(trained(description, Kernels.best(), 1)).isEqualTo(expected);
        assertThat(trained(description, Kernels.best(), 3)).isEqualTo(expected);
        assertThat(trained(description, new ScalarKernels(), 2)).isEqualTo(expected);
    }

    /** The bits of all state, so that zeros of either sign differ. */
    private static List<List<int[]>> bits(List<float[][]> states) {
        return states.stream()
                .map(layer -> Arrays.stream(layer)
                        .map(part -> IntStream.range(0, part.length)
                                .map(i -> Float.floatToRawIntBits(part[i]))
                                .toArray())
                        .toList())
                .toList();
    }

    private static String trained(String description, Kernels kernels, int threads) {
        SplittableRandom random = new SplittableRandom(32);
        LogicNetwork network = NetworkSpec.parse(description).network(INPUTS, CLASSES, random);
        Data data = Data.draw(random);
        Kernels.AdamStep adam = new Kernels.AdamStep(0.9f, 0.999f, 0.05f, 1.5f, 1e-8f, 1e-4f);
        return bits(states(network, data, kernels, threads, 9, 33, adam)).stream()
                .map(layer -> layer.stream().map(Arrays::toString).toList().toString())
                .toList()
                .toString();
    }

    /** Candidates stay distinct, choices stay as they are, and only one candidate of a slot changes at a time. */
    @Test
    void renewalReplacesTheWorstCandidateOnly() {
        SplittableRandom random = new SplittableRandom(35);
        LogicNetwork network = NetworkSpec.parse("dense:30,wiring=learned:candidates=3:renew=5")
                .network(INPUTS, CLASSES, random);
        LearnedWires wires = network.layers().getFirst().learnedWires().orElseThrow();
        TrainableWires trained = new TrainableWires(wires, INPUTS, (slot, row) -> {}, new ScalarWireKernels(), 1);
        int[][] before = new int[60][];
        float[] logits = wires.logits().clone();
        Arrays.setAll(before, slot -> candidates(wires, slot));
        trained.renew(4, 1);
        assertThat(wires.logits()).isEqualTo(logits);
        trained.renew(5, 1);
        for (int slot = 0; slot < 60; slot++) {
            int own = slot;
            int[] after = candidates(wires, slot);
            int worst = IntStream.range(0, 3)
                    .boxed()
                    .min((a, b) -> Float.compare(logits[wires.at(own, a)], logits[wires.at(own, b)]))
                    .orElseThrow();
            assertThat(after).as("slot %d", slot).doesNotHaveDuplicates();
            for (int k = 0; k < 3; k++) {
                assertThat(after[k] == before[slot][k]).isEqualTo(k != worst);
            }
            assertThat(wires.chosen(slot)).isIn(before[slot][0], before[slot][1], before[slot][2]);
            float top = IntStream.range(0, 3)
                    .mapToObj(k -> logits[wires.at(own, k)])
                    .max(Float::compare)
                    .orElseThrow();
            assertThat(wires.logits()[wires.at(slot, worst)]).isEqualTo(top - 1);
        }
    }

    @Test
    void renewedCandidatesAreRestored() {
        SplittableRandom random = new SplittableRandom(36);
        LogicNetwork trained = NetworkSpec.parse(RENEWED).network(INPUTS, CLASSES, random);
        LogicNetwork fresh = NetworkSpec.parse(RENEWED).network(INPUTS, CLASSES, new SplittableRandom(36));
        Data data = Data.draw(random);
        Kernels.AdamStep adam = new Kernels.AdamStep(0.9f, 0.999f, 0.3f, 1, 1e-8f, 0);
        List<float[][]> states = states(trained, data, Kernels.best(), 1, 20, 33, adam);
        assertThat(Arrays.deepToString(choices(fresh))).isNotEqualTo(Arrays.deepToString(choices(trained)));
        try (Workers workers = new Workers(1)) {
            Objective objective = new Objective.Classes(CLASSES, TAU, data.labels);
            Stepper stepper = new Stepper(fresh, objective, Kernels.best(), workers);
            for (int layer = 0; layer < states.size(); layer++) {
                stepper.layers().get(layer).restore(states.get(layer));
                assertThat(stepper.layers().get(layer).state()).isDeepEqualTo(states.get(layer));
            }
        }
        assertThat(choices(fresh)).isDeepEqualTo(choices(trained));
    }

    private static int[] candidates(LearnedWires wires, int slot) {
        return IntStream.range(0, 3).map(k -> wires.candidate(slot, k)).toArray();
    }

    /** The choice that the update leaves, in the plan and in the layer, is that of the largest logit. */
    @Test
    void theChoiceIsTheLargestLogit() {
        SplittableRandom random = new SplittableRandom(33);
        LogicNetwork network = NetworkSpec.parse(
                        "dense:33,wiring=learned | lut:9,wiring=learned:candidates=4 | dense:9")
                .network(INPUTS, CLASSES, random);
        int[][] before = choices(network);
        states(
                network,
                Data.draw(random),
                Kernels.best(),
                2,
                30,
                25,
                new Kernels.AdamStep(0.9f, 0.999f, 0.3f, 1, 1e-8f, 0));
        int[][] after = choices(network);
        assertThat(Arrays.deepToString(after)).isNotEqualTo(Arrays.deepToString(before));
        network.layers().forEach(layer -> layer.learnedWires().ifPresent(wires -> wires.choose()));
        assertThat(choices(network)).isDeepEqualTo(after);
    }

    private static int[][] choices(LogicNetwork network) {
        return network.layers().stream()
                .map(layer -> IntStream.range(0, layer.arity() * layer.gates())
                        .map(slot -> ((WiredLayer) layer).wire(slot / layer.arity(), slot % layer.arity()))
                        .toArray())
                .toArray(int[][]::new);
    }
}
