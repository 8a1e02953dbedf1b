package dev.gatewright.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Scores for people, as Markdown, and for programs, as values of JSON. */
public final class ScoresText {
    private ScoresText() {}

    /** Two tables: all contestants, then what else was measured of our engines. */
    public static String markdown(Scores scores) {
        StringBuilder text = new StringBuilder();
        text.append("### ").append(scores.network()).append("\n\n");
        text.append(String.format(
                Locale.ROOT,
                "%,d gates for the peers, %,d in our circuit; ratios to: %s; %.0f %% of a processor was ours.%n%n",
                scores.raw(),
                scores.gates(),
                scores.reference(),
                100 * scores.quiet()));
        text.append(
                "| | until it runs | C text, code | net only, samples/s | ratio | full call, samples/s | ratio |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        Optional<Scores.Contestant> reference = scores.referenceScore();
        for (Scores.Contestant row : scores.contestants()) {
            if (!row.remark().isEmpty()) {
                row(text, List.of(row.name(), row.remark(), "", "", "", "", ""));
                continue;
            }
            row(
                    text,
                    List.of(
                            row.name(),
                            String.format(
                                    Locale.ROOT, row.compileSeconds() < 10 ? "%.2f s" : "%.0f s", row.compileSeconds()),
                            row.sourceBytes() == 0
                                    ? ""
                                    : kilobytes(row.sourceBytes()) + ", " + kilobytes(row.codeBytes()),
                            rate(row.net()),
                            ratio(row.net(), reference.flatMap(Scores.Contestant::net)),
                            rate(row.full()),
                            ratio(row.full(), reference.flatMap(Scores.Contestant::full))));
        }
        text.append('\n');
        text.append(
                "| engine | first answer | 2 threads ÷ 1, net | full | one sample, p50, p99 | bytes allocated a call |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (Scores.EngineFacts facts : scores.engines()) {
            row(
                    text,
                    List.of(
                            facts.engine(),
                            String.format(Locale.ROOT, "%.2f s", facts.firstAnswerSeconds()),
                            number(facts.netScaling()),
                            number(facts.fullScaling()),
                            String.format(Locale.ROOT, "%.1f µs, %.1f µs", facts.microsP50(), facts.microsP99()),
                            String.format(Locale.ROOT, "%.0f", facts.bytesPerCall())));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String kilobytes(long bytes) {
        return String.format(Locale.ROOT, "%,d KB", Math.ceilDiv(bytes, 1000));
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : "";
    }

    /** The median, and how far the rounds lay apart. */
    private static String rate(Optional<Alternation.Rate> rate) {
        return rate.map(it -> String.format(Locale.ROOT, "%s (%s–%s)", si(it.median()), si(it.least()), si(it.most())))
                .orElse("");
    }

    private static String si(double rate) {
        if (rate >= 1e6) {
            return String.format(Locale.ROOT, "%.2f M", rate / 1e6);
        }
        return rate >= 1e3
                ? String.format(Locale.ROOT, "%.1f k", rate / 1e3)
                : String.format(Locale.ROOT, "%.1f", rate);
    }

    private static String ratio(Optional<Alternation.Rate> rate, Optional<Alternation.Rate> reference) {
        return rate.isPresent() && reference.isPresent()
                ? String.format(
                        Locale.ROOT,
                        "%.2f",
                        rate.get().median() / reference.get().median())
                : "";
    }

    /** The same as maps, lists, strings and numbers. */
    public static Map<String, Object> json(Scores scores) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", scores.network());
        json.put("raw_gates", scores.raw());
        json.put("gates", scores.gates());
        json.put("reference", scores.reference());
        json.put("quiet", scores.quiet());
        Optional<Scores.Contestant> reference = scores.referenceScore();
        List<Object> rows = new ArrayList<>();
        for (Scores.Contestant row : scores.contestants()) {
            rows.add(json(row, reference));
        }
        json.put("contestants", rows);
        List<Object> engines = new ArrayList<>();
        for (Scores.EngineFacts facts : scores.engines()) {
            engines.add(json(facts));
        }
        json.put("engines", engines);
        return json;
    }

    private static Map<String, Object> json(Scores.Contestant row, Optional<Scores.Contestant> reference) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", row.name());
        if (!row.remark().isEmpty()) {
            json.put("remark", row.remark());
            return json;
        }
        json.put("compile_seconds", row.compileSeconds());
        json.put("source_bytes", row.sourceBytes());
        json.put("code_bytes", row.codeBytes());
        rate(json, "net", row.net(), reference.flatMap(Scores.Contestant::net));
        rate(json, "full", row.full(), reference.flatMap(Scores.Contestant::full));
        return json;
    }

    private static void rate(
            Map<String, Object> json,
            String name,
            Optional<Alternation.Rate> rate,
            Optional<Alternation.Rate> reference) {
        rate.ifPresent(it -> {
            json.put(name + "_samples_per_second", it.median());
            json.put(name + "_least", it.least());
            json.put(name + "_most", it.most());
            reference.ifPresent(to -> json.put(name + "_ratio", it.median() / to.median()));
        });
    }

    private static Map<String, Object> json(Scores.EngineFacts facts) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("engine", facts.engine());
        json.put("first_answer_seconds", facts.firstAnswerSeconds());
        facts.netScaling().ifPresent(it -> json.put("net_two_threads_ratio", it));
        facts.fullScaling().ifPresent(it -> json.put("full_two_threads_ratio", it));
        json.put("single_sample_p50_microseconds", facts.microsP50());
        json.put("single_sample_p99_microseconds", facts.microsP99());
        json.put("bytes_allocated_per_call", facts.bytesPerCall());
        return json;
    }
}
