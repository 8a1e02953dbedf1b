package dev.gatewright.cli;

import dev.gatewright.cli.bench.Alternation;
import dev.gatewright.cli.bench.CBaseline;
import dev.gatewright.cli.bench.Comparison;
import dev.gatewright.cli.bench.HostFacts;
import dev.gatewright.cli.bench.Nets;
import dev.gatewright.cli.bench.Quiet;
import dev.gatewright.cli.bench.RandomTasks;
import dev.gatewright.cli.bench.RawNet;
import dev.gatewright.cli.bench.Scores;
import dev.gatewright.cli.bench.ScoresText;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Samples;
import dev.gatewright.engine.Engine;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.model.Readout;
import dev.gatewright.pass.Pipeline;
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
            "Input 'bits' is the circuit alone, on bits that are packed already; 'rows' is the whole way from a user's"
                    + " rows to predictions.",
            "With --against-c, C that does the same is measured in the same run, in turn with ours, one thread: as the"
                    + " peers write it, strengthened, and as a table of gates. That is for networks of random gates"
                    + " (--nets) and for a model; what gcc makes is kept, since it takes minutes. The result is Markdown."
        },
        footer = {
            "",
            "Examples:",
            "  gatewright bench --model digits.gate",
            "  gatewright bench --model digits.gate --against-c --json",
            "  gatewright bench --nets S,L,conv",
            "  gatewright bench --model better.gate --peer-model 6x8000.gate --against-c"
        })
final class BenchCommand extends Command {
    @Option(names = "--model", paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(
            names = "--nets",
            split = ",",
            paramLabel = "NAME",
            description = "Networks of random gates to compare with C: S, L, L-local, C, conv, tiny, tiny-conv.")
    private List<String> nets;

    @Option(
            names = "--peer-model",
            paramLabel = "FILE",
            description = "With --against-c: the model that the C runs. Default: the same.")
    private Path peerFile;

    @Option(names = "--engine", paramLabel = "NAME", description = "Only this engine. Default: all.")
    private String engine;

    @Option(names = "--threads", paramLabel = "N", description = "Only this many threads. Default: 1 and all cores.")
    private Integer threads;

    @Option(names = "--against-c", description = "Compare with C; needs gcc. With --nets it goes without saying.")
    private boolean againstC;

    @Option(
            names = "--gcc-limit",
            paramLabel = "S",
            defaultValue = "1800",
            description = "Seconds after which one compilation is given up. Default: 1800.")
    private int gccLimit;

    @Option(
            names = "--passes",
            paramLabel = "NAMES",
            defaultValue = "standard",
            description = "Optimise the circuits that ours run by these passes. Default: standard.")
    private String passes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the made-up samples and networks. Default: 1.")
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
        if (file == null && nets == null) {
            throw new InputException(
                    "nothing to measure; expected --model FILE or --nets " + String.join(",", Nets.names()));
        }
        if (nets != null || againstC) {
            compare(engines);
        } else {
            measure(engines);
        }
    }

    private void measure(List<Engine> engines) throws IOException {
        TreeSet<Integer> counts = new TreeSet<>();
        counts.add(threads == null ? 1 : RunOptions.threads(threads));
        counts.add(RunOptions.threads(threads));
        Model model = ModelFile.read(file);
        Samples samples = MadeUpSamples.of(model.encoder(), seed);
        Benchmark benchmark = new Benchmark(model, samples, Duration.ofNanos((long) (seconds * 1e9)));
        List<Benchmark.Line> lines = benchmark.measure(engines, counts);
        result(lines.stream().map(BenchCommand::json).toList(), () -> text(model, lines));
    }

    private void compare(List<Engine> engines) throws IOException, InterruptedException {
        requireComparable();
        Pipeline pipeline = Pipeline.parse(passes);
        Map<String, String> facts = HostFacts.all();
        double quiet = Quiet.share(Runtime.getRuntime().availableProcessors());
        if (quiet < Quiet.ENOUGH) {
            warn(String.format(
                    Locale.ROOT,
                    "others keep this machine busy (we get %.0f %% of it); the figures below are not to be trusted",
                    100 * quiet));
        }
        Comparison comparison = new Comparison(
                CacheFolder.of("c"),
                Duration.ofSeconds(gccLimit),
                engines,
                new Alternation(
                        Benchmark.ROUNDS,
                        Duration.ofNanos((long) (seconds * 1e9 / Benchmark.ROUNDS)),
                        Alternation.PROCESSOR_TIME),
                this::say);
        List<Scores> scores = new ArrayList<>();
        for (String name : nets == null ? List.<String>of() : nets) {
            say(name + ": drawing the network");
            scores.add(comparison.run(RandomTasks.of(name, seed, pipeline)));
        }
        if (file != null) {
            scores.add(comparison.run(modelTask(pipeline)));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", facts);
        json.put("quiet", quiet);
        json.put("networks", scores.stream().map(ScoresText::json).toList());
        result(json, () -> markdown(facts, scores));
    }

    private void requireComparable() {
        if (gccLimit < 1 || gccLimit > 86_400) {
            throw new InputException("--gcc-limit is " + gccLimit + "; expected 1 to 86400");
        }
        if (!CBaseline.available()) {
            throw new InputException("gcc is not on the path of commands; install it to compare with C");
        }
        for (String name : nets == null ? List.<String>of() : nets) {
            if (!Nets.names().contains(name)) {
                throw new InputException(
                        "--nets names \"" + name + "\"; expected some of " + String.join(", ", Nets.names()));
            }
        }
        if (peerFile != null && file == null) {
            throw new InputException("--peer-model without --model; expected both");
        }
    }

    private Comparison.Task modelTask(Pipeline pipeline) throws IOException {
        Model read = ModelFile.read(file);
        Model ours = read.withCircuit(pipeline.run(read.circuit()).circuit());
        Model peer = peerFile == null ? read : ModelFile.read(peerFile);
        if (!(ours.readout() instanceof Readout.GroupSum) || !(peer.readout() instanceof Readout.GroupSum sum)) {
            throw new InputException(
                    "a model that predicts no classes cannot be compared with C, which counts by class");
        }
        if (!peer.encoder().inputs().equals(ours.encoder().inputs())) {
            throw new InputException(peerFile + " reads other samples than " + file + "; expected the same");
        }
        Samples samples = MadeUpSamples.of(ours.encoder(), seed);
        String name = file.getFileName() + (peerFile == null ? "" : " beside " + peerFile.getFileName());
        return new Comparison.Task(
                name,
                RawNet.of(peer.circuit(), sum.classes()),
                ours,
                peerFile == null,
                samples,
                peer.encoder().encode(samples));
    }

    private static String markdown(Map<String, String> facts, List<Scores> scores) {
        StringBuilder text = new StringBuilder();
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        for (Scores one : scores) {
            text.append('\n').append(ScoresText.markdown(one));
        }
        return text.toString();
    }

    private static Map<String, Object> json(Benchmark.Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("engine", line.engine());
        json.put("threads", line.threads());
        json.put("input", line.input());
        json.put("samples_per_second", line.samplesPerSecond());
        json.put("nanoseconds_per_sample", 1e9 / line.samplesPerSecond());
        json.put("compile_seconds", line.compileSeconds());
        return json;
    }

    private static String text(Model model, List<Benchmark.Line> lines) {
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
        return model.form().unrolledGates() + " gates\n" + Text.table(rows);
    }
}
