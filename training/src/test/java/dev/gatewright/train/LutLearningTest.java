package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.Dataset;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.discretise.Discretiser;
import dev.gatewright.encode.Column;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import dev.gatewright.engine.Executable;
import dev.gatewright.engine.PortableEngine;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.model.ModelFile;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.relax.TableRelaxation;
import dev.gatewright.relax.WalshTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LutLearningTest {
    private static final TrainOptions OPTIONS = TrainOptions.DEFAULT
            .withThreads(2)
            .withSeed(3)
            .withValidation(0)
            .withEpochs(300)
            .withLearningRate(0.05);

    @TempDir
    Path folder;

    static Stream<String> relaxations() {
        return TableRelaxation.all().stream().map(TableRelaxation::name);
    }

    private static Dataset function(int bits, int repeats, IntPredicate isTrue) {
        int rows = repeats << bits;
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < bits; i++) {
            float[] values = new float[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = row >> i & 1;
            }
            columns.add(new NumberColumn("x" + i, true, values));
        }
        int[] labels = IntStream.range(0, rows)
                .map(row -> isTrue.test(row & (1 << bits) - 1) ? 1 : 0)
                .toArray();
        LabelledSamples samples =
                new LabelledSamples(new Table(rows, columns), new ClassTarget("y", List.of("no", "yes"), labels));
        return new Dataset("made", samples, samples, true, "00");
    }

    private static Learned learn(Dataset data, String network, TrainOptions options) throws IOException {
        return Learner.learn(data, Optional.of(NetworkSpec.parse(network)), options, TrainListener.SILENT);
    }

    /** One layer of four-input gates holds what no layer of two-input gates does. */
    @ParameterizedTest
    @MethodSource("relaxations")
    void parityOfFourIsLearntByOneLayer(String relaxation) throws IOException {
        Dataset data = function(4, 8, x -> (Integer.bitCount(x) & 1) != 0);
        String network = "auto | lut:16,inputs=4,relaxation=" + relaxation + " | groupsum:tau=2";
        assertThat(learn(data, network, OPTIONS).report().validationAccuracy()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("relaxations")
    void layersOfSixInputsLearnAMajority(String relaxation) throws IOException {
        Dataset data = function(7, 2, x -> Integer.bitCount(x) > 3);
        String network = "auto | lut:24x2,inputs=6,wiring=random,relaxation=" + relaxation + " | groupsum:tau=3";
        Learned learned = learn(data, network, OPTIONS);
        assertThat(learned.report().validationAccuracy()).isEqualTo(1);
        assertThat(learned.model().circuit().maxArity()).isEqualTo(2);
    }

    /** The function depends on three of eight inputs, and the gates have three inputs each: they must find them. */
    @ParameterizedTest
    @MethodSource("relaxations")
    void gatesFindTheInputsThatMatter(String relaxation) throws IOException {
        Dataset data = function(8, 1, x -> Integer.bitCount(x & 0b10010010) > 1);
        String network = "auto | lut:4,inputs=3,wiring=learned,relaxation=" + relaxation + " | groupsum:tau=1";
        Learned learned = learn(data, network, OPTIONS.withLearningRate(0.1));
        assertThat(learned.report().validationAccuracy()).isEqualTo(1);
    }

    private byte[] bytes(Learned learned) throws IOException {
        Path file = Files.createTempFile(folder, "model", ".gate");
        ModelFile.write(learned.model(), file);
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @MethodSource("relaxations")
    void aResumedRunGivesTheBytesOfAnUnbrokenOne(String relaxation) throws IOException {
        Dataset data = function(6, 4, x -> x % 3 == 1);
        List<String> all = List.of(
                "inputs=2",
                "inputs=6",
                "inputs=4,wiring=learned:candidates=3",
                "inputs=3,wiring=learned:candidates=2:renew=3");
        for (String gates : all) {
            NetworkSpec network = NetworkSpec.parse(
                    "auto | lut:20x2," + gates + ",relaxation=" + relaxation + " | dense:20 | groupsum");
            TrainOptions options = OPTIONS.withEpochs(10)
                    .withBatch(90)
                    .withThreads(1)
                    .withCraft(gates.contains("renew") ? Craft.NONE : Craft.NONE.withAverage(0.9));
            byte[] unbroken = bytes(Learner.learn(data, Optional.of(network), options, TrainListener.SILENT));
            Path checkpoint = folder.resolve("run.checkpoint");
            TrainOptions kept = options.withThreads(2).withCheckpoint(checkpoint, Duration.ofHours(1));
            for (int steps : new int[] {1, 14}) {
                Learned broken = Learner.learn(data, Optional.of(network), kept, LearnerTest.cancelAfter(steps));
                assertThat(broken.report().interrupted()).isTrue();
                Learned resumed = Learner.resume(checkpoint, data, 2, TrainListener.SILENT);
                assertThat(bytes(resumed)).as("%s, %d steps", gates, steps).isEqualTo(unbroken);
            }
        }
    }

    /** Where every entry is surely false or true, the relaxed network and the circuit say the same of every sample. */
    @ParameterizedTest
    @MethodSource("relaxations")
    void aDecidedNetworkIsItsCircuit(String relaxation) {
        for (int inputs = 2; inputs <= 6; inputs++) {
            SplittableRandom random = new SplittableRandom(inputs);
            NetworkSpec spec = NetworkSpec.parse("lut:30x2,inputs=" + inputs + ",wiring=random,relaxation=" + relaxation
                    + " | lut:30,inputs=" + inputs + ",wiring=learned,relaxation=" + relaxation + " | groupsum:tau=1");
            LogicNetwork network = spec.network(10, 3, random);
            network.layers().forEach(layer -> decide(layer, relaxation));
            Circuit circuit = Discretiser.circuit(network);
            BitMatrix bits = new BitMatrix(500, 10);
            for (int s = 0; s < 500; s++) {
                for (int i = 0; i < 10; i++) {
                    bits.set(s, i, random.nextBoolean());
                }
            }
            int[] counts = counts(circuit, bits);
            int[] labels = new int[500];
            // A tie could go to either class in the relaxed network, by the last bit of a sine.
            int[] clear = IntStream.range(0, 500)
                    .filter(s -> {
                        int[] order = IntStream.range(0, 3)
                                .map(c -> counts[s * 3 + c])
                                .sorted()
                                .toArray();
                        labels[s] = IntStream.range(0, 3)
                                .filter(c -> counts[s * 3 + c] == order[2])
                                .findFirst()
                                .orElseThrow();
                        return order[2] > order[1];
                    })
                    .toArray();
            assertThat(clear).hasSizeGreaterThan(100);
            Objective objective = new Objective.Classes(3, 1, labels);
            try (Workers workers = new Workers(2)) {
                Stepper stepper = new Stepper(network, objective, Kernels.best(), workers);
                assertThat(stepper.score(new BitRows(bits), clear))
                        .as("%d inputs", inputs)
                        .isEqualTo(clear.length);
            }
        }
    }

    private static int[] counts(Circuit circuit, BitMatrix bits) {
        try (Executable executable = new PortableEngine().compile(circuit)) {
            return executable.groupSums(bits, 3, 1);
        }
    }

    /** Moves parameters to where entries are 0 or 1, to the last bit but for sines. */
    private static void decide(Layer layer, String relaxation) {
        float[] parameters = layer.parameters();
        for (int gate = 0; gate < layer.gates(); gate++) {
            long table = layer.table(gate);
            int from = gate << layer.arity();
            for (int i = 0; i < 1 << layer.arity(); i++) {
                float sign = TruthTable.value(table, i) ? 1 : -1;
                parameters[from + i] = switch (relaxation) {
                    case "light-sine" -> sign * (float) (Math.PI / 2);
                    case "walsh" -> sign * 80 / (1 << layer.arity());
                    case "finite-difference" -> sign;
                    default -> sign * 80;
                };
            }
            if (relaxation.equals("walsh")) {
                WalshTable.transform(parameters, from, layer.arity());
            }
            assertThat(layer.table(gate)).isEqualTo(table);
        }
    }
}
