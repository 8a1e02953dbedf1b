package dev.gatewright.cli;

import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Samples;
import dev.gatewright.engine.Engine;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Measures how fast a model runs. */
@CommandLine.Command(
        name = "bench",
        sortOptions = false,
        description = {
            "Measures how fast a model runs here, by engine, threads and input.",
            "Input 'bits' is the circuit alone, on bits that are packed already; 'rows' is the whole way from a user's rows "
                    + "to predictions. With --against-c the same circuit as straight-line C (gcc -O1, 64 samples a word, one "
                    + "thread) is measured in the same run, in turn with ours."
        },
        footer = {
            "",
            "Examples:",
            "  gatewright bench --model digits.gate",
            "  gatewright bench --model digits.gate --threads 1 --against-c --json"
        })
final class BenchCommand extends Command {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(names = "--engine", paramLabel = "NAME", description = "Only this engine. Default: all.")
    private String engine;

    @Option(names = "--threads", paramLabel = "N", description = "Only this many threads. Default: 1 and all cores.")
    private Integer threads;

    @Option(names = "--against-c", description = "Compare with straight-line C; needs gcc.")
    private boolean againstC;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Of the made-up samples. Default: 0.")
    private long seed;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1.4",
            description = "How long to measure each. Default: 1.4.")
    private double seconds;

    BenchCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException, InterruptedException {
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new InputException("--seconds is " + seconds + "; expected more than 0 and at most 3600");
        }
        List<Engine> engines = engine == null ? Engine.all() : List.of(RunOptions.asked(engine));
        TreeSet<Integer> counts = new TreeSet<>();
        counts.add(threads == null ? 1 : RunOptions.threads(threads));
        counts.add(RunOptions.threads(threads));
        Model model = ModelFile.read(file);
        Samples samples = MadeUpSamples.of(model.encoder(), seed);
        Benchmark benchmark = new Benchmark(model, samples, Duration.ofNanos((long) (seconds * 1e9)));
        List<Benchmark.Line> lines = new ArrayList<>();
        if (againstC) {
            say("compiling " + model.circuit().gates() + " gates as straight-line C");
            lines.addAll(benchmark.againstC(engines, counts, CacheFolder.of("c"), this::say));
        } else {
            lines.addAll(benchmark.alone(engines, counts));
        }
        result(lines.stream().map(BenchCommand::json).toList(), () -> text(model, lines));
    }

    private static Map<String, Object> json(Benchmark.Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("engine", line.engine());
        json.put("threads", line.threads());
        json.put("input", line.input());
        json.put("samples_per_second", line.samplesPerSecond());
        json.put("nanoseconds_per_sample", 1e9 / line.samplesPerSecond());
        json.put("compile_seconds", line.compileSeconds());
        line.ratioToC().ifPresent(ratio -> json.put("ratio_to_c", ratio));
        return json;
    }

    private static String text(Model model, List<Benchmark.Line> lines) {
        boolean ratios = lines.stream().anyMatch(line -> line.ratioToC().isPresent());
        List<List<String>> rows = new ArrayList<>();
        rows.add(new ArrayList<>(List.of("engine", "threads", "input", "samples/s", "ns/sample", "compile s")));
        for (Benchmark.Line line : lines) {
            rows.add(new ArrayList<>(List.of(
                    line.engine(),
                    Integer.toString(line.threads()),
                    line.input(),
                    Text.rate(line.samplesPerSecond()),
                    String.format(Locale.ROOT, "%.2f", 1e9 / line.samplesPerSecond()),
                    String.format(Locale.ROOT, "%.3f", line.compileSeconds()))));
        }
        if (ratios) {
            rows.getFirst().add("times C");
            for (int i = 0; i < lines.size(); i++) {
                java.util.OptionalDouble ratio = lines.get(i).ratioToC();
                rows.get(i + 1).add(ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "");
            }
        }
        return model.circuit().gates() + " gates\n" + Text.table(rows);
    }
}
