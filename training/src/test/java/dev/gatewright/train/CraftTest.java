package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.data.Augmentation;
import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.Dataset;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.data.NumberTarget;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.model.Predictor;
import dev.gatewright.network.NetworkSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole training runs with everything that helps, one thing at a time and all together. */
class CraftTest {
    private static final Optional<NetworkSpec> NETWORK =
            Optional.of(NetworkSpec.parse("thermometer:2 | dense:80x2 | groupsum:tau=2"));

    private static final TrainOptions OPTIONS = TrainOptions.DEFAULT
            .withThreads(2)
            .withSeed(3)
            .withValidation(0.2)
            .withEpochs(6)
            .withBatch(50)
            .withLearningRate(0.05);

    @TempDir
    Path folder;

    static List<Craft> crafts() {
        Craft augmented = Craft.NONE.withAugmentation(Augmentation.parse("shift=1,rotate=20,flip"));
        Craft averaged = Craft.NONE.withAverage(0.9);
        Craft smoothed = Craft.NONE.withSmoothing(0.3);
        Craft warmed = Craft.NONE.withWarmUp(10);
        Craft charged = Craft.NONE.withGateCost(0.2);
        Craft all = augmented.withAverage(0.9).withSmoothing(0.1).withWarmUp(7).withGateCost(0.1);
        return List.of(augmented, averaged, smoothed, warmed, charged, all);
    }

    /** Dots in one of two halves, and noise. */
    private static Dataset images() {
        SplittableRandom random = new SplittableRandom(7);
        int rows = 300;
        byte[] pixels = new byte[rows * 2 * 5 * 6];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = random.nextInt(2);
            for (int i = 0; i < 60; i++) {
                boolean upper = i % 30 < 15;
                pixels[row * 60 + i] = (byte) random.nextInt(upper == (labels[row] == 0) ? 256 : 140);
            }
        }
        LabelledSamples samples = new LabelledSamples(
                new Images(rows, 2, 5, 6, pixels), new ClassTarget("class", List.of("up", "down"), labels));
        return new Dataset("dots", samples, samples, true, "22");
    }

    private byte[] bytes(Learned learned) throws IOException {
        Path file = Files.createTempFile(folder, "model", ".gate");
        ModelFile.write(learned.model(), file);
        return Files.readAllBytes(file);
    }

    private static Learned learn(TrainOptions options) throws IOException {
        return Learner.learn(images(), NETWORK, options, TrainListener.SILENT);
    }

    @ParameterizedTest
    @MethodSource("crafts")
    void theNumberOfThreadsChangesNothing(Craft craft) throws IOException {
        TrainOptions plain = OPTIONS.withSchedule(Schedule.CONSTANT);
        TrainOptions options = plain.withCraft(craft);
        byte[] one = bytes(learn(options.withThreads(1)));
        assertThat(bytes(learn(options.withThreads(2)))).isEqualTo(one);
        assertThat(bytes(learn(options.withThreads(5)))).isEqualTo(one);
        assertThat(learn(options).model().circuit())
                .isNotEqualTo(learn(plain).model().circuit());
    }

    @ParameterizedTest
    @MethodSource("crafts")
    void aResumedRunGivesTheBytesOfAnUnbrokenOne(Craft craft) throws IOException {
        TrainOptions options = OPTIONS.withCraft(craft);
        byte[] unbroken = bytes(learn(options));
        Path checkpoint = folder.resolve("run.checkpoint");
        for (int steps : new int[] {1, 5, 13}) {
            TrainOptions kept = options.withCheckpoint(checkpoint, Duration.ofHours(1));
            Learned broken = Learner.learn(images(), NETWORK, kept, LearnerTest.cancelAfter(steps));
            assertThat(broken.report().interrupted()).isTrue();
            assertThat(bytes(Learner.resume(checkpoint, images(), 2, TrainListener.SILENT)))
                    .as("after %d steps", steps)
                    .isEqualTo(unbroken);
        }
    }

    @Test
    void learntWiresAreAveragedToo() throws IOException {
        Optional<NetworkSpec> network = Optional.of(
                NetworkSpec.parse("thermometer:2 | dense:40x2,wiring=learned:candidates=16 | groupsum:tau=2"));
        TrainOptions options = OPTIONS.withCraft(Craft.NONE.withAverage(0.95));
        byte[] unbroken = bytes(Learner.learn(images(), network, options, TrainListener.SILENT));
        assertThat(bytes(Learner.learn(images(), network, options.withThreads(1), TrainListener.SILENT)))
                .isEqualTo(unbroken);
        Path checkpoint = folder.resolve("run.checkpoint");
        TrainOptions kept = options.withCheckpoint(checkpoint, Duration.ofHours(1));
        Learner.learn(images(), network, kept, LearnerTest.cancelAfter(13));
        assertThat(bytes(Learner.resume(checkpoint, images(), 2, TrainListener.SILENT)))
                .isEqualTo(unbroken);
    }

    @Test
    void imagesAlteredByNothingAreThoseOfTheEncoder() throws IOException {
        Craft still = Craft.NONE.withAugmentation(Augmentation.parse("shift=0"));
        assertThat(learn(OPTIONS.withCraft(still)).model().circuit())
                .isEqualTo(learn(OPTIONS).model().circuit());
        Optional<NetworkSpec> features =
                Optional.of(NetworkSpec.parse("threshold+edges+laplace:0.3 | dense:300,160 | groupsum:tau=2"));
        TrainOptions short2 = OPTIONS.withEpochs(2);
        assertThat(Learner.learn(images(), features, short2.withCraft(still), TrainListener.SILENT)
                        .model()
                        .circuit())
                .isEqualTo(Learner.learn(images(), features, short2, TrainListener.SILENT)
                        .model()
                        .circuit());
    }

    @Test
    void tablesAreNotAugmented() {
        Table table = new Table(4, List.of(new NumberColumn("x", false, new float[] {1, 2, 3, 4})));
        LabelledSamples samples =
                new LabelledSamples(table, new ClassTarget("y", List.of("a", "b"), new int[] {0, 1, 0, 1}));
        Dataset data = new Dataset("numbers", samples, samples, true, "33");
        TrainOptions options = OPTIONS.withCraft(Craft.NONE.withAugmentation(Augmentation.parse("flip")))
                .withValidation(0);
        assertThatThrownBy(() -> Learner.learn(data, NETWORK, options, TrainListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'numbers' is a table")
                .hasMessageContaining("expected images");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Craft.NONE.withAverage(1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--average is 1.0; expected");
        assertThatThrownBy(() -> Craft.NONE.withSmoothing(-0.1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--smoothing");
        assertThatThrownBy(() -> Craft.NONE.withSmoothing(Double.NaN)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Craft.NONE.withWarmUp(-1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> learn(OPTIONS.withCraft(Craft.NONE.withWarmUp(30))))
                .isInstanceOf(InputException.class)
                .hasMessage("--warm-up is 30; expected fewer than the 30 steps of the run");
    }

    @Test
    void numbersAreNotSmoothed() {
        Table table = new Table(4, List.of(new NumberColumn("x", false, new float[] {1, 2, 3, 4})));
        LabelledSamples samples = new LabelledSamples(table, new NumberTarget("y", new float[] {1, 2, 3, 5}));
        Dataset data = new Dataset("numbers", samples, samples, true, "33");
        TrainOptions options = OPTIONS.withCraft(Craft.NONE.withSmoothing(0.1)).withValidation(0);
        assertThatThrownBy(() -> Learner.learn(data, NETWORK, options, TrainListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--smoothing: the target 'y' is a number");
    }

    @Test
    void factsAreReadAndWritten() {
        for (Craft craft : crafts()) {
            assertThat(Craft.of(craft.facts())).isEqualTo(craft);
        }
        Craft taught = Craft.NONE.withDistillation(new Distillation(Path.of("scores.npy"), 0.25, 4));
        assertThat(Craft.of(taught.facts())).isEqualTo(taught);
        assertThat(Craft.NONE.facts()).isEmpty();
    }

    /** Scores of all samples as an NPY file. */
    private Path scores(int samples, int classes, float value) throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + samples + ", " + classes + "), }\n";
        ByteBuffer file = ByteBuffer.allocate(10 + header.length() + 4 * samples * classes)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        file.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < samples * classes; i++) {
            file.putFloat(i == 5 ? value : (float) random.nextDouble(-4, 4));
        }
        return Files.write(Files.createTempFile(folder, "teacher", ".npy"), file.array());
    }

    private static TrainOptions taughtBy(Path file) {
        return OPTIONS.withCraft(Craft.NONE.withDistillation(new Distillation(file, 0.7, 2)));
    }

    @Test
    void aTeacherIsFollowedAndARunGoesOnWithItAlone() throws IOException {
        Path file = scores(300, 2, 1);
        TrainOptions options = taughtBy(file);
        Learned unbroken = learn(options);
        assertThat(unbroken.model().circuit())
                .isNotEqualTo(learn(OPTIONS).model().circuit());
        assertThat(unbroken.model().provenance().facts().values())
                .noneMatch(value -> value.contains(file.getFileName().toString()));
        Path checkpoint = folder.resolve("run.checkpoint");
        Learner.learn(
                images(), NETWORK, options.withCheckpoint(checkpoint, Duration.ofHours(1)), LearnerTest.cancelAfter(7));
        byte[] before = Files.readAllBytes(checkpoint);
        assertThat(bytes(Learner.resume(checkpoint, images(), 2, TrainListener.SILENT)))
                .isEqualTo(bytes(unbroken));
        Files.write(checkpoint, before);
        Files.write(file, Files.readAllBytes(scores(300, 2, 2)));
        assertThatThrownBy(() -> Learner.resume(checkpoint, images(), 2, TrainListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the checkpoint was made with a teacher of SHA-256");
    }

    @Test
    void aModelTeachesByItsScores() throws IOException {
        Learned teacher = learn(OPTIONS);
        Path model = folder.resolve("teacher.gate");
        ModelFile.write(teacher.model(), model);
        float[] values;
        try (Predictor predictor = Predictor.of(teacher.model())) {
            values = predictor.scores(images().train().samples());
        }
        Path scores = scores(300, 2, 1);
        byte[] file = Files.readAllBytes(scores);
        ByteBuffer.wrap(file, file.length - 4 * values.length, 4 * values.length)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .put(values);
        Files.write(scores, file);
        assertThat(learn(taughtBy(model)).model().circuit())
                .isEqualTo(learn(taughtBy(scores)).model().circuit())
                .isNotEqualTo(teacher.model().circuit());
        Table table = new Table(2, List.of(new NumberColumn("x", false, new float[] {1, 2})));
        LabelledSamples rows =
                new LabelledSamples(table, new ClassTarget("y", List.of("up", "down"), new int[] {0, 1}));
        TrainOptions unfit = taughtBy(model).withValidation(0);
        assertThatThrownBy(() -> Learner.learn(
                        new Dataset("numbers", rows, rows, true, "33"), NETWORK, unfit, TrainListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--teacher: teacher.gate: the model reads images");
        Model other = teacher.model();
        ModelFile.write(
                new Model(
                        other.encoder(),
                        other.form(),
                        other.readout(),
                        other.target(),
                        List.of("left", "right"),
                        other.provenance()),
                model);
        assertThatThrownBy(() -> learn(taughtBy(model)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--teacher: teacher.gate predicts the classes left, right; expected");
    }

    @Test
    void teachersOfOtherShapesAreRefused() throws IOException {
        for (Path file : List.of(scores(299, 2, 1), scores(300, 3, 1))) {
            assertThatThrownBy(() -> learn(taughtBy(file)))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("--teacher: ")
                    .hasMessageContaining("expected 300×2");
        }
        Path broken = scores(300, 2, Float.NaN);
        assertThatThrownBy(() -> learn(taughtBy(broken)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds NaN for sample 3, class 2");
        assertThatThrownBy(() -> learn(taughtBy(folder.resolve("none.npy"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> new Distillation(broken, 0, 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--teacher-weight");
        assertThatThrownBy(() -> new Distillation(broken, 0.5, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--teacher-temperature");
    }
}
