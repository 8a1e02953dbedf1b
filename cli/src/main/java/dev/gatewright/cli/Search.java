package dev.gatewright.cli;

import dev.gatewright.cli.tune.Rungs;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Successive halving: rung after rung, trial after trial, only the best going on. */
final class Search {
    /** Trains one trial for some epochs; empty where somebody asked for the end. */
    @FunctionalInterface
    interface Runner {
        Optional<Outcome> run(Trial trial, int epochs) throws IOException;
    }

    /**
     * Where a trial ended.
     *
     * @param epochs of its last runs
     */
    record Standing(Trial trial, int rung, int epochs, Outcome outcome) {}

    /** Further rungs first, then better accuracy, failures last, then the order drawn. */
    static final Comparator<Standing> BEST_FIRST = Comparator.<Standing>comparingInt(standing -> -standing.rung())
            .thenComparing(standing -> standing.outcome().failure().isPresent())
            .thenComparingDouble(standing -> -standing.outcome().accuracy())
            .thenComparingInt(standing -> standing.trial().number());

    private final List<Trial> trials;
    private final Rungs rungs;
    private final Map<Integer, Standing> standings = new LinkedHashMap<>();

    Search(List<Trial> trials, Rungs rungs) {
        this.trials = List.copyOf(trials);
        this.rungs = rungs;
    }

    /** Runs of the whole search if none fails. */
    int runs() {
        int runs = 0;
        int left = trials.size();
        for (int rung = 0; rung < rungs.count(); rung++) {
            runs += left;
            left = rungs.next(left);
        }
        return runs;
    }

    /** Epochs of the whole search, those of later rungs as if the mean trial went on. */
    double epochs() {
        double epochs = 0;
        int left = trials.size();
        for (int rung = 0; rung < rungs.count(); rung++) {
            int at = rung;
            epochs += left
                    * trials.stream()
                            .mapToInt(trial -> rungs.epochs(trial.epochs(), at))
                            .average()
                            .orElse(0);
            left = rungs.next(left);
        }
        return epochs;
    }

    /** Runs the search, or as much of it as there is time for; false if somebody asked for the end. */
    boolean run(Runner runner) throws IOException {
        List<Trial> left = trials;
        for (int rung = 0; rung < rungs.count(); rung++) {
            for (Trial trial : left) {
                int epochs = rungs.epochs(trial.epochs(), rung);
                Optional<Outcome> outcome = runner.run(trial, epochs);
                if (outcome.isEmpty()) {
                    return false;
                }
                standings.put(trial.number(), new Standing(trial, rung, epochs, outcome.get()));
            }
            int next = rungs.next(left.size());
            int reached = rung;
            left = standings().stream()
                    .filter(standing -> standing.rung() == reached
                            && standing.outcome().failure().isEmpty())
                    .limit(next)
                    .map(Standing::trial)
                    .toList();
        }
        return true;
    }

    /** The trials that have been run, the best first. */
    List<Standing> standings() {
        return standings.values().stream().sorted(BEST_FIRST).toList();
    }

    /** The best trial of those that got furthest; empty where none has an accuracy. */
    Optional<Standing> best() {
        return standings().stream()
                .filter(standing -> standing.outcome().failure().isEmpty())
                .findFirst();
    }
}
