package dev.gatewright.cli;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.data.Datasets;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Samples;
import dev.gatewright.format.Bench;
import dev.gatewright.format.Design;
import dev.gatewright.format.Format;
import dev.gatewright.format.Readme;
import dev.gatewright.format.Vectors;
import dev.gatewright.model.AtomicFile;
import dev.gatewright.model.Exports;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.verify.ReferenceEvaluator;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model's circuit in a language of others. */
@CommandLine.Command(
        name = "export",
        sortOptions = false,
        description = {
            "Writes a model's circuit in a language of others: hardware, logic synthesis, programs.",
            "Options of a format follow its name: --format NAME:OPTION=VALUE,…"
        },
        footer = {
            "",
            "Examples:",
            "  gatewright export --formats",
            "  gatewright export --model digits.gate --format blif --out digits.blif",
            "  gatewright export --model digits.gate --format verilog --out digits.v --bench 1000 --data digits"
        })
final class ExportCommand extends Command {
    private static final int MOST_VECTORS = 1_000_000;

    @Option(names = "--model", paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(names = "--format", paramLabel = "NAME", description = "The format, as --formats lists them.")
    private String format;

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write.")
    private Path out;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the circuit is called in the file. Default: the model's file name.")
    private String name;

    @Option(
            names = "--bench",
            paramLabel = "N",
            description = "Write a test bench of N vectors beside it, where the format has one.")
    private int vectors;

    @Option(
            names = "--data",
            paramLabel = "NAME|PATH",
            description = "Take the vectors from this data's training samples. Default: made-up samples.")
    private String data;

    @Option(names = "--readme", description = "Write a text beside it: what it takes and gives, and how to check it.")
    private boolean readme;

    @Mixin
    private DataOptions reading;

    @Option(names = "--formats", description = "List the formats.")
    private boolean list;

    ExportCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        if (list) {
            result(Exports.FORMATS.stream().map(ExportCommand::about).toList(), ExportCommand::table);
            return;
        }
        if (file == null || format == null || out == null) {
            throw new InputException("--model, --format and --out are needed together; --formats lists the formats");
        }
        Format chosen = Exports.parse(format);
        OutputFile.check(out);
        Model model = ModelFile.read(file);
        Design design = Exports.design(model, name == null ? stem(file) : name);
        if (vectors < 0 || vectors > MOST_VECTORS) {
            throw new InputException("--bench " + vectors + ": expected 1 to " + MOST_VECTORS + " vectors");
        }
        List<Format.Companion> beside = new ArrayList<>(chosen.companions(design, name(out)));
        Bench bench = vectors > 0 ? chosen.bench(design, vectors(model), stem(out)) : null;
        if (bench != null) {
            beside.addAll(bench.files());
        }
        if (readme) {
            List<String> names =
                    beside.stream().map(each -> stem(out) + each.suffix()).toList();
            Readme text = new Readme(chosen, format, name(out), names, name(file));
            beside.add(text.of(design, Optional.ofNullable(bench)));
        }
        List<Path> written = write(chosen, design, beside);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", chosen.name());
        json.put("gates", model.circuit().gates());
        json.put("inputs", model.circuit().inputs());
        json.put("outputs", model.circuit().outputs());
        json.put("bytes", Files.size(out));
        json.put("files", written.stream().map(Path::toString).toList());
        if (bench != null) {
            json.put("bench", bench.command());
        }
        result(
                json,
                () -> model.circuit().gates() + " gates written to "
                        + String.join(", ", written.stream().map(Path::toString).toList())
                        + (bench == null ? "" : "\nrun the test bench there: " + bench.command()));
    }

    private Vectors vectors(Model model) throws IOException {
        Samples samples = samples(model);
        BitMatrix in = model.encoder().encode(samples);
        return new Vectors(samples, in, ReferenceEvaluator.evaluate(model.circuit(), in));
    }

    private Samples samples(Model model) throws IOException {
        long seed = reading.seed == null ? Facts.splitSeed(model.provenance()) : reading.seed;
        Samples samples = data == null
                ? MadeUpSamples.of(model.encoder(), seed)
                : Datasets.open(data, reading.read(model.target(), seed, this))
                        .train()
                        .samples();
        return samples.select(java.util.stream.IntStream.range(0, vectors)
                .map(i -> i % samples.rows())
                .toArray());
    }

    private List<Path> write(Format chosen, Design design, List<Format.Companion> companions) throws IOException {
        List<Path> written = new ArrayList<>();
        AtomicFile.write(out, channel -> chosen.write(design, Channels.newOutputStream(channel)));
        written.add(out);
        for (Format.Companion companion : companions) {
            Path beside = out.resolveSibling(stem(out) + companion.suffix());
            AtomicFile.write(beside, channel -> companion.content().write(Channels.newOutputStream(channel)));
            written.add(beside);
        }
        return written;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** A file's name without folder and suffix. */
    static String stem(Path file) {
        String whole = name(file);
        int dot = whole.lastIndexOf('.');
        return dot <= 0 ? whole : whole.substring(0, dot);
    }

    private static Map<String, Object> about(Format each) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", each.name());
        json.put("suffix", each.suffix());
        json.put("about", each.about());
        return json;
    }

    private static String table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("format", "file", "what it is"));
        Exports.FORMATS.forEach(each -> rows.add(List.of(each.name(), each.suffix(), each.about())));
        return Text.table(rows);
    }
}
