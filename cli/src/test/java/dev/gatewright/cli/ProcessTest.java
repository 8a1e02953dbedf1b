package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own: without the Vector API, killed, and asked to end. */
final class ProcessTest {
    private static final String[] NETWORK = {"--network", "dense:64x3 | groupsum:tau=4", "--validation", "0.2"};

    @TempDir
    private Path folder;

    private Process start(boolean vectors, List<String> args) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (vectors) {
            words.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.gatewright.cli.Main"));
        words.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private List<String> train(String out, int epochs) {
        List<String> args = new ArrayList<>(List.of("train", "--data", "monk1", "--out", out));
        args.addAll(List.of(NETWORK));
        args.addAll(List.of("--epochs", Integer.toString(epochs), "--checkpoint-every", "0"));
        return args;
    }

    private int finish(Process process) throws IOException, InterruptedException {
        process.getErrorStream().readAllBytes();
        return process.waitFor();
    }

    /** Reads standard error until training has begun to report, and returns the reader for the rest. */
    private static BufferedReader awaitFirstEpoch(Process process) throws IOException {
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
        StringBuilder seen = new StringBuilder();
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.startsWith("epoch ")) {
                return err;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("training ended before its first epoch: " + seen);
    }

    @Test
    void withoutTheVectorApiTheResultIsTheSame() throws Exception {
        assertThat(finish(start(true, train("vector.gate", 50)))).isZero();
        assertThat(finish(start(false, train("scalar.gate", 50)))).isZero();

        assertThat(folder.resolve("scalar.gate")).hasSameBinaryContentAs(folder.resolve("vector.gate"));
    }

    @Test
    void aKilledRunGoesOnToTheSameBytes() throws Exception {
        assertThat(finish(start(true, train("whole.gate", 200)))).isZero();
        Process killed = start(true, train("broken.gate", 200));
        awaitFirstEpoch(killed);
        killed.destroyForcibly().waitFor();
        assertThat(folder.resolve("broken.gate")).doesNotExist();
        assertThat(folder.resolve("broken.gate.checkpoint")).exists();

        int status =
                finish(start(true, List.of("train", "--out", "broken.gate", "--resume", "broken.gate.checkpoint")));

        assertThat(status).isZero();
        assertThat(folder.resolve("broken.gate")).hasSameBinaryContentAs(folder.resolve("whole.gate"));
    }

    @Test
    void aRunThatIsAskedToEndLeavesACheckpointAndNoModel() throws Exception {
        Process asked = start(true, train("model.gate", 1_000_000));
        BufferedReader err = awaitFirstEpoch(asked);
        // Process.destroy would close our end of its standard error.
        asked.toHandle().destroy();
        String rest = String.join("\n", err.lines().toList());

        assertThat(asked.waitFor()).isNotZero();
        assertThat(rest).contains("--resume model.gate.checkpoint").doesNotContain("Exception");
        assertThat(folder.resolve("model.gate")).doesNotExist();
        assertThat(Files.size(folder.resolve("model.gate.checkpoint"))).isPositive();
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }
}
