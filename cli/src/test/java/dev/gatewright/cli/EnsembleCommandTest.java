package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of other seeds on one split, and their votes together. */
final class EnsembleCommandTest {
    @TempDir
    private Path folder;

    private Map<String, Object> train(String name, String seed, String... more) throws IOException {
        String[] words = {
            "train",
            "--data",
            "monk1",
            "--network",
            "dense:32x2 | groupsum:tau=3",
            "--epochs",
            "60",
            "--validation",
            "0.3",
            "--no-test",
            "--quiet",
            "--json",
            "--out",
            folder.resolve(name).toString(),
            "--seed",
            seed
        };
        String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Run.of(all).succeeded().object();
    }

    private Map<String, Object> validated(String name) throws IOException {
        String file = folder.resolve(name).toString();
        return Run.of("evaluate", "--model", file, "--data", "monk1", "--split", "validation", "--json")
                .succeeded()
                .object();
    }

    private Run join(String... names) {
        String files = String.join(
                ",",
                java.util.Arrays.stream(names)
                        .map(name -> folder.resolve(name).toString())
                        .toList());
        return Run.of(
                "ensemble",
                "--models",
                files,
                "--out",
                folder.resolve("joined.gate").toString(),
                "--json");
    }

    @Test
    void membersShareASplitAndTheirVotes() throws IOException {
        Map<String, Object> one = train("one.gate", "1", "--split-seed", "5");
        Map<String, Object> two = train("two.gate", "2", "--split-seed", "5");
        Map<String, Object> plain = train("plain.gate", "5");
        assertThat(validated("one.gate")).containsEntry("accuracy", one.get("validation_accuracy"));
        assertThat(validated("plain.gate")).containsEntry("accuracy", plain.get("validation_accuracy"));

        Run joined = join("one.gate", "two.gate", "plain.gate").succeeded();

        assertThat(joined.err()).isEmpty();
        assertThat(joined.object())
                .containsEntry("members", 3L)
                .containsEntry("outputs", 96L)
                .containsEntry(
                        "gates_before", (long) one.get("gates") + (long) two.get("gates") + (long) plain.get("gates"));
        assertThat((double) validated("joined.gate").get("accuracy")).isGreaterThan(0.6);
        assertThat(validated("joined.gate").get("samples"))
                .isEqualTo(validated("one.gate").get("samples"));
    }

    @Test
    void differentSplitsAreWarnedOf() throws IOException {
        train("one.gate", "1");
        train("two.gate", "2");

        assertThat(join("one.gate", "two.gate").succeeded().err()).contains("--split-seed");
        Run.of(
                        "evaluate",
                        "--model",
                        folder.resolve("joined.gate").toString(),
                        "--data",
                        "monk1",
                        "--split",
                        "validation")
                .refused("--split validation");
        join("one.gate").refused("expected 2 or more");
    }

    /** What splits the data cannot change on the way. */
    @Test
    void aRunGoesOnWithItsOwnSplit() throws IOException {
        Path kept = folder.resolve("kept.checkpoint");
        Map<String, Object> whole = train("one.gate", "1", "--split-seed", "5", "--checkpoint", kept.toString());
        String again = folder.resolve("again.gate").toString();
        String[] words = {
            "train", "--data", "monk1", "--out", again, "--resume", kept.toString(), "--no-test", "--json", "--quiet"
        };

        assertThat(Run.of(words).succeeded().object())
                .containsEntry("validation_accuracy", whole.get("validation_accuracy"))
                .containsEntry("gates", whole.get("gates"));
        words[9] = "--seed=2";
        Run.of(words).refused("--seed is 2", "started with 1");
        words[9] = "--split-seed=2";
        Run.of(words).refused("--split-seed is 2", "started with 5");
    }
}
