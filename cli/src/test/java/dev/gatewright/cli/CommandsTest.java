package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.cli.bench.CBaseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from data to predictions, command after command, on one small model. */
final class CommandsTest {
    @TempDir
    private static Path folder;

    private static Map<String, Object> trained;

    @BeforeAll
    static void train() throws IOException {
        trained = Run.of(
                        "train",
                        "--data",
                        "monk1",
                        "--network",
                        "dense:64x3 | groupsum:tau=4",
                        "--epochs",
                        "200",
                        "--validation",
                        "0.2",
                        "--seed",
                        "1",
                        "--out",
                        model().toString(),
                        "--json")
                .succeeded()
                .object();
    }

    private static Path model() {
        return folder.resolve("monk.gate");
    }

    @Test
    void trainingReportsWhatItDid() {
        assertThat(trained)
                .containsKeys(
                        "accuracy",
                        "samples",
                        "gates",
                        "seconds",
                        "epochs",
                        "validation_accuracy",
                        "soft_accuracy",
                        "seed",
                        "diagnosis");
        assertThat(trained.get("diagnosis"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsKeys("gap", "undecided", "constant", "pass_through", "dead", "gradient_norms", "advice");
        assertThat(trained).containsEntry("seed", 1L).containsEntry("samples", 432L);
        assertThat((double) trained.get("accuracy")).isGreaterThan(0.7);
        assertThat(folder.resolve("monk.gate.checkpoint")).doesNotExist();
    }

    @Test
    void theTestSplitCanStayUnread() throws IOException {
        Path unread = folder.resolve("unread.gate");
        String[] words = {
            "train",
            "--data",
            "monk1",
            "--network",
            "dense:16x1",
            "--epochs",
            "2",
            "--no-test",
            "--out",
            "FILE",
            "--json"
        };
        words[9] = unread.toString();

        Map<String, Object> report = Run.of(words).succeeded().object();

        assertThat(report)
                .containsKeys("validation_accuracy", "gates", "seed")
                .doesNotContainKeys("accuracy", "samples", "correct", "confusion");
        words[10] = "--quiet";
        assertThat(Run.of(words).succeeded().out())
                .startsWith("the test split was not read\nvalidation accuracy ")
                .doesNotContain("on the test split");
    }

    @Test
    void evaluationGivesTheSameNumberToTheLastDigit() throws IOException {
        Map<String, Object> evaluated = Run.of("evaluate", "--model", model().toString(), "--data", "monk1", "--json")
                .succeeded()
                .object();

        for (String key : List.of("accuracy", "samples", "gates", "confusion")) {
            assertThat(evaluated).containsEntry(key, trained.get(key));
        }
    }

    @Test
    void theValidationSplitIsThatOfTraining() throws IOException {
        Map<String, Object> evaluated = Run.of(
                        "evaluate", "--model", model().toString(), "--data", "monk1", "--split", "validation", "--json")
                .succeeded()
                .object();

        assertThat(evaluated).containsEntry("accuracy", trained.get("validation_accuracy"));
    }

    @Test
    void evaluationShowsTheConfusion() {
        Run run = Run.of("evaluate", "--model", model().toString(), "--data", "monk1", "--split", "all")
                .succeeded();

        assertThat(run.out()).contains("accuracy ", "true \\ predicted", "(", "of 556");
    }

    @Test
    void inspectionSaysWhatIsInTheFile() throws IOException {
        Map<String, Object> seen = Run.of("inspect", "--model", model().toString(), "--json")
                .succeeded()
                .object();

        assertThat(seen)
                .containsKeys(
                        "inputs", "outputs", "gates", "depth", "gates_by_kind", "encoder", "readout", "provenance")
                .containsEntry("inputs", 17L)
                .containsEntry("outputs", 64L)
                .containsEntry("gates", trained.get("gates"));
        assertThat(Run.of("inspect", "--model", model().toString(), "--bits")
                        .succeeded()
                        .out())
                .contains("bit 16: ");
    }

    @Test
    void predictionFindsColumnsByNameInAnyOrder() throws IOException {
        Path one = Files.writeString(folder.resolve("one.csv"), "a1,a2,a3,a4,a5,a6\n1,1,1,1,1,1\n3,2,1,3,4,2\n");
        Path two =
                Files.writeString(folder.resolve("two.csv"), "extra,a6,a5,a4,a3,a2,a1\nx,1,1,1,1,1,1\ny,2,4,3,1,2,3\n");

        String first = Run.of("predict", "--model", model().toString(), "--in", one.toString(), "--scores")
                .succeeded()
                .out();

        assertThat(first.lines()).hasSize(3).first().isEqualTo("prediction,score 0,score 1");
        assertThat(Run.of("predict", "--model", model().toString(), "--in", two.toString(), "--scores")
                        .succeeded()
                        .out())
                .isEqualTo(first);
    }

    @Test
    void predictionsCanGoToAFile() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.csv"), "a1,a2,a3,a4,a5,a6\n1,1,1,1,1,1\n");
        Path out = folder.resolve("out.csv");

        Run run = Run.of("predict", "--model", model().toString(), "--in", rows.toString(), "--out", out.toString())
                .succeeded();

        assertThat(run.out()).isEmpty();
        assertThat(Files.readAllLines(out)).hasSize(2).first().isEqualTo("prediction");
    }

    @Test
    void missingColumnsAreNamed() throws IOException {
        Path rows = Files.writeString(folder.resolve("short.csv"), "a1,a2,a3,a4,a5\n1,1,1,1,1\n");

        Run.of("predict", "--model", model().toString(), "--in", rows.toString())
                .refused("a6");
    }

    @Test
    void optimisationKeepsThePredictions() throws IOException {
        Path small = folder.resolve("small.gate");

        Map<String, Object> report = Run.of(
                        "optimize", "--model", model().toString(), "--out", small.toString(), "--json")
                .succeeded()
                .object();

        assertThat((long) report.get("gates")).isLessThanOrEqualTo((long) report.get("gates_before"));
        assertThat(Run.of("evaluate", "--model", small.toString(), "--data", "monk1", "--json")
                        .succeeded()
                        .object())
                .containsEntry("accuracy", trained.get("accuracy"));
    }

    @Test
    void unknownPassesAreNamed() {
        Path out = folder.resolve("never.gate");

        Run.of("optimise", "--model", model().toString(), "--out", out.toString(), "--passes", "magic")
                .refused("magic");

        assertThat(out).doesNotExist();
    }

    @Test
    void benchListsEnginesThreadsAndInputs() throws IOException {
        List<Map<String, Object>> lines = Run.of(
                        "bench", "--model", model().toString(), "--threads", "1", "--seconds", "0.05", "--json")
                .succeeded()
                .list();

        assertThat(lines).extracting(line -> line.get("input")).contains("bits", "rows");
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .containsOnlyKeys(
                                "engine",
                                "threads",
                                "input",
                                "samples_per_second",
                                "nanoseconds_per_sample",
                                "compile_seconds"));
    }

    @Test
    void benchSaysWhatItNeeds() {
        Run.of("bench").refused("--model", "--nets");
        Run.of("bench", "--nets", "tiny", "--gcc-limit", "0").refused("--gcc-limit", "0");
        if (CBaseline.available()) {
            Run.of("bench", "--nets", "tiny,XXL").refused("XXL", "L-local");
            Run.of("bench", "--nets", "tiny", "--peer-model", "x.gate").refused("--peer-model", "--model");
        }
    }

    @Test
    void unknownEnginesAreNamed() {
        Run.of("bench", "--model", model().toString(), "--engine", "steam").refused("steam", "portable");
    }

    @Test
    void damagedModelsAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(model());
        Path damaged = folder.resolve("damaged.gate");
        Files.write(damaged, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Run.of("inspect", "--model", damaged.toString()).refused("damaged.gate");
        bytes[bytes.length - 3] ^= 4;
        Files.write(damaged, bytes);
        Run.of("evaluate", "--model", damaged.toString(), "--data", "monk1").refused("damaged.gate");
        Files.write(damaged, new byte[0]);
        Run.of("predict", "--model", damaged.toString(), "--in", "x.csv").refused("damaged.gate");
    }

    @Test
    void theCatalogueIsListed() throws IOException {
        assertThat(Run.of("data", "list").succeeded().out()).contains("digits", "monk1");
        assertThat(Run.of("data", "list", "--json").succeeded().object()).containsKey("datasets");
        assertThat(Run.of("data", "get", "digits", "--json").succeeded().object())
                .containsEntry("name", "digits");
    }
}
