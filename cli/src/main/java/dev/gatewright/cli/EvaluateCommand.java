package dev.gatewright.cli;

import dev.gatewright.data.Dataset;
import dev.gatewright.data.Datasets;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.data.ReadOptions;
import dev.gatewright.data.Split;
import dev.gatewright.encode.InputException;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.model.Readout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how well a model does on data. */
@CommandLine.Command(
        name = "evaluate",
        sortOptions = false,
        description = {
            "Says how well a model does on data whose answers are known.",
            "Target and seed are those the model was trained with, so that the test split is the same. Data that the"
                    + " model was not trained on is used whole unless it has a test part of its own."
        },
        footer = {
            "",
            "Examples:",
            "  gatewright evaluate --model digits.gate --data digits",
            "  gatewright evaluate --model adult.gate --data newer.csv --json"
        })
final class EvaluateCommand extends Command {
    /** A part of a data set. */
    enum Part {
        train,
        validation,
        test,
        all
    }

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "NAME|PATH",
            description = "A name from 'gatewright data list', or a file or folder.")
    private String data;

    @Option(
            names = "--split",
            paramLabel = "PART",
            description = "${COMPLETION-CANDIDATES}. Default: test, or all of data the model was not trained on.")
    private Part split;

    @Mixin
    private DataOptions reading;

    @Mixin
    private RunOptions running;

    EvaluateCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        Model model = ModelFile.read(file);
        long seed = Facts.splitSeed(model.provenance());
        Dataset dataset =
                Datasets.open(data, reading.read(model.target(), seed, this).withTask(task(model)));
        Part part = split == null ? usual(model, dataset) : split;
        List<LabelledSamples> samples = select(part, dataset, model, reading.seed == null ? seed : reading.seed);
        Evaluation evaluation = Evaluation.of(model, samples, running.engine(), running.threads());
        Map<String, Object> json = new LinkedHashMap<>(evaluation.json());
        json.put("gates", model.form().unrolledGates());
        json.put("split", part.name());
        json.put("data", dataset.name());
        result(
                json,
                () -> evaluation.text() + "\n" + model.form().unrolledGates() + " gates; split " + part.name() + " of "
                        + dataset.name());
    }

    private static ReadOptions.Task task(Model model) {
        return model.readout() instanceof Readout.Regression ? ReadOptions.Task.NUMBERS : ReadOptions.Task.CLASSES;
    }

    private static Part usual(Model model, Dataset dataset) {
        boolean trainedOn = dataset.sha256().equals(model.provenance().facts().get("data_sha256"));
        return trainedOn || dataset.officialTest() ? Part.test : Part.all;
    }

    private static List<LabelledSamples> select(Part part, Dataset dataset, Model model, long seed) {
        return switch (part) {
            case test -> List.of(dataset.test());
            case all -> List.of(dataset.train(), dataset.test());
            case train ->
                List.of(heldOut(dataset, model, seed)
                        .map(held -> dataset.train().select(held.kept()))
                        .orElse(dataset.train()));
            case validation ->
                List.of(heldOut(dataset, model, seed)
                        .map(held -> dataset.train().select(held.held()))
                        .orElseThrow(() -> new InputException(
                                "--split validation: the model was trained without a validation split;"
                                        + " use train or test")));
        };
    }

    /** The split of the training part that training made; empty where it held nothing out. */
    static Optional<Split> heldOut(Dataset dataset, Model model, long seed) {
        double fraction = Facts.validation(model.provenance());
        return fraction > 0
                ? Optional.of(Split.stratified(dataset.train().target(), fraction, seed))
                : Optional.empty();
    }
}
