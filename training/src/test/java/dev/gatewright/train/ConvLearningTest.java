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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void aResumedRunGivesTheBytesOfAnUnbrokenOne() throws IOException {
        Dataset data = bars(150);
        TrainOptions options = OPTIONS.withEpochs(4).withThreads(1);
        byte[] unbroken = bytes(Learner.learn(data, Optional.of(NETWORK), options, TrainListener.SILENT));
        Path checkpoint = folder.resolve("run.checkpoint");
        TrainOptions kept = options.withThreads(2).withCheckpoint(checkpoint, Duration.ofHours(1));
        for (int steps : new int[] {1, 7}) {
            Learned broken = Learner.learn(data, Optional.of(NETWORK), kept, LearnerTest.cancelAfter(steps));
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
