package dev.gatewright.cli;

import dev.gatewright.data.Dataset;
import dev.gatewright.encode.InputException;
import dev.gatewright.engine.Engine;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.train.Learned;
import dev.gatewright.train.Learner;
import dev.gatewright.train.TrainOptions;
import dev.gatewright.train.TrainReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns a model and writes it to a file. */
@CommandLine.Command(
        name = "train",
        sortOptions = false,
        description = "Learns a circuit from data and writes it, with its encoder, to one model file.",
        footer = {
            "",
            "Examples:",
            "  gatewright train --data digits --out digits.gate",
            "  gatewright train --data adult.csv --target income --out adult.gate",
            "  gatewright train --data mnist --network \"threshold:0.5 | dense:8000x6 | groupsum:tau=10\" --out"
                    + " mnist.gate",
            "  gatewright train --preset mnist-8k --out mnist.gate",
            "  gatewright train --data digits --out digits.gate --resume digits.gate.checkpoint"
        })
final class TrainCommand extends Command {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Start from the recipe of this name, see 'gatewright presets'; options given beside it win.")
    private String preset;

    @Mixin
    private RecipeOptions recipe;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file to write.")
    private Path out;

    @Option(
            names = "--test",
            negatable = true,
            description = "Whether to measure the model on the test split at the end. Default: --test.")
    private Boolean test;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use. Default: all cores.")
    private Integer threads;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Where to keep the state of training. Default: the model file's name and .checkpoint.")
    private Path checkpoint;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "SECONDS",
            description = "At most so much work is lost when the process dies. Default: 60.")
    private Integer checkpointEvery;

    @Option(
            names = "--resume",
            paramLabel = "CHECKPOINT",
            description = "Go on from a checkpoint, with the options it was made with.")
    private Path resume;

    TrainCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        OutputFile.check(out);
        if (resume != null) {
            refuseWithResume();
        }
        Settings given = Settings.given(spec);
        RecipeOptions asked = preset == null
                ? recipe
                : RecipeOptions.parse(given.over(Presets.named(preset).settings()));
        Optional<NetworkSpec> network = asked.network();
        Path kept = checkpointFile();
        TrainOptions options = asked.train(RunOptions.threads(threads)).withCheckpoint(kept, every());
        Dataset dataset = resume == null ? asked.open(this) : asked.openAgain(this, Learner.started(resume));
        say(dataset.name() + ": " + dataset.train().rows() + " samples to train on, "
                + dataset.test().rows() + " to test");
        Learned learned;
        try (Progress progress = new Progress(session(), quiet)) {
            learned = resume == null
                    ? Learner.learn(dataset, network, options, progress)
                    : Learner.resume(resume, dataset, options.threads(), progress);
        }
        TrainReport report = learned.report();
        if (report.interrupted()) {
            session().err().println("interrupted after epoch " + report.epochs() + "; go on with --resume " + kept);
            return;
        }
        finish(learned.model(), report, dataset, options.threads());
        if (checkpoint == null && resume == null) {
            Files.deleteIfExists(kept);
        }
    }

    private Duration every() {
        if (checkpointEvery == null) {
            return TrainOptions.DEFAULT.checkpointEvery();
        }
        if (checkpointEvery < 0) {
            throw new InputException("--checkpoint-every is " + checkpointEvery + "; expected 0 or more seconds");
        }
        return Duration.ofSeconds(checkpointEvery);
    }

    private Path checkpointFile() {
        if (resume != null) {
            return resume;
        }
        return checkpoint != null ? checkpoint : out.resolveSibling(out.getFileName() + ".checkpoint");
    }

    /** A run that goes on keeps its options; what says which samples there are may be given once more. */
    private void refuseWithResume() {
        Settings.given(spec).set().stream()
                .filter(name -> !RecipeOptions.DATA.contains(name))
                .forEach(name -> refuseWithResume("--" + name, name));
        refuseWithResume("--preset", preset);
        refuseWithResume("--checkpoint", checkpoint);
        refuseWithResume("--checkpoint-every", checkpointEvery);
    }

    private static void refuseWithResume(String option, Object given) {
        if (given != null) {
            throw new InputException(
                    option + " is given with --resume, which takes it from the checkpoint; leave " + option + " out");
        }
    }

    private void finish(Model model, TrainReport report, Dataset dataset, int workers) throws IOException {
        Optional<Evaluation> tested = Boolean.FALSE.equals(test)
                ? Optional.empty()
                : Optional.of(Evaluation.of(model, List.of(dataset.test()), Engine.best(), workers));
        ModelFile.write(model, out);
        Map<String, Object> json = new LinkedHashMap<>();
        tested.ifPresent(figures -> json.putAll(figures.json()));
        json.put("gates", model.form().unrolledGates());
        json.put("gates_learned", report.gatesLearned());
        json.put("seconds", report.seconds());
        json.put("epochs", report.epochs());
        json.put("best_epoch", report.bestEpoch());
        json.put("validation_accuracy", report.validationAccuracy());
        json.put("soft_accuracy", report.softAccuracy());
        json.put("seed", report.seed());
        report.diagnosis().ifPresent(diagnosis -> json.put("diagnosis", Health.json(diagnosis)));
        json.put("model", out.toString());
        result(
                json,
                () -> tested.map(figures -> figures.headline() + " on the test split\n")
                                .orElse("the test split was not read\n")
                        + "validation accuracy " + report.validationAccuracy() + " (soft " + report.softAccuracy()
                        + ") at epoch "
                        + report.bestEpoch() + "\n"
                        + report.gatesLearned() + " gates learned, "
                        + model.form().unrolledGates() + " after optimisation, in "
                        + Text.seconds(report.seconds()) + "\n"
                        + report.diagnosis().map(Health::lines).orElse("")
                        + "written to " + out);
    }
}
