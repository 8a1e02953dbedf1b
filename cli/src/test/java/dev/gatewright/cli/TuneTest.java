package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TuneTest {
    private static final List<String> SEARCH = List.of(
            "tune",
            "--data",
            "monk1",
            "--validation",
            "0.25",
            "--network",
            "dense:{width}x2 | groupsum:tau=4",
            "--seed",
            "3",
            "--vary",
            "width=32,64",
            "--vary",
            "learning-rate=0.01..0.1:log",
            "--vary",
            "tau=1..8");

    @TempDir
    private Path folder;

    private static Run tune(String... more) {
        List<String> words = new ArrayList<>(SEARCH);
        words.addAll(List.of(more));
        if (words.stream().noneMatch(word -> word.startsWith("--epochs"))) {
            words.add("--epochs=27");
        }
        return Run.of(words.toArray(String[]::new));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> trials(Run run) throws IOException {
        return (List<Map<String, Object>>) run.succeeded().object().get("trials");
    }

    private static List<List<Object>> figures(Run run) throws IOException {
        return trials(run).stream()
                .map(trial -> List.of(
                        trial.get("trial"),
                        trial.get("arguments"),
                        trial.get("validation_accuracy"),
                        trial.get("soft_accuracy"),
                        trial.get("gates")))
                .toList();
    }

    @Test
    @SuppressWarnings("unchecked")
    void theBestThirdGoesOnAndTheBestCanBeTrained() throws IOException {
        Run run = tune("--json").succeeded();
        List<Map<String, Object>> trials = trials(run);
        Map<String, Object> best = (Map<String, Object>) run.object().get("best");

        assertThat(trials)
                .extracting(trial -> trial.get("epochs"))
                .containsExactly(27L, 9L, 9L, 3L, 3L, 3L, 3L, 3L, 3L);
        assertThat(trials).extracting(trial -> trial.get("trial")).doesNotHaveDuplicates();
        assertThat(best).containsEntry("trial", trials.getFirst().get("trial"));
        assertThat(run.out()).doesNotContain("\"accuracy\"");
        List<String> words = new ArrayList<>(List.of("train", "--no-test", "--json"));
        words.addAll((List<String>) best.get("arguments"));
        words.addAll(List.of("--out", folder.resolve("best.gate").toString()));
        assertThat(Run.of(words.toArray(String[]::new)).succeeded().object())
                .containsEntry("validation_accuracy", best.get("validation_accuracy"))
                .containsEntry("gates", best.get("gates"));
    }

    @Test
    void theResultDoesNotDependOnThreads() throws IOException {
        assertThat(figures(tune("--threads", "1", "--json"))).isEqualTo(figures(tune("--threads", "3", "--json")));
    }

    @Test
    void onARungTheBetterTrialsGoOn() throws IOException {
        List<Map<String, Object>> all = trials(tune("--epochs=3", "--rungs", "1", "--json"));
        List<Map<String, Object>> two = trials(tune("--epochs=9", "--rungs", "2", "--json"));

        List<Object> bestOfShort =
                all.subList(0, 3).stream().map(trial -> trial.get("trial")).toList();
        List<Double> accuracies = all.stream()
                .map(trial -> (Double) trial.get("validation_accuracy"))
                .toList();
        assertThat(accuracies).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(accuracies.getFirst()).isGreaterThan(accuracies.getLast());
        assertThat(two.subList(0, 3))
                .extracting(trial -> trial.get("trial"))
                .containsExactlyInAnyOrderElementsOf(bestOfShort);
        assertThat(two).extracting(trial -> trial.get("epochs")).containsExactly(9L, 9L, 9L, 3L, 3L, 3L, 3L, 3L, 3L);
    }

    @Test
    void anInterruptedSearchGoesOnToTheSameResult() throws IOException {
        Path kept = folder.resolve("runs.jsonl");
        List<String> words = new ArrayList<>(SEARCH);
        words.addAll(List.of("--epochs=27", "--out", kept.toString(), "--quiet"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        BooleanSupplier afterFourRuns = () -> {
            try {
                return Files.exists(kept) && Files.readAllLines(kept).size() >= 4;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };

        int status = Main.run(
                words, new Session(nowhere, new PrintStream(err, true, StandardCharsets.UTF_8), false, afterFourRuns));

        assertThat(status).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("interrupted", "goes on from " + kept);
        assertThat(Files.readAllLines(kept)).hasSize(4);
        Run resumed = tune("--out", kept.toString(), "--json");
        assertThat(resumed.err().lines().filter(line -> line.contains("done before")))
                .hasSize(4);
        assertThat(Files.readAllLines(kept)).hasSize(13);
        assertThat(figures(resumed)).isEqualTo(figures(tune("--json")));
    }

    @Test
    void linesThatAreNoFinishedRunsAreRefused() throws IOException {
        Path kept = folder.resolve("runs.jsonl");
        for (String line : List.of(
                "width,accuracy",
                "{}",
                "[1]",
                "{\"data_sha256\":\"x\",\"arguments\":3}",
                "{\"data_sha256\":\"x\",\"arguments\":[],\"held_out\":3}")) {
            Files.writeString(kept, line + "\n");

            tune("--out", kept.toString()).refused("runs.jsonl, line 1", "is no finished run of tune");

            assertThat(kept).hasContent(line);
        }
    }

    @Test
    void trialsThatDoNotFitTheDataFailAloneAndTogether() throws IOException {
        List<Map<String, Object>> trials = trials(Run.of(
                "tune",
                "--data",
                "monk1",
                "--validation",
                "0.2",
                "--epochs",
                "1",
                "--json",
                "--network",
                "dense:{w}x1 | groupsum",
                "--vary",
                "w=31,32"));

        assertThat(trials).extracting(trial -> trial.get("trial")).containsExactly(2L, 1L);
        assertThat((String) trials.getLast().get("failure")).contains("31 gates");
        Run.of(
                        "tune",
                        "--data",
                        "monk1",
                        "--validation",
                        "0.2",
                        "--epochs",
                        "1",
                        "--quiet",
                        "--network",
                        "dense:{w}x1 | groupsum",
                        "--vary",
                        "w=31,33")
                .refused("every trial failed", "trial 1 (w=31)", "31 gates");
    }

    @Test
    void warmUpShrinksWithTheEpochs() {
        Settings settings = Settings.NONE.with("epochs", "27").with("warm-up", "90");
        Trial trial = new Trial(1, Map.of(), settings, 27);

        assertThat(trial.shortened(9).arguments()).containsExactly("--epochs=9", "--warm-up=30");
        assertThat(trial.shortened(27).arguments()).containsExactly("--epochs=27", "--warm-up=90");
    }

    @Test
    void peopleSeeATableAndACommandToPaste() {
        assertThat(tune().succeeded().out())
                .contains("trial  width  learning-rate", "the test split was not read\n", "--out best.gate")
                .contains("gatewright train --data monk1 --network 'dense:");
        Run preset = Run.of("tune", "--preset", "monk1", "--validation", "0.2", "--epochs", "2", "--vary", "tau=1,2")
                .succeeded();
        assertThat(preset.out())
                .contains("--network 'dense:24x6,relaxation=light-sine | groupsum:tau=", "--weight-decay 0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--batch=64 | --vary is missing, so that the space is empty",
                "--vary=speed=1,2 | expected an option of train",
                "--vary=tau=1,2 | a key of --network",
                "--vary=batch=9..3 | the lower number first",
                "--vary=batch=8,many | 'many' is not an int",
                "--vary=learning-rate=-1,1 | --learning-rate is -1.0",
                "--vary=network=dense:0x1,dense:8 | --network: '0'",
                "--vary=batch=8,16 | --validation is 0, the default for the 124 training samples",
            })
    void mistakesAreNamedBeforeAnythingIsTrained(String option, String expected) {
        Run.of("tune", "--data", "monk1", option).refused(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--validation=0 | --validation is 0",
                "--trials=0 | --trials is 0",
                "--rungs=2 | --rungs is 2",
                "--splits=1 | --splits is 1; expected 2 to 10000",
                "--hold-out=0.2 | --hold-out without --splits",
                "--preset=none | no preset is named 'none'",
                "--out=no/where.jsonl | there is no folder",
                "--threads=0 | --threads is 0"
            })
    void optionsOutOfRangeAreNamed(String option, String expected) {
        List<String> words = new ArrayList<>(List.of("tune", "--data", "monk1", "--vary", "batch=8,16", "--quiet"));
        if (!option.startsWith("--validation")) {
            words.add("--validation=0.2");
        }
        words.add(option);

        Run.of(words.toArray(String[]::new)).refused(expected);
    }
}
