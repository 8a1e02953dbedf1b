package dev.gatewright.cli;

import dev.gatewright.cli.Search.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a search came to, for people and for programs. */
record TuneReport(String data, int validationSamples, Set<String> variables, List<Standing> standings, boolean whole) {
    Map<String, Object> json(Optional<Standing> best) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        json.put("validation_samples", validationSamples);
        json.put("finished", whole);
        json.put("trials", standings.stream().map(TuneReport::trial).toList());
        best.ifPresent(standing -> {
            Map<String, Object> object = new LinkedHashMap<>(trial(standing));
            object.put("command", command(standing));
            json.put("best", object);
        });
        return json;
    }

    private static Map<String, Object> trial(Standing standing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trial", standing.trial().number());
        json.put("values", standing.trial().point());
        json.put("arguments", standing.run().arguments());
        json.put("rung", standing.rung() + 1);
        json.put("epochs", standing.epochs());
        json.putAll(standing.run().figures());
        return json;
    }

    String text(Optional<Standing> best) {
        return table() + "\n"
                + best.map(standing -> "best: trial " + standing.trial().number() + ", hard validation accuracy "
                                + standing.run().accuracy() + " on " + validationSamples
                                + " samples; the test split was not read\n" + command(standing))
                        .orElse("no trial has an accuracy");
    }

    private String table() {
        List<List<String>> rows = new ArrayList<>();
        List<String> heading = new ArrayList<>(List.of("trial"));
        heading.addAll(variables);
        heading.addAll(List.of("epochs", "hard", "soft", "gates learned", "gates left", "seconds"));
        rows.add(heading);
        for (Standing standing : standings) {
            FinishedRun run = standing.run();
            List<String> row = new ArrayList<>(List.of("" + standing.trial().number()));
            row.addAll(standing.trial().point().values());
            row.add("" + standing.epochs());
            if (run.failure().isPresent()) {
                row.addAll(List.of("failed", "", "", "", ""));
            } else {
                row.add(String.format(Locale.ROOT, "%.4f", run.accuracy()));
                row.add(String.format(Locale.ROOT, "%.4f", run.softAccuracy()));
                row.add("" + run.gatesLearned());
                row.add("" + run.gates());
                row.add(String.format(Locale.ROOT, "%.1f", run.seconds()));
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
