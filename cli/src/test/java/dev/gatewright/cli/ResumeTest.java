package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResumeTest {
    @TempDir
    private Path folder;

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void theRunOfAPresetGoesOnByItsCheckpointAlone() throws IOException {
        Run.of("train", "--preset", "monk2", "--epochs", "3", "--out", at("one.gate"), "--checkpoint", at("kept"))
                .succeeded();

        Run.of("train", "--resume", at("kept"), "--out", at("again.gate")).succeeded();

        assertThat(folder.resolve("again.gate")).hasSameBinaryContentAs(folder.resolve("one.gate"));
    }

    @Test
    void dataOutsideTheCatalogueIsAskedForByItsName() throws IOException {
        String rows = IntStream.range(0, 40).mapToObj(i -> i + "," + i % 2).collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("parity.csv"), "n,odd\n" + rows + "\n");
        Run.of(
                        "train",
                        "--data",
                        at("parity.csv"),
                        "--target",
                        "odd",
                        "--epochs",
                        "2",
                        "--out",
                        at("one.gate"),
                        "--checkpoint",
                        at("kept"))
                .succeeded();

        Run.of("train", "--resume", at("kept"), "--out", at("again.gate"))
                .refused("--data is missing", "\"parity\"", "on which the run was started");
    }
}
