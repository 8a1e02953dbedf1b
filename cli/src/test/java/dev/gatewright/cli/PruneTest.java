package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PruneTest {
    @TempDir
    private Path folder;

    private Path train(String data, String... more) {
        Path file = folder.resolve("model.gate");
        String[] words = {
            "train",
            "--data",
            data,
            "--network",
            "dense:400x2 | groupsum:tau=5",
            "--epochs",
            "15",
            "--no-test",
            "--quiet",
            "--seed",
            "3",
            "--out",
            file.toString()
        };
        String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        Run.of(all).succeeded();
        return file;
    }

    @Test
    void aPrunedModelIsSmallerAndSaysSo() throws IOException {
        Path file = train("digits", "--validation", "0.2");
        Path small = folder.resolve("small.gate");

        Run run = Run.of(
                        "prune",
                        "--model",
                        file.toString(),
                        "--data",
                        "digits",
                        "--out",
                        small.toString(),
                        "--tolerance",
                        "0.01",
                        "--share",
                        "0.2",
                        "--json")
                .succeeded();

        Map<String, Object> report = run.object();
        assertThat(run.err()).contains("round 1 ").doesNotContain("warning");
        Model model = ModelFile.read(small);
        assertThat((long) report.get("gates"))
                .isEqualTo(model.circuit().gates())
                .isLessThan((long) report.get("gates_before") * 3 / 4);
        assertThat((double) report.get("validation_accuracy"))
                .isGreaterThanOrEqualTo((double) report.get("validation_accuracy_before") - 0.01);
        assertThat(model.provenance().facts())
                .containsEntry("pruned_from_gates", report.get("gates_before").toString())
                .containsEntry(
                        "validation_accuracy", report.get("validation_accuracy").toString());
        assertThat(Run.of(
                                "evaluate",
                                "--model",
                                small.toString(),
                                "--data",
                                "digits",
                                "--split",
                                "validation",
                                "--json")
                        .succeeded()
                        .object())
                .containsEntry("accuracy", report.get("validation_accuracy"));
    }

    @Test
    void whatCannotBePrunedIsRefused() throws IOException {
        Path numbers = Files.writeString(
                folder.resolve("numbers.csv"), "x,y\n" + "1,1.5\n2,2.5\n3,3.25\n4,4.125\n".repeat(30));
        String model = train(numbers.toString(), "--target", "y").toString();
        String out = folder.resolve("small.gate").toString();

        Run.of("prune", "--model", model, "--data", numbers.toString(), "--out", out)
                .refused("predicts no classes");
        Run.of("prune", "--model", model, "--data", "digits", "--out", out, "--gates", "0")
                .refused("--gates is 0");
        Run.of("prune", "--model", model, "--data", "digits", "--out", out, "--samples", "0")
                .refused("--samples is 0");
        assertThat(folder.resolve("small.gate")).doesNotExist();
    }
}
