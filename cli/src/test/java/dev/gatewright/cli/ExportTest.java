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
    void filesAreProvedEqual() throws IOException {
        for (String format :
                List.of("verilog", "verilog:outputs", "verilog:thresholds", "blif", "aiger", "aiger-ascii", "json")) {
            Path out = folder.resolve("proof" + Exports.parse(format).suffix());
            Run.of("export", "--model", model(), "--format", format, "--out", out.toString())
                    .succeeded();
            assertThat(Run.of("verify", "--model", model(), "--against", out.toString(), "--json")
                            .succeeded()
                            .object())
                    .containsEntry("answer", "equal");
        }
    }

    @Test
    void modelsAreComparedToo() throws IOException {
        assertThat(Run.of("verify", "--model", model(), "--against", model(), "--json")
                        .succeeded()
                        .object())
                .containsEntry("answer", "equal");
        String other = folder.resolve("other.gate").toString();
        train(other, "dense:64x3 | groupsum:tau=4");
        Run run = Run.of("verify", "--model", model(), "--against", other, "--json");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.object()).containsEntry("answer", "different").containsKeys("output", "bits");
        train(other, "dense:64x3 | groupsum:tau=5");
        Run.of("verify", "--model", model(), "--against", other).refused("another read-out");
    }

    /** One epoch of a network, from another seed. */
    private static void train(String out, String network) {
        Run.of("train", "--data", "monk1", "--network", network, "--epochs", "1", "--seed", "9", "--out", out)
                .succeeded();
    }

    @Test
    void aWrongGateIsShownAsARow() throws IOException {
        Path out = folder.resolve("wrong.v");
        Run.of("export", "--model", model(), "--format", "verilog", "--out", out.toString())
                .succeeded();
        Files.writeString(out, Files.readString(out).replaceFirst("wire g7 = ", "wire g7 = ~"));
        Run run = Run.of("verify", "--model", model(), "--against", out.toString(), "--json");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.object()).containsEntry("answer", "different").containsKeys("output", "bits");
        assertThat(run.object().get("row").toString()).contains("a1=", "a6=");
        Files.writeString(out, "module m (input wire [3:0] x,");
        Run.of("verify", "--model", model(), "--against", out.toString()).refused("wrong.v", "line 1", "the end");
    }

    /** The text beside a file names what is there and how to check it, and the checks that it names pass. */
    @Test
    void aReadmeStandsBesideOnRequest() throws IOException {
        Path out = folder.resolve("told.v");
        Run.of(
                        "export",
                        "--model",
                        model(),
                        "--format",
                        "verilog:popcount=adders",
                        "--out",
                        out.toString(),
                        "--bench",
                        "20",
                        "--readme")
                .succeeded();
        assertThat(Files.readString(folder.resolve("told_README.md")))
                .startsWith("# told.v\n")
                .contains("`verilog:popcount=adders`", "64 outputs", "tau = 4.0", "unsigned", "counted by adders")
                .contains("- `told_tb.v`\n", "- `told_tb.hex`\n", "x[15]: ", "17 in all")
                .contains("- `iverilog -g2001 -o told_tb told.v told_tb.v && vvp -n told_tb`\n")
                .contains("- `gatewright verify --model monk.gate --against told.v`\n");
        Run.of(
                        "export",
                        "--model",
                        model(),
                        "--format",
                        "c",
                        "--out",
                        folder.resolve("bare.c").toString(),
                        "--readme")
                .succeeded();
        assertThat(Files.readString(folder.resolve("bare_README.md"))).doesNotContain("Checks", "Files");
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
