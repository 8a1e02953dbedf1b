package dev.gatewright.cli;

import dev.gatewright.data.Dataset;
import dev.gatewright.data.Datasets;
import dev.gatewright.encode.InputException;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.train.Learner;
import dev.gatewright.train.Schedule;
import dev.gatewright.train.TrainOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What determines a trained model: data, network and options. */
final class RecipeOptions {
    /** The options that say which samples there are. */
    static final Set<String> DATA = Set.of("data", "target", "type", "header", "seed", "split-seed");

    @Option(
            names = "--data",
            paramLabel = "NAME|PATH",
            description = "A name from 'gatewright data list', or a file or folder.")
    private String data;

    @Option(
            names = "--network",
            paramLabel = "DESCRIPTION",
            description = "Encoder, layers and read-out, left to right, or a preset's name for that of the preset."
                    + " Layers take wiring=, relaxation=, estimator= (soft, straight-through or gumbel) and init=."
                    + " Default: chosen from the data.")
    private String network;

    @Mixin
    private DataOptions reading;

    @Option(
            names = "--split-seed",
            paramLabel = "N",
            description =
                    "Seed of the splits alone, so that runs with other seeds share them. Default: that of --seed.")
    private Long splitSeed;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data. Default: from its size.")
    private Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Samples a step. Default: 128.")
    private Integer batch;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "Of Adam. Default: 0.03.")
    private Double learningRate;

    @Option(names = "--weight-decay", paramLabel = "RATE", description = "Of AdamW. Default: 0.")
    private Double weightDecay;

    @Option(names = "--schedule", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}. Default: cosine.")
    private Schedule schedule;

    @Option(
            names = "--validation",
            paramLabel = "FRACTION",
            description = "Training samples held out to choose the best epoch. Default: from their number.")
    private Double validation;

    @Mixin
    private CraftOptions craft;

    /**
     * Reads settings as if they stood on a command line.
     *
     * @throws InputException if one of them could not be read
     */
    static RecipeOptions parse(Settings settings) {
        RecipeOptions options = new RecipeOptions();
        try {
            new CommandLine(options)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .parseArgs(settings.arguments().toArray(String[]::new));
        } catch (ParameterException e) {
            throw new InputException(e.getMessage(), e);
        }
        return options;
    }

    /**
     * Reads the training and test samples.
     *
     * @throws InputException if no data set was named, or it cannot be read
     */
    Dataset open(Command command) throws IOException {
        if (data == null) {
            throw new InputException(
                    "--data is missing; expected a name from 'gatewright data list', or a file or folder");
        }
        return open(command, data, train(1));
    }

    /**
     * Reads the samples that a run was {@code started} on; a set of the catalogue need not be named again.
     *
     * @throws InputException if the data is neither named nor of the catalogue, it cannot be read, or another seed is asked
     *     for
     */
    Dataset openAgain(Command command, Learner.Started started) throws IOException {
        TrainOptions asked = train(1);
        TrainOptions kept = started.options();
        requireSame("--seed", reading.seed != null, asked.seed(), kept.seed());
        requireSame("--split-seed", splitSeed != null, asked.seedOfSplits(), kept.seedOfSplits());
        boolean known =
                Datasets.catalogue().stream().anyMatch(entry -> entry.name().equals(started.data()));
        if (data == null && !known) {
            throw new InputException("--data is missing; expected the file or folder of \"" + started.data()
                    + "\", on which the run was started");
        }
        return open(command, data == null ? started.data() : data, kept);
    }

    private static void requireSame(String option, boolean given, long asked, long kept) {
        if (given && asked != kept) {
            throw new InputException(
                    option + " is " + asked + ", but the run was started with " + kept + "; expected that or none");
        }
    }

    private Dataset open(Command command, String source, TrainOptions options) throws IOException {
        return Datasets.open(source, reading.read(null, 0, command).withSeed(options.seedOfSplits()));
    }

    /**
     * The network asked for; empty where it is to be chosen from the data.
     *
     * @throws InputException if the description cannot be read
     */
    Optional<NetworkSpec> network() {
        return Optional.ofNullable(network)
                .map(text -> Presets.find(text)
                        .flatMap(preset -> preset.settings().value("network"))
                        .orElse(text))
                .map(NetworkSpec::parse);
    }

    /**
     * How to train, by {@code threads} threads and without a checkpoint.
     *
     * @throws InputException if an option is out of its range
     */
    TrainOptions train(int threads) {
        TrainOptions options = TrainOptions.DEFAULT.withThreads(threads);
        options = reading.seed == null ? options : options.withSeed(reading.seed);
        options = splitSeed == null ? options : options.withSplitSeed(splitSeed);
        options = epochs == null ? options : options.withEpochs(epochs);
        options = batch == null ? options : options.withBatch(batch);
        options = learningRate == null ? options : options.withLearningRate(learningRate);
        options = weightDecay == null ? options : options.withWeightDecay(weightDecay);
        options = schedule == null ? options : options.withSchedule(schedule);
        options = validation == null ? options : options.withValidation(validation);
        return options.withCraft(craft.read());
    }
}
