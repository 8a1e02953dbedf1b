package dev.gatewright.train;

import dev.gatewright.data.Dataset;
import dev.gatewright.data.Split;
import dev.gatewright.encode.InputException;
import dev.gatewright.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** From a data set to a model: encode, draw a network, train it, discretise, optimise. */
public final class Learner {
    /** Recorded in every model. */
    public static final String VERSION = "0.1.0";

    private Learner() {}

    /**
     * Learns from the training part of {@code data}; the test part is not touched.
     *
     * @param network the network to train; empty for one chosen from the data, of large sets after a short trial of a
     *     few, by the validation samples
     * @throws InputException if the network does not fit the data
     * @throws IOException if a checkpoint cannot be written
     * @throws TrainingDivergedException if the loss stops being a number
     */
    public static Learned learn(
            Dataset data, Optional<NetworkSpec> network, TrainOptions options, TrainListener listener)
            throws IOException {
        LearningTask task = new LearningTask(data, network, options);
        return (network.isPresent() ? task : task.bestTried(listener)).run(new Trainer.State(), listener);
    }

    /**
     * Goes on from a checkpoint, with the options it was made with, to the same bytes as an unbroken run.
     *
     * @throws dev.gatewright.model.FormatException if the checkpoint is damaged or was made on other data
     */
    public static Learned resume(Path checkpoint, Dataset data, int threads, TrainListener listener)
            throws IOException {
        Checkpoint kept = Checkpoint.read(checkpoint);
        kept.requireData(data);
        LearningTask task = new LearningTask(
                data, Optional.of(kept.network()), kept.options().withThreads(threads));
        kept.requireFits(task.network());
        return task.run(kept.state(), listener);
    }

    /**
     * What a run was started with.
     *
     * @param data the name of its data set
     * @param options its options, but for the threads
     */
    public record Started(String data, TrainOptions options) {}

    /**
     * What the run of a checkpoint was started with.
     *
     * @throws dev.gatewright.model.FormatException if the checkpoint is damaged
     */
    public static Started started(Path checkpoint) throws IOException {
        Checkpoint kept = Checkpoint.read(checkpoint);
        return new Started(kept.data(), kept.options());
    }

    /** {@code options} with the epochs and the validation part spelt out that {@link #learn} would choose for itself. */
    public static TrainOptions settled(Dataset data, TrainOptions options) {
        int rows = data.train().rows();
        double validation = options.validation().orElseGet(() -> Defaults.validation(rows));
        int kept = rows - (validation == 0 ? 0 : Split.held(rows, validation));
        int epochs = options.epochs().orElseGet(() -> Defaults.epochs(kept, options.batch()));
        return options.withValidation(validation).withEpochs(epochs);
    }
}
