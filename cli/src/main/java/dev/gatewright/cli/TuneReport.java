package dev.gatewright.cli;

import dev.gatewright.cli.Search.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a search came to, for people and for programs.
 *
 * @param validationSamples that each run is judged by
 */
record TuneReport(
        String data,
        int validationSamples,
        Splits splits,
        Set<String> variables,
        List<Standing> standings,
        boolean whole) {
    Map<String, Object> json(Optional<Standing> best) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        json.put("validation_samples", validationSamples);
        if (splits.asked()) {
            json.put("splits", splits.runs());
        }
        json.put("finished", whole);
        json.put("trials", standings.stream().map(this::trial).toList());
        best.ifPresent(standing -> {
            Map<String, Object> object = new LinkedHashMap<>(trial(standing));
            object.put("command", command(standing));
            json.put("best", object);
        });
        return json;
    }

    private Map<String, Object> trial(Standing standing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trial", standing.trial().number());
        json.put("values", standing.trial().point());
        json.put("arguments", standing.trial().shortened(standing.epochs()).arguments());
        json.put("rung", standing.rung() + 1);
        json.put("epochs", standing.epochs());
        json.putAll(standing.outcome().figures(splits.asked()));
        return json;
    }

    String text(Optional<Standing> best) {
        return table() + "\n"
                + best.map(standing -> "best: trial " + standing.trial().number() + ", " + accuracy(standing)
                                + "; the test split was not read\n" + command(standing))
                        .orElse("no trial has an accuracy");
    }

    private String accuracy(Standing standing) {
        Outcome outcome = standing.outcome();
        return !splits.asked()
                ? "hard validation accuracy " + outcome.accuracy() + " on " + validationSamples + " samples"
                : String.format(
                        Locale.ROOT,
                        "hard accuracy %.4f ± %.4f (standard error) on %d training samples held out, in the mean of %d"
                                + " splits",
                        outcome.accuracy(),
                        outcome.standardError(),
                        validationSamples,
                        splits.runs());
    }

    private String table() {
        List<List<String>> rows = new ArrayList<>();
        List<String> heading = new ArrayList<>(List.of("trial"));
        heading.addAll(variables);
        heading.addAll(List.of(
                "epochs",
                "hard",
                splits.asked() ? "standard error" : "soft",
                "gates learned",
                "gates left",
                "seconds"));
        rows.add(heading);
        for (Standing standing : standings) {
            Outcome outcome = standing.outcome();
            List<String> row = new ArrayList<>(List.of("" + standing.trial().number()));
            row.addAll(standing.trial().point().values());
            row.add("" + standing.epochs());
            if (outcome.failure().isPresent()) {
                row.addAll(List.of("failed", "", "", "", ""));
            } else {
                row.add(String.format(Locale.ROOT, "%.4f", outcome.accuracy()));
                FinishedRun first = outcome.runs().getFirst();
                row.add(String.format(
                        Locale.ROOT, "%.4f", splits.asked() ? outcome.standardError() : first.softAccuracy()));
                row.add("" + first.gatesLearned());
                row.add("" + outcome.gates());
                row.add(String.format(Locale.ROOT, "%.1f", outcome.seconds()));
            }
            rows.add(row);
        }
        return Text.table(rows);
    }

    /** The command that trains the trial with all of its epochs and reads the test split. */
    private static String command(Standing standing) {
        Trial trial = standing.trial();
        return "gatewright train " + trial.shortened(trial.epochs()).shell() + " --out best.gate";
    }
}
