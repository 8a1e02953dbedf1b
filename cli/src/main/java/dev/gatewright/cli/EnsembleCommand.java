package dev.gatewright.cli;

import dev.gatewright.circuit.Levels;
import dev.gatewright.model.Ensemble;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Joins models into one whose votes are all of theirs. */
@CommandLine.Command(
        name = "ensemble",
        sortOptions = false,
        description = "Joins models of the same data into one circuit whose votes are all of theirs.",
        footer = {
            "",
            "Example:",
            "  gatewright train --data digits --seed 1 --split-seed 1 --out a.gate",
            "  gatewright train --data digits --seed 2 --split-seed 1 --out b.gate",
            "  gatewright ensemble --models a.gate,b.gate --out both.gate"
        })
final class EnsembleCommand extends Command {
    @Option(
            names = "--models",
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "The model files, two or more, separated by commas.")
    private List<Path> files = List.of();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file to write.")
    private Path out;

    EnsembleCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        OutputFile.check(out);
        List<Model> members = new ArrayList<>();
        for (Path file : files) {
            members.add(ModelFile.read(file));
        }
        Model joined = Ensemble.of(members);
        if (!Ensemble.splitAlike(members)) {
            warn("the models were trained on different splits, so what one is validated on another has learnt from;"
                    + " train members with the same --split-seed");
        }
        ModelFile.write(joined, out);
        int before =
                members.stream().mapToInt(member -> member.circuit().gates()).sum();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("members", members.size());
        json.put("gates_before", before);
        json.put("gates", joined.circuit().gates());
        json.put("depth", Levels.of(joined.circuit()).depth());
        json.put("outputs", joined.circuit().outputs());
        json.put("model", out.toString());
        result(
                json,
                () -> members.size() + " models of " + before + " gates joined to "
                        + joined.circuit().gates() + " gates and "
                        + joined.circuit().outputs() + " outputs; written to " + out);
    }
}
