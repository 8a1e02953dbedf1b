package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.Dataset;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import dev.gatewright.model.ModelFile;
import dev.gatewright.model.Predictor;
import dev.gatewright.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ConvLearningTest {
    private static final TrainOptions OPTIONS = TrainOptions.DEFAULT
            .withThreads(2)
            .withSeed(3)
            .withValidation(0)
            .withEpochs(30)
            .withBatch(64)
            .withLearningRate(0.05);

    private static final NetworkSpec NETWORK = NetworkSpec.parse("threshold | conv:kernels=24,field=3,depth=3,pad=1"
            + " | orpool:2 | conv:kernels=40,field=3,depth=2 | orpool:2 | dense:120,init=residual | groupsum:tau=4");

    private static final NetworkSpec LEARNED = NetworkSpec.parse("threshold | conv:kernels=24,field=3,depth=3,pad=1,"
            + "wiring=learned | orpool:2 | conv:kernels=40,field=3,depth=2,wiring=learned:candidates=12:renew=5"
            + " | orpool:2 | dense:120,init=residual | groupsum:tau=4");

    static final List<NetworkSpec> NETWORKS = List.of(NETWORK, LEARNED);

    @TempDir
    Path folder;

    /** Pictures of 8 × 8 with a bar of three pixels somewhere: upright or level, in a few specks. */
    private static Dataset bars(int rows) {
        SplittableRandom random = new SplittableRandom(9);
        byte[] pixels = new byte[rows * 64];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = random.nextInt(2);
            int x = random.nextInt(6);
            int y = random.nextInt(6);
            for (int i = 0; i < 3; i++) {
                int at = labels[row] == 0 ? (y + i) * 8 + x : y * 8 + x + i;
                pixels[row * 64 + at] = (byte) 255;
            }
            pixels[row * 64 + random.nextInt(64)] = (byte) 200;
        }
        LabelledSamples samples = new LabelledSamples(
                new Images(rows, 1, 8, 8, pixels), new ClassTarget("bar", List.of("upright", "level"), labels));
        return new Dataset("bars", samples, samples, true, "00");
    }

    @Test
    void barsAreToldApartWhereverTheyAre() throws IOException {
        Learned learned = Learner.learn(bars(600), Optional.of(NETWORK), OPTIONS, TrainListener.SILENT);
        assertThat(learned.report().validationAccuracy()).isGreaterThan(0.97);
        assertThat(learned.report().gatesLearned()).isEqualTo(24 * 7 + 40 * 3 + 120);
        Images others = new Images(1, 1, 9, 8, new byte[72]);
        try (Predictor predictor = Predictor.of(learned.model())) {
            assertThatThrownBy(() -> predictor.classes(others))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("1×8×8")
                    .hasMessageContaining("1×9×8");
        }
    }

    /** Volumes of 4 slices of 6 × 6 with a bar of three in a few specks: through the slices, or within one. */
    @Test
    void barsInVolumesAreToldApart() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        byte[] pixels = new byte[600 * 144];
        int[] labels = random.ints(600, 0, 2).toArray();
        for (int row = 0; row < 600; row++) {
            int step = labels[row] == 0 ? 36 : random.nextBoolean() ? 6 : 1;
            int corner = random.nextInt(2) * 36 + random.nextInt(4) * 6 + random.nextInt(4);
            for (int i = 0; i < 3; i++) {
                pixels[row * 144 + corner + i * step] = (byte) 255;
            }
            pixels[row * 144 + random.nextInt(144)] = (byte) 200;
        }
        LabelledSamples samples = new LabelledSamples(
                new Images(600, 4, 6, 6, pixels), new ClassTarget("bar", List.of("through", "within"), labels));
        NetworkSpec network = NetworkSpec.parse("threshold | conv3d:kernels=24,field=3,pad=1 | orpool:2"
                + " | conv3d:kernels=40,field=2,depth=2 | dense:120,init=residual | groupsum:tau=4");
        Dataset data = new Dataset("volumes", samples, samples, true, "00");
        Learned learned = Learner.learn(data, Optional.of(network), OPTIONS, TrainListener.SILENT);
        assertThat(learned.report().validationAccuracy()).isGreaterThan(0.9);
    }

    /** Bars of any brightness, which no threshold of pixels separates from the ground. */
    @Test
    void barsAreFoundByTheirEdges() throws IOException {
        Dataset dim = bars(600);
        byte[] pixels = ((Images) dim.train().samples()).pixels();
        SplittableRandom random = new SplittableRandom(4);
        for (int row = 0; row < 600; row++) {
            int ground = random.nextInt(200);
            for (int i = 0; i < 64; i++) {
                int bright = pixels[row * 64 + i] & 0xFF;
                pixels[row * 64 + i] = (byte) (ground + (bright == 255 ? 50 : bright / 20));
            }
        }
        NetworkSpec edges = NetworkSpec.parse(NETWORK.toString().replace("threshold", "threshold+edges:0.06"));
        Learned learned = Learner.learn(dim, Optional.of(edges), OPTIONS, TrainListener.SILENT);
        assertThat(learned.report().validationAccuracy()).isGreaterThan(0.9);
        Path file = folder.resolve("edges.gate");
        ModelFile.write(learned.model(), file);
        try (Predictor before = Predictor.of(learned.model());
                Predictor after = Predictor.of(ModelFile.read(file))) {
            assertThat(after.classes(dim.train().samples()))
                    .isEqualTo(before.classes(dim.train().samples()));
        }
    }

    /** The report's accuracy is that of the relaxed network's best epoch made a circuit, the predictor's that of the model. */
    @Test
    void leavesAreLearnt() throws IOException {
        Dataset data = bars(600);
        Learned learned = Learner.learn(data, Optional.of(LEARNED), OPTIONS, TrainListener.SILENT);
        assertThat(learned.report().validationAccuracy()).isGreaterThan(0.97);
        ClassTarget target = (ClassTarget) data.train().target();
        try (Predictor predictor = Predictor.of(learned.model())) {
            int[] classes = predictor.classes(data.train().samples());
            long right = IntStream.range(0, 600)
                    .filter(row -> classes[row] == target.label(row))
                    .count();
            assertThat(right / 600.0).isEqualTo(learned.report().validationAccuracy());
        }
    }

    @Test
    void samplesThatExceedTheHeapAreRefusedBeforeTheyAreEncoded() {
        int rows = (int) (Runtime.getRuntime().maxMemory() * 8 / 2 / (100 * 254)) + 1;
        LabelledSamples samples = new LabelledSamples(
                new Images(rows, 1, 10, 10, new byte[rows * 100]),
                new ClassTarget("bar", List.of("upright", "level"), new int[rows]));
        Dataset data = new Dataset("many", samples, samples, true, "00");
        NetworkSpec network = NetworkSpec.parse("thermometer:254 | conv:kernels=8 | dense:200,20");
        assertThatThrownBy(() -> Learner.learn(data, Optional.of(network), OPTIONS, TrainListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("encoding " + rows + " samples as 25400 bits each takes")
                .hasMessageContaining("the heap at most");
    }

    @ParameterizedTest
    @FieldSource("NETWORKS")
    void aResumedRunGivesTheBytesOfAnUnbrokenOne(NetworkSpec network) throws IOException {
        Dataset data = bars(150);
        TrainOptions options = OPTIONS.withEpochs(4).withThreads(1);
        byte[] unbroken = bytes(Learner.learn(data, Optional.of(network), options, TrainListener.SILENT));
        Path checkpoint = folder.resolve("run.checkpoint");
        TrainOptions kept = options.withThreads(2).withCheckpoint(checkpoint, Duration.ofHours(1));
        for (int steps : new int[] {1, 7}) {
            Learned broken = Learner.learn(data, Optional.of(network), kept, LearnerTest.cancelAfter(steps));
            assertThat(broken.report().interrupted()).isTrue();
            Learned resumed = Learner.resume(checkpoint, data, 2, TrainListener.SILENT);
            assertThat(bytes(resumed)).as("%d steps", steps).isEqualTo(unbroken);
        }
    }

    private byte[] bytes(Learned learned) throws IOException {
        Path file = Files.createTempFile(folder, "model", ".gate");
        ModelFile.write(learned.model(), file);
        return Files.readAllBytes(file);
    }
}
