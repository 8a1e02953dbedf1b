package dev.gatewright.cli;

import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.CircuitStats;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.model.Reachable;
import dev.gatewright.pass.PassReport;
import dev.gatewright.pass.Pipeline;
import dev.gatewright.verify.SameFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Makes a model's circuit smaller without changing what it computes. */
@CommandLine.Command(
        name = "optimise",
        aliases = "optimize",
        sortOptions = false,
        description = "Makes a model's circuit smaller without changing what it computes.",
        footer = {
            "",
            "Examples:",
            "  gatewright optimise --model digits.gate --out small.gate",
            "  gatewright optimise --model digits.gate --out small.gate --passes standard"
        })
final class OptimiseCommand extends Command {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file to write.")
    private Path out;

    @Option(
            names = "--passes",
            paramLabel = "LIST",
            defaultValue = "thorough",
            description = "Passes by name, separated by commas. Standard is what training runs, thorough all on"
                    + " two-input gates until they gain no more. Default: thorough.")
    private String passes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the samples compared. Default: 0.")
    private long seed;

    @Option(
            names = "--unroll",
            description = "Write convolutions out first, as one circuit: fewer gates in all, a much larger file.")
    private boolean unroll;

    OptimiseCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        Pipeline pipeline = Pipeline.parse(passes);
        OutputFile.check(out);
        Model model = ModelFile.read(file);
        InputRelations relations = Reachable.relations(model.encoder());
        CircuitForm before = unroll ? model.circuit() : model.form();
        Pipeline.Result optimised = pipeline.run(before, relations);
        CircuitForm circuit = optimised.form();
        if (SameFunction.counterExample(before, circuit, relations, seed).isPresent()) {
            throw new IllegalStateException("the passes " + pipeline + " changed what the circuit computes");
        }
        ModelFile.write(model.withCircuit(circuit), out);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gates_before", before.unrolledGates());
        json.put("gates", circuit.unrolledGates());
        json.put("depth_before", CircuitStats.of(before).depth());
        json.put("depth", CircuitStats.of(circuit).depth());
        json.put(
                "passes",
                optimised.reports().stream().map(OptimiseCommand::report).toList());
        json.put("model", out.toString());
        result(json, () -> text(before, optimised));
    }

    private static Map<String, Object> report(PassReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pass", report.pass());
        json.put("gates_before", report.gatesBefore());
        json.put("gates_after", report.gatesAfter());
        json.put("depth_before", report.depthBefore());
        json.put("depth_after", report.depthAfter());
        json.put("seconds", report.time().toNanos() / 1e9);
        return json;
    }

    private String text(CircuitForm before, Pipeline.Result optimised) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("pass", "gates", "depth", "seconds"));
        for (PassReport report : optimised.reports()) {
            rows.add(List.of(
                    report.pass(),
                    Integer.toString(report.gatesAfter()),
                    Integer.toString(report.depthAfter()),
                    String.format(java.util.Locale.ROOT, "%.3f", report.time().toNanos() / 1e9)));
        }
        return Text.table(rows) + before.unrolledGates() + " gates before, "
                + optimised.form().unrolledGates() + " after; written to " + out;
    }
}
