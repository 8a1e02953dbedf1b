package dev.gatewright.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a trial came to on a rung of a search.
 *
 * @param runs one, or with {@code --splits} one a split, up to the first that failed
 */
record Outcome(List<FinishedRun> runs) {
    Outcome {
        runs = List.copyOf(runs);
    }

    /** Why there is no accuracy. */
    Optional<String> failure() {
        return runs.getLast().failure();
    }

    /** Hard, in the mean; NaN where a run failed. */
    double accuracy() {
        return mean(runs.stream().mapToDouble(FinishedRun::accuracy).toArray());
    }

    /**
     * By how much the mean would differ between sets of as many runs: their sample deviation by the root of their number;
     * a little too small, since the splits share samples. NaN of one run.
     */
    double standardError() {
        double mean = accuracy();
        double squares = runs.stream()
                .mapToDouble(run -> (run.accuracy() - mean) * (run.accuracy() - mean))
                .sum();
        return Math.sqrt(squares / (runs.size() - 1) / runs.size());
    }

    /** After optimisation, in the mean. */
    long gates() {
        return Math.round(mean(runs.stream().mapToDouble(FinishedRun::gates).toArray()));
    }

    /** Of all runs together. */
    double seconds() {
        return runs.stream().mapToDouble(FinishedRun::seconds).sum();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /**
     * The figures by their names in {@code --json}.
     *
     * @param ofSplits whether the runs are those of splits, even where the first has failed
     */
    Map<String, Object> figures(boolean ofSplits) {
        if (!ofSplits) {
            return runs.getFirst().figures();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("validation_accuracy", accuracy());
        json.put("standard_error", standardError());
        json.put("accuracies", runs.stream().map(FinishedRun::accuracy).toList());
        json.put("gates_learned", runs.getFirst().gatesLearned());
        json.put("gates", gates());
        json.put("seconds", seconds());
        failure().ifPresent(why -> json.put("failure", why));
        return json;
    }
}
