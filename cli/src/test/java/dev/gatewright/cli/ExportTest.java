package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.model.Exports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small model in every format. */
final class ExportTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() {
        Run.of(
                        "train",
                        "--data",
                        "monk1",
                        "--network",
                        "dense:64x3 | groupsum:tau=4",
                        "--epochs",
                        "50",
                        "--out",
                        model())
                .succeeded();
    }

    private static String model() {
        return folder.resolve("monk.gate").toString();
    }

    @Test
    void everyFormatIsWritten() throws IOException {
        for (var format : Exports.FORMATS) {
            Path out = folder.resolve("monk" + format.suffix());
            Run run = Run.of("export", "--model", model(), "--format", format.name(), "--out", out.toString(), "--json")
                    .succeeded();
            assertThat(run.object()).containsEntry("format", format.name()).containsEntry("bytes", Files.size(out));
        }
    }

    @Test
    void formatsAreListed() throws IOException {
        assertThat(Run.of("export", "--formats", "--json").succeeded().list()).hasSameSizeAs(Exports.FORMATS);
        assertThat(Run.of("export", "--formats").succeeded().out()).contains("blif", ".blif");
    }

    @Test
    void mistakesAreToldInOneSentence() {
        String out = folder.resolve("x").toString();
        List<String> given = List.of("export", "--model", model(), "--out", out, "--format");
        Run.of("export", "--model", model()).refused("--format");
        refused(given, "pdf").refused("no format is named pdf", "blif");
        refused(given, "blif:deep=3").refused("no option deep");
        assertThat(Path.of(out)).doesNotExist();
    }

    private static Run refused(List<String> given, String format) {
        return Run.of(java.util.stream.Stream.concat(given.stream(), java.util.stream.Stream.of(format))
                .toArray(String[]::new));
    }
}
