package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.Dataset;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.data.NumberTarget;
import dev.gatewright.data.Target;
import dev.gatewright.encode.Column;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import dev.gatewright.model.FormatException;
import dev.gatewright.model.ModelFile;
import dev.gatewright.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerTest {
    private static final TrainOptions OPTIONS = TrainOptions.DEFAULT
            .withThreads(2)
            .withSeed(3)
            .withValidation(0)
            .withEpochs(400)
            .withLearningRate(0.05);

    @TempDir
    Path folder;

    /** All inputs of {@code bits} truth values, each {@code repeats} times. */
    private static Table inputs(int bits, int repeats) {
        int rows = repeats << bits;
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < bits; i++) {
            float[] values = new float[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = row >> i & 1;
            }
            columns.add(new NumberColumn("x" + i, true, values));
        }
        return new Table(rows, columns);
    }

    private static Dataset dataset(Table table, Target target) {
        LabelledSamples samples = new LabelledSamples(table, target);
        return new Dataset("made", samples, samples, true, "00");
    }

    private static Dataset function(int bits, int repeats, IntPredicate isTrue) {
        int[] labels = IntStream.range(0, repeats << bits)
                .map(row -> isTrue.test(row & (1 << bits) - 1) ? 1 : 0)
                .toArray();
        return dataset(inputs(bits, repeats), new ClassTarget("y", List.of("no", "yes"), labels));
    }

    private static Learned learn(Dataset data, String network, TrainOptions options) throws IOException {
        return Learner.learn(data, Optional.of(NetworkSpec.parse(network)), options, TrainListener.SILENT);
    }

    @Test
    void triesNetworksWhereNoneIsAskedForAndTrainsTheBest() throws IOException {
        Dataset data = function(10, 13, x -> Integer.bitCount(x & 0x3F) % 2 == 0 || (x & 0x3C0) == 0);
        List<Trial> trials = new ArrayList<>();
        TrainListener listener = new TrainListener() {
            @Override
            public void tried(Trial trial) {
                trials.add(trial);
            }
        };
        TrainOptions once = TrainOptions.DEFAULT.withThreads(2).withEpochs(1);
        Learned learned = Learner.learn(data, Optional.empty(), once, listener);

        assertThat(trials).extracting(Trial::number).containsExactly(1, 2, 3);
        Trial best = trials.stream()
                .max((a, b) -> a.validationAccuracy() != b.validationAccuracy()
                        ? Double.compare(a.validationAccuracy(), b.validationAccuracy())
                        : b.number() - a.number())
                .orElseThrow();
        assertThat(best.number()).as(trials.toString()).isNotEqualTo(1);
        assertThat(learned.model().provenance().facts())
                .containsEntry("network", best.network().toString());

        Dataset small = function(10, 9, x -> x > 500);
        trials.clear();
        Learner.learn(small, Optional.empty(), once, listener);
        assertThat(trials).isEmpty();
    }

    @Test
    void settledOptionsAreThoseThatLearningTakes() throws IOException {
        Dataset small = function(2, 16, x -> x == 3);
        Dataset large = function(2, 300, x -> x == 3);
        TrainOptions chosen = TrainOptions.DEFAULT.withThreads(2).withBatch(1000);

        for (Dataset data : List.of(small, large)) {
            TrainOptions settled = Learner.settled(data, chosen);
            Learned learned = learn(data, "dense:8x1 | groupsum:tau=1", chosen);

            assertThat(learned.model().provenance().facts())
                    .containsEntry("epochs", "" + settled.epochs().orElseThrow())
                    .containsEntry("validation", "" + settled.validation().orElseThrow());
        }
        assertThat(Learner.settled(small, chosen).validation()).hasValue(0);
        assertThat(Learner.settled(large, chosen).validation()).hasValue(0.1);
        assertThat(Learner.settled(large, OPTIONS)).isEqualTo(OPTIONS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "softmax16",
                "light",
                "light-sine",
                "covariance",
                "softmax16,estimator=straight-through",
                "light,estimator=straight-through",
                "softmax16,estimator=soft:temperature=2..0.1"
            })
    void exclusiveOrMajorityAndParityAreLearntExactly(String relaxation) throws IOException {
        String network = "auto | dense:32x3,init=gaussian,relaxation=" + relaxation + " | groupsum:tau=2";
        assertThat(learn(function(2, 16, x -> x == 1 || x == 2), network, OPTIONS)
                        .report()
                        .validationAccuracy())
                .isEqualTo(1);
        assertThat(learn(function(3, 8, x -> Integer.bitCount(x) >= 2), network, OPTIONS)
                        .report()
                        .validationAccuracy())
                .isEqualTo(1);
        assertThat(learn(function(3, 8, x -> (Integer.bitCount(x) & 1) != 0), network, OPTIONS)
                        .report()
                        .validationAccuracy())
                .isEqualTo(1);
    }

    @Test
    void numbersAreLearntToo() throws IOException {
        float[] values = new float[64];
        for (int row = 0; row < values.length; row++) {
            values[row] = 10 + Integer.bitCount(row & 7);
        }
        Learned learned =
                learn(dataset(inputs(3, 8), new NumberTarget("y", values)), "auto | dense:64x2 | groupsum", OPTIONS);
        assertThat(learned.report().validationAccuracy()).isGreaterThan(0.95);
    }

    private byte[] bytes(Learned learned) throws IOException {
        Path file = Files.createTempFile(folder, "model", ".gate");
        ModelFile.write(learned.model(), file);
        return Files.readAllBytes(file);
    }

    @Test
    void theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() throws IOException {
        Dataset data = function(4, 20, x -> x % 3 == 1);
        TrainOptions options = OPTIONS.withEpochs(20).withBatch(100);
        String network = "auto | dense:40x3 | groupsum";
        byte[] one = bytes(learn(data, network, options.withThreads(1)));
        assertThat(bytes(learn(data, network, options.withThreads(2)))).isEqualTo(one);
        assertThat(bytes(learn(data, network, options.withThreads(5)))).isEqualTo(one);
        assertThat(bytes(learn(data, network, options.withSeed(4)))).isNotEqualTo(one);
    }

    /** Cancels after a number of steps, as Ctrl-C does. */
    static TrainListener cancelAfter(int steps) {
        return new TrainListener() {
            private int seen;

            @Override
            public void step(StepReport report) {
                seen++;
            }

            @Override
            public boolean cancelled() {
                return seen == steps;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 31, 40})
    void aResumedRunGivesTheBytesOfAnUnbrokenOne(int steps) throws IOException {
        Dataset data = function(4, 20, x -> x % 3 == 1);
        NetworkSpec network = NetworkSpec.parse("auto | dense:40x3 | groupsum");
        TrainOptions options = OPTIONS.withEpochs(10).withBatch(90).withValidation(0.1);
        byte[] unbroken = bytes(Learner.learn(data, Optional.of(network), options, TrainListener.SILENT));
        Path checkpoint = folder.resolve("run.checkpoint");
        TrainOptions kept = options.withCheckpoint(checkpoint, Duration.ofHours(1));
        Learned broken = Learner.learn(data, Optional.of(network), kept, cancelAfter(steps));
        assertThat(broken.report().interrupted()).isTrue();
        Learned resumed = Learner.resume(checkpoint, data, 2, TrainListener.SILENT);
        assertThat(resumed.report().interrupted()).isFalse();
        assertThat(bytes(resumed)).isEqualTo(unbroken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auto | dense:16x1,wiring=learned | groupsum:tau=1",
                "auto | dense:16x2,wiring=learned:candidates=4 | groupsum:tau=1",
                "auto | dense:16x2,estimator=gumbel:temperature=2..0.2 | groupsum:tau=1",
                "auto | dense:16x2,relaxation=covariance,estimator=straight-through | groupsum:tau=1",
                "auto | dense:16x2,estimator=straight-through:temperature=cage | groupsum:tau=1",
                "auto | dense:16x2,wiring=learned,estimator=soft:temperature=3..0.3 | groupsum:tau=1"
            })
    void learnedWiresNoiseAndTemperaturesResumeToo(String description) throws IOException {
        Dataset data = function(8, 1, x -> (x >> 2 & 1) != (x >> 6 & 1));
        NetworkSpec network = NetworkSpec.parse(description);
        TrainOptions options = OPTIONS.withEpochs(12).withBatch(90).withThreads(1);
        byte[] unbroken = bytes(Learner.learn(data, Optional.of(network), options, TrainListener.SILENT));
        Path checkpoint = folder.resolve("run.checkpoint");
        TrainOptions kept = options.withThreads(2).withCheckpoint(checkpoint, Duration.ofHours(1));
        for (int steps : new int[] {2, 17, 36}) {
            Learner.learn(data, Optional.of(network), kept, cancelAfter(steps));
            Learned resumed = Learner.resume(checkpoint, data, 2, TrainListener.SILENT);
            assertThat(bytes(resumed)).as("after %d steps", steps).isEqualTo(unbroken);
        }
    }

    @Test
    void learnedWiresFindTheInputsThatMatter() throws IOException {
        Dataset data = function(8, 1, x -> (x >> 2 & 1) != 0 && (x >> 6 & 1) != 0);
        Learned learned = learn(data, "auto | dense:16x1,wiring=learned | groupsum:tau=1", OPTIONS.withEpochs(200));
        assertThat(learned.report().validationAccuracy()).isEqualTo(1);
    }

    @Test
    void moreCandidatesThanInputsAreRefused() {
        Dataset data = function(3, 8, x -> x == 1);
        assertThatThrownBy(() -> learn(data, "auto | dense:8,wiring=learned:candidates=9 | groupsum", OPTIONS))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("9 candidates")
                .hasMessageContaining("at most 3");
    }

    @Test
    void aCheckpointOfOtherDataIsRefused() throws IOException {
        Path checkpoint = folder.resolve("run.checkpoint");
        Dataset data = function(3, 8, x -> x == 1);
        learn(
                data,
                "auto | dense:8x2 | groupsum",
                OPTIONS.withEpochs(2).withCheckpoint(checkpoint, Duration.ofHours(1)));
        Dataset other = new Dataset("other", data.train(), data.test(), true, "11");
        assertThatThrownBy(() -> Learner.resume(checkpoint, other, 1, TrainListener.SILENT))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("'made'")
                .hasMessageContaining("'other'");
        int[] labels = new int[data.train().rows()];
        LabelledSamples renamed =
                new LabelledSamples(data.train().samples(), new ClassTarget("z", List.of("no", "yes"), labels));
        Dataset another = new Dataset("made", renamed, renamed, true, data.sha256());
        assertThatThrownBy(() -> Learner.resume(checkpoint, another, 1, TrainListener.SILENT))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("made to predict 'y'; found 'z'");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3600})
    void divergenceNamesLayerAndStepAndLeavesTheLastGoodCheckpoint(long seconds) throws IOException {
        Dataset data = function(3, 8, x -> x == 1);
        Path checkpoint = folder.resolve("run.checkpoint");
        TrainOptions diverging = OPTIONS.withLearningRate(1000)
                .withWeightDecay(1000)
                .withCheckpoint(checkpoint, Duration.ofSeconds(seconds));
        assertThatThrownBy(() -> learn(data, "auto | dense:8x2,relaxation=light | groupsum", diverging))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageMatching("training diverged in epoch \\d+, step \\d+, layer 1 of 2: .*")
                .hasMessageMatching(seconds > 0 ? ".*rate\\)" : ".*; .*checkpoint holds the state after step \\d+");
        assertThat(checkpoint).satisfies(file -> assertThat(Files.exists(file)).isEqualTo(seconds == 0));
        if (seconds == 0) {
            for (float[] parameters : Checkpoint.read(checkpoint).state().layers[0]) {
                for (float parameter : parameters) {
                    assertThat(parameter).isFinite();
                }
            }
        }
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> OPTIONS.withEpochs(0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--epochs");
        assertThatThrownBy(() -> OPTIONS.withLearningRate(-1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> OPTIONS.withLearningRate(Double.NaN)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> OPTIONS.withBatch(0)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> OPTIONS.withValidation(1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> OPTIONS.withThreads(0)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> OPTIONS.withWeightDecay(-0.1)).isInstanceOf(InputException.class);
    }

    @Test
    void aBatchLargerThanTheDataTakesAllOfIt() throws IOException {
        Learned learned = learn(
                function(2, 4, x -> x == 3),
                "auto | dense:8x1 | groupsum",
                OPTIONS.withBatch(1_000_000).withEpochs(50));
        assertThat(learned.report().epochs()).isEqualTo(50);
    }
}
