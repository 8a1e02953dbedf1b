package dev.gatewright.cli;

import dev.gatewright.train.Diagnosis;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A network's health, for people and for programs. */
final class Health {
    private Health() {}

    static Map<String, Object> json(Diagnosis diagnosis) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gap", diagnosis.gap());
        json.put("gates", diagnosis.gates());
        json.put("undecided", diagnosis.undecided());
        json.put("undecided_by_layer", diagnosis.undecidedByLayer());
        json.put("constant", diagnosis.constant());
        json.put("pass_through", diagnosis.passThrough());
        json.put("dead", diagnosis.dead());
        json.put("gradient_norms", diagnosis.gradientNorms());
        json.put("advice", diagnosis.advice());
        return json;
    }

    /** Counts, gradient norms and advice, each on a line of its own. */
    static String lines(Diagnosis diagnosis) {
        String norms = diagnosis.gradientNorms().stream()
                .map(norm -> String.format(Locale.ROOT, "%.1e", norm))
                .collect(Collectors.joining(" "));
        String layers =
                diagnosis.undecidedByLayer().stream().map(String::valueOf).collect(Collectors.joining(" "));
        return "gap " + points(diagnosis) + "; at the end " + counts(diagnosis) + "\n"
                + "undecided, first layer to last: " + layers + "\n"
                + (norms.isEmpty() ? "" : "gradient norms, first layer to last: " + norms + "\n")
                + diagnosis.advice().stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** The counts in a few words. */
    static String counts(Diagnosis diagnosis) {
        return diagnosis.undecided() + " gates undecided, " + diagnosis.constant() + " constant, "
                + diagnosis.passThrough() + " pass-through, " + diagnosis.dead() + " dead";
    }

    /** The share of undecided gates. */
    static String undecided(Diagnosis diagnosis) {
        return String.format(
                Locale.ROOT, "undecided %.0f %%", 100.0 * diagnosis.undecided() / Math.max(1, diagnosis.gates()));
    }

    private static String points(Diagnosis diagnosis) {
        return String.format(Locale.ROOT, "%.2f points", 100 * diagnosis.gap());
    }
}
