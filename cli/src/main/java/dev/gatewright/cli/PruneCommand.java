package dev.gatewright.cli;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.Dataset;
import dev.gatewright.data.Datasets;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.data.ReadOptions;
import dev.gatewright.data.Split;
import dev.gatewright.encode.InputException;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.model.Provenance;
import dev.gatewright.model.Readout;
import dev.gatewright.network.HeapSpace;
import dev.gatewright.pass.Pipeline;
import dev.gatewright.shrink.Judged;
import dev.gatewright.shrink.ShrinkOptions;
import dev.gatewright.shrink.Shrinker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a model's circuit smaller at some cost in accuracy. */
@CommandLine.Command(
        name = "prune",
        sortOptions = false,
        description = {
            "Makes a model's circuit smaller at some cost in accuracy, and tunes the gates that stay.",
            "Training samples say which gates matter, validation samples when to stop; test samples are not read."
        },
        footer = {
            "",
            "Examples:",
            "  gatewright prune --model digits.gate --data digits --out small.gate",
            "  gatewright prune --model digits.gate --data digits --out small.gate --tolerance 0.01",
            "  gatewright prune --model digits.gate --data digits --out small.gate --gates 500"
        })
final class PruneCommand extends Command {
    /** The part of the training samples that judges where training held none out. */
    private static final double JUDGING = 0.2;

    private static final int SAMPLES = 20_000;

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "NAME|PATH",
            description = "What the model was trained on: a name from 'gatewright data list', or a file or folder.")
    private String data;

    @Mixin
    private DataOptions reading;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file to write.")
    private Path out;

    @Option(
            names = "--tolerance",
            paramLabel = "PART",
            description = "How much accuracy may be lost on validation samples. Default: 0.001.")
    private Double tolerance;

    @Option(
            names = "--gates",
            paramLabel = "N",
            description = "Shrink to so many gates, whatever the accuracy. Default: by --tolerance.")
    private Integer gates;

    @Option(
            names = "--share",
            paramLabel = "PART",
            description = "Of the gates, left out in the first rounds. Default: 0.05.")
    private Double share;

    @Option(
            names = "--tune",
            negatable = true,
            description = "Whether to flip table entries where that lowers the loss. Default: --tune.")
    private Boolean tune;

    @Option(names = "--samples", paramLabel = "N", description = "Training samples to try on. Default: 20000 at most.")
    private Integer samples;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use. Default: all cores.")
    private Integer threads;

    PruneCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        OutputFile.check(out);
        ShrinkOptions options = options();
        Model model = ModelFile.read(file);
        if (!(model.readout() instanceof Readout.GroupSum readout)) {
            throw new InputException(file + " predicts no classes; expected a model of classes");
        }
        Circuit whole = model.circuit();
        long seed = reading.seed == null ? Facts.splitSeed(model.provenance()) : reading.seed;
        Dataset dataset =
                Datasets.open(data, reading.read(model.target(), seed, this).withTask(ReadOptions.Task.CLASSES));
        if (!dataset.sha256().equals(model.provenance().facts().get("data_sha256"))) {
            warn("the model was not trained on " + dataset.name());
        }
        Split split = EvaluateCommand.heldOut(dataset, model, seed)
                .orElseGet(() -> Split.stratified(dataset.train().target(), JUDGING, seed));
        Judged training = judged(model, some(dataset.train().select(split.kept()), seed));
        Judged judging = judged(model, dataset.train().select(split.held()));
        HeapSpace.require(
                "pruning " + whole.gates() + " gates by " + training.labels().length + " samples",
                whole.wires() * (training.labels().length / 8.0));
        Shrinker shrinker = new Shrinker(
                readout, training, judging, options, this::show, session().interrupted());
        Circuit circuit = Pipeline.STANDARD.run(shrinker.shrink(whole)).circuit();
        finish(model, whole, circuit, training, judging, options);
    }

    private ShrinkOptions options() {
        ShrinkOptions options = ShrinkOptions.DEFAULT.withThreads(RunOptions.threads(threads));
        options = tolerance == null ? options : options.withTolerance(tolerance);
        options = gates == null ? options : options.withGates(gates);
        options = share == null ? options : options.withShare(share);
        if (samples != null && samples < 1) {
            throw new InputException("--samples is " + samples + "; expected at least 1");
        }
        return tune == null ? options : options.withTune(tune);
    }

    /** As many as are asked for, of each class its part. */
    private LabelledSamples some(LabelledSamples all, long seed) {
        int wanted = samples == null ? SAMPLES : samples;
        return wanted >= all.rows()
                ? all
                : all.select(Split.stratified(all.target(), (double) wanted / all.rows(), seed)
                        .held());
    }

    private static Judged judged(Model model, LabelledSamples part) {
        ClassTarget target = (ClassTarget) part.target();
        int[] labels = new int[part.rows()];
        for (int row = 0; row < labels.length; row++) {
            String label = target.labels().get(target.label(row));
            labels[row] = model.labels().indexOf(label);
            if (labels[row] < 0) {
                throw new InputException("the data has the class '" + label + "'; expected one of " + model.labels());
            }
        }
        if (labels.length == 0) {
            throw new InputException("there are too few training samples to hold some out");
        }
        return new Judged(model.encoder().encode(part.samples()), labels);
    }

    private void show(Shrinker.Round round) {
        say(String.format(
                Locale.ROOT,
                "round %d  gates %,d  validation %.4f%s",
                round.number(),
                round.gates(),
                round.accuracy(),
                round.kept() ? "" : ": too low, left out"));
    }

    private void finish(
            Model model, Circuit whole, Circuit circuit, Judged training, Judged judging, ShrinkOptions options)
            throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gates_before", whole.gates());
        json.put("gates", circuit.gates());
        int classes = model.labels().size();
        int workers = options.threads();
        json.put("validation_accuracy_before", judging.accuracy(whole, classes, workers));
        json.put("validation_accuracy", judging.accuracy(circuit, classes, workers));
        json.put("training_accuracy_before", training.accuracy(whole, classes, workers));
        json.put("training_accuracy", training.accuracy(circuit, classes, workers));
        json.put("model", out.toString());
        Provenance provenance = model.provenance()
                .with("pruned_from_gates", Integer.toString(whole.gates()))
                .with("pruned_tolerance", Double.toString(options.tolerance()))
                .with("validation_accuracy", json.get("validation_accuracy").toString());
        ModelFile.write(model.withCircuit(circuit).withProvenance(provenance), out);
        result(
                json,
                () -> json.get("gates_before") + " gates before, " + json.get("gates") + " after\n"
                        + "validation accuracy " + json.get("validation_accuracy_before") + " before, "
                        + json.get("validation_accuracy") + " after; on training samples "
                        + json.get("training_accuracy_before") + " before, " + json.get("training_accuracy")
                        + " after\nthe test split was not read; written to " + out);
    }
}
