package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.Dataset;
import dev.gatewright.data.Datasets;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.data.ReadOptions;
import dev.gatewright.data.Split;
import dev.gatewright.engine.Engine;
import dev.gatewright.model.Predictor;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.train.Learned;
import dev.gatewright.train.Learner;
import dev.gatewright.train.TrainListener;
import dev.gatewright.train.TrainOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials of a search that are judged by splits of the training samples. */
final class TuneSplitsTest {
    @TempDir
    private Path folder;

    private static Run split(String... more) {
        List<String> words = new ArrayList<>(List.of("tune", "--data", "monk1", "--splits", "4", "--hold-out", "0.25"));
        words.addAll(List.of("--network", "dense:32x2 | groupsum:tau=4", "--epochs", "9", "--seed", "3"));
        words.addAll(List.of("--vary", "learning-rate=0.0001,0.03,0.05", "--rungs", "1"));
        words.addAll(List.of(more));
        return Run.of(words.toArray(String[]::new));
    }

    @Test
    @SuppressWarnings("unchecked")
    void withSplitsATrialIsJudgedBySamplesKeptFromItsRuns() throws IOException {
        Run run = split("--json").succeeded();
        Map<String, Object> trial = TuneTest.trials(run).stream()
                .filter(each -> each.get("trial").equals(2L))
                .findFirst()
                .orElseThrow();

        assertThat(run.object()).containsEntry("splits", 4L).containsEntry("validation_samples", 31L);
        List<Double> expected = new ArrayList<>();
        for (int seed = 3; seed < 7; seed++) {
            expected.add(heldOutAccuracy(seed, 0.03));
        }
        assertThat((List<Double>) trial.get("accuracies")).isEqualTo(expected);
        assertThat(Set.copyOf(expected)).hasSizeGreaterThan(1);
        double mean = expected.stream().mapToDouble(each -> each).sum() / 4;
        double variance =
                expected.stream().mapToDouble(each -> Math.pow(each - mean, 2)).sum() / 3;
        assertThat((double) trial.get("validation_accuracy")).isCloseTo(mean, within(1e-12));
        assertThat((double) trial.get("standard_error")).isCloseTo(Math.sqrt(variance / 4), within(1e-12));
        assertThat((List<String>) trial.get("arguments"))
                .contains("--seed=3", "--learning-rate=0.03")
                .noneMatch(word -> word.startsWith("--validation"));
        assertThat(TuneTest.trials(run).getLast()).containsEntry("trial", 1L);
    }

    /** What a user would measure: a network trained without some of the training samples, asked for these. */
    private static double heldOutAccuracy(int seed, double learningRate) throws IOException {
        Dataset data = Datasets.open("monk1", ReadOptions.DEFAULT.withSeed(3));
        Split split = Split.stratified(data.train().target(), 0.25, seed);
        LabelledSamples held = data.train().select(split.held());
        Dataset rest = new Dataset("rest", data.train().select(split.kept()), held, false, data.sha256());
        TrainOptions options = TrainOptions.DEFAULT.withSeed(seed).withEpochs(9).withLearningRate(learningRate);
        NetworkSpec network = NetworkSpec.parse("dense:32x2 | groupsum:tau=4");
        Learned learned = Learner.learn(rest, Optional.of(network), options, TrainListener.SILENT);
        ClassTarget target = (ClassTarget) held.target();
        int correct = 0;
        try (Predictor predictor = Predictor.of(learned.model(), Engine.best(), 1)) {
            int[] classes = predictor.classes(held.samples());
            for (int row = 0; row < classes.length; row++) {
                String label = learned.model().labels().get(classes[row]);
                correct += target.labels().get(target.label(row)).equals(label) ? 1 : 0;
            }
        }
        return correct / (double) held.rows();
    }

    @Test
    void aPartToHoldOutThatLeavesNothingIsRefused() {
        for (String fraction : List.of("0", "1", "NaN")) {
            Run.of("tune", "--data=monk1", "--vary=batch=8,16", "--splits=2", "--hold-out=" + fraction)
                    .refused("--hold-out is", "expected a fraction above 0 and below 1");
        }
    }

    @Test
    void runsOfSplitsAreKeptOneByOneAndApartFromOthers() throws IOException {
        Path kept = folder.resolve("runs.jsonl");
        Run first = split("--out", kept.toString(), "--json").succeeded();
        assertThat(Files.readAllLines(kept)).hasSize(12);
        Files.write(kept, Files.readAllLines(kept).subList(0, 6));

        Run second = split("--out", kept.toString(), "--json").succeeded();

        assertThat(Files.readAllLines(kept)).hasSize(12);
        assertThat(second.err().lines().filter(line -> line.contains("done before")))
                .hasSize(1);
        assertThat(TuneTest.trials(second))
                .extracting(trial -> trial.get("accuracies"))
                .isEqualTo(TuneTest.trials(first).stream()
                        .map(trial -> trial.get("accuracies"))
                        .toList());
        Run.of(
                        "tune",
                        "--data",
                        "monk1",
                        "--validation=0.25",
                        "--network",
                        "dense:32x2 | groupsum:tau=4",
                        "--epochs=9",
                        "--seed=3",
                        "--vary",
                        "learning-rate=0.0001,0.03,0.05",
                        "--rungs=1",
                        "--out",
                        kept.toString())
                .succeeded();
        assertThat(Files.readAllLines(kept)).hasSize(15);
        assertThat(split().succeeded().out())
                .contains("standard error", "on 31 training samples held out, in the mean of 4 splits");
    }

    /** Where the set has no official test part, the seed says which samples are for training, so runs of another are others. */
    @Test
    void runsOfAnotherSeedOfTheDataAreNotTakenForTheirs() throws IOException {
        Path kept = folder.resolve("runs.jsonl");
        for (int seed = 3; seed < 5; seed++) {
            Run.of(
                            "tune",
                            "--data=digits",
                            "--network=dense:2000x1 | groupsum:tau=4",
                            "--epochs=1",
                            "--vary=batch=256",
                            "--splits=2",
                            "--seed=" + seed,
                            "--out=" + kept)
                    .succeeded();
        }

        assertThat(Files.readAllLines(kept)).hasSize(4);
    }
}
