package dev.gatewright.bench;

import dev.gatewright.bench.torch.GateForm;
import dev.gatewright.cli.bench.Quiet;
import dev.gatewright.model.Json;
import dev.gatewright.network.Estimator;
import dev.gatewright.network.Temperature;
import dev.gatewright.relax.Light;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Samples a second of forward, backward and update, ours beside the peers' forms in PyTorch, in alternating rounds of
 * one run; prints a table and, where asked, writes JSON.
 *
 * <pre>{@code
 * TrainingSpeed [--rounds 5] [--seconds 3] [--batch 128] [--threads 2] [--width 8000] [--layers 6]
 *     [--busy true] [--json FILE]
 * }</pre>
 *
 * Rounds in which others kept the processors busy do not count, unless {@code --busy true} says so.
 */
public final class TrainingSpeed {

    /** Beyond the shared cache, and within it as a thread's own share. */
    private static final int MEMORY_FLOATS = 1 << 25;

    private static final int CACHE_FLOATS = 1 << 19;

    private final SpeedOptions options;
    private final Contestants contestants;
    private final PrintStream out;

    private TrainingSpeed(SpeedOptions options, PrintStream out) {
        this.options = options;
        this.contestants = new Contestants(options);
        this.out = out;
    }

    /** One line of the result: who is measured, what it read and wrote a sample, and the rates of its rounds. */
    private record Row(
            String name, Supplier<Contestants.Contestant> contestant, double bytesPerSample, List<Double> rounds) {
        double median() {
            double[] sorted = rounds.stream().mapToDouble(r -> r).sorted().toArray();
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }
    }

    public static void main(String[] args) throws IOException {
        System.exit(run(args, new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    /** Measures and prints; the exit status. */
    static int run(String[] args, PrintStream out) throws IOException {
        return new TrainingSpeed(SpeedOptions.parse(args), out).run();
    }

    /** The exit status: 1 where the machine was too busy. */
    private int run() throws IOException {
        out.printf(
                Locale.ROOT,
                "%d × %d gates from %d inputs, batch %d, %d threads, %d rounds of %.1f s, Java %s%n",
                options.layers(),
                options.width(),
                Contestants.INPUTS,
                options.batch(),
                options.threads(),
                options.rounds(),
                options.seconds(),
                Runtime.version());
        double memory = Bandwidth.triad(options.threads(), MEMORY_FLOATS);
        double cache = Bandwidth.triad(options.threads(), CACHE_FLOATS);
        out.printf(Locale.ROOT, "triad: %.1f GB/s in memory, %.1f GB/s in cache%n", memory / 1e9, cache / 1e9);

        List<Row> rows = List.of(
                torch("torch, sixteen functions", GateForm.SIXTEEN_FUNCTIONS),
                torch("torch, bilinear", GateForm.BILINEAR),
                ours("ours, 16 logits", new Softmax16(), Estimator.DEFAULT),
                ours("ours, 4 parameters", light(), Estimator.DEFAULT),
                ours("ours, 16 logits, bits", new Softmax16(), straightThrough()),
                ours("ours, 4 parameters, bits", light(), straightThrough()));
        if (!rounds(rows)) {
            out.println("The machine was too busy for " + options.rounds() + " quiet rounds: no result.");
            return 1;
        }
        table(rows, memory, cache);
        if (options.json().isPresent()) {
            Files.writeString(options.json().get(), Json.write(json(rows, memory, cache)));
        }
        return 0;
    }

    private Row torch(String name, GateForm form) {
        return new Row(name, () -> contestants.torch(form), 0, new ArrayList<>());
    }

    private Row ours(String name, Relaxation relaxation, Estimator estimator) {
        double bytes = Traffic.bytesPerSample(contestants.network(relaxation, estimator), options.batch());
        Supplier<Contestants.Contestant> contestant =
                () -> contestants.ours(contestants.network(relaxation, estimator));
        return new Row(name, contestant, bytes, new ArrayList<>());
    }

    /** Measures until there are enough rounds of a quiet machine, or three times as many have been tried. */
    private boolean rounds(List<Row> rows) {
        int kept = 0;
        for (int tried = 1; kept < options.rounds() && tried <= 3 * options.rounds(); tried++) {
            double share = Quiet.share(options.threads());
            double[] rates = rows.stream()
                    .mapToDouble(row -> measure(row.contestant().get()))
                    .toArray();
            share = Math.min(share, Quiet.share(options.threads()));
            boolean keep = share >= Quiet.ENOUGH || options.busy();
            for (int i = 0; keep && i < rates.length; i++) {
                rows.get(i).rounds().add(rates[i]);
            }
            kept += keep ? 1 : 0;
            String text = Arrays.stream(rates)
                    .mapToObj(rate -> String.format(Locale.ROOT, "%,.0f", rate))
                    .collect(Collectors.joining("  "));
            String fate = keep ? "" : ", busy, not counted";
            out.printf(Locale.ROOT, "round %d: %s  (%.0f %% of the processors%s)%n", tried, text, 100 * share, fate);
        }
        return kept >= options.rounds();
    }

    private static Relaxation light() {
        return new Light(Light.Estimator.SIGMOID);
    }

    private static Estimator straightThrough() {
        return new Estimator(Estimator.Forward.STRAIGHT_THROUGH, Temperature.ONE);
    }

    /** Samples a second, after a warm-up of a third of the time. */
    private double measure(Contestants.Contestant contestant) {
        try (contestant) {
            steps(contestant, options.seconds() / 3);
            return steps(contestant, options.seconds());
        }
    }

    private double steps(Contestants.Contestant contestant, double seconds) {
        long start = System.nanoTime();
        long steps = 0;
        double spent;
        do {
            contestant.step();
            steps++;
            spent = (System.nanoTime() - start) / 1e9;
        } while (spent < seconds);
        return steps * options.batch() / spent;
    }

    private void table(List<Row> rows, double memory, double cache) {
        out.printf(
                "%n%-26s %12s %14s %14s %10s %8s %8s%n",
                "", "samples/s", "/ sixteen", "/ bilinear", "GB/s", "memory", "cache");
        for (Row row : rows) {
            double moved = row.median() * row.bytesPerSample();
            out.printf(
                    Locale.ROOT,
                    "%-26s %,12.0f %14.1f %14.1f %10s %8s %8s%n",
                    row.name(),
                    row.median(),
                    row.median() / rows.get(0).median(),
                    row.median() / rows.get(1).median(),
                    moved == 0 ? "" : String.format(Locale.ROOT, "%.1f", moved / 1e9),
                    moved == 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * moved / memory),
                    moved == 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * moved / cache));
        }
    }

    private Map<String, Object> json(List<Row> rows, double memory, double cache) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("batch", options.batch());
        json.put("threads", options.threads());
        json.put("width", options.width());
        json.put("layers", options.layers());
        json.put("triad_memory", memory);
        json.put("triad_cache", cache);
        List<Object> results = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("name", row.name());
            result.put("samples_per_second", row.median());
            result.put("ratio", row.median() / rows.get(0).median());
            result.put("ratio_to_bilinear", row.median() / rows.get(1).median());
            result.put("bytes_per_sample", row.bytesPerSample());
            result.put("rounds", List.copyOf(row.rounds()));
            results.add(result);
        }
        json.put("results", results);
        return json;
    }
}
