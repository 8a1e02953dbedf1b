package dev.gatewright.train;

import dev.gatewright.encode.InputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to train.
 *
 * @param seed of everything random: wires, parameters, order of samples, and splits unless these have one of their own
 * @param splitSeed of splits; empty for {@code seed}
 * @param threads that share the work; the result does not depend on them
 * @param epochs passes over the training samples; empty for automatic, from the size of the data
 * @param batch samples a step, at most all of them
 * @param learningRate of Adam, above zero
 * @param weightDecay of AdamW, decoupled from the gradient, zero or more
 * @param schedule of the learning rate
 * @param validation fraction of the training samples held out to choose the best epoch, 0 to below 1; 0 measures on
 *     the training samples; empty for automatic: none of a small set, a tenth of others
 * @param checkpoint file to keep the state of training in; empty for none
 * @param checkpointEvery at most this much work is lost when the process dies
 * @param craft what helps the network to learn
 */
public record TrainOptions(
        long seed,
        OptionalLong splitSeed,
        int threads,
        OptionalInt epochs,
        int batch,
        double learningRate,
        double weightDecay,
        Schedule schedule,
        OptionalDouble validation,
        Optional<Path> checkpoint,
        Duration checkpointEvery,
        Craft craft) {
    public static final TrainOptions DEFAULT = new TrainOptions(
            0,
            OptionalLong.empty(),
            Runtime.getRuntime().availableProcessors(),
            OptionalInt.empty(),
            128,
            0.03,
            0,
            Schedule.COSINE,
            OptionalDouble.empty(),
            Optional.empty(),
            Duration.ofMinutes(1),
            Craft.NONE);

    /** Adam's decay rates and its guard against division by zero, as everybody uses them. */
    static final float BETA1 = 0.9f;

    static final float BETA2 = 0.999f;
    static final float EPSILON = 1e-8f;

    /** @throws InputException if an option is out of its range */
    public TrainOptions {
        require(threads >= 1 && threads <= 4096, "--threads", threads, "1 to 4096");
        require(epochs.isEmpty() || epochs.getAsInt() >= 1, "--epochs", epochs.orElse(0), "at least 1");
        require(batch >= 1, "--batch", batch, "at least 1");
        require(learningRate > 0 && learningRate <= 1e3, "--learning-rate", learningRate, "a rate above 0");
        require(weightDecay >= 0 && weightDecay <= 1e3, "--weight-decay", weightDecay, "0 or more");
        double held = validation.orElse(0);
        require(held >= 0 && held < 1, "--validation", held, "a fraction of at least 0 and below 1");
    }

    /** What splits are drawn from. */
    public long seedOfSplits() {
        return splitSeed.orElse(seed);
    }

    private static void require(boolean holds, String option, Number found, String expected) {
        if (!holds) {
            throw new InputException(option + " is " + found + "; expected " + expected);
        }
    }

    public TrainOptions withSeed(long value) {
        return new TrainOptions(
                value,
                splitSeed,
                threads,
                epochs,
                batch,
                learningRate,
                weightDecay,
                schedule,
                validation,
                checkpoint,
                checkpointEvery,
                craft);
    }

    public TrainOptions withSplitSeed(long value) {
        return new TrainOptions(
                seed,
                OptionalLong.of(value),
                threads,
                epochs,
                batch,
                learningRate,
                weightDecay,
                schedule,
                validation,
                checkpoint,
                checkpointEvery,
                craft);
    }

    public TrainOptions withThreads(int value) {
        return new TrainOptions(
                seed,
                splitSeed,
                value,
                epochs,
                batch,
                learningRate,
                weightDecay,
                schedule,
                validation,
                checkpoint,
                checkpointEvery,
                craft);
    }

    public TrainOptions withEpochs(int value) {
        return new TrainOptions(
                seed,
                splitSeed,
                threads,
                OptionalInt.of(value),
                batch,
                learningRate,
                weightDecay,
                schedule,
                validation,
                checkpoint,
                checkpointEvery,
                craft);
    }

    public TrainOptions withBatch(int value) {
        return new TrainOptions(
                seed,
                splitSeed,
                threads,
                epochs,
                value,
                learningRate,
                weightDecay,
                schedule,
                validation,
                checkpoint,
                checkpointEvery,
                craft);
    }

    public TrainOptions withLearningRate(double value) {
        return new TrainOptions(
                seed,
                splitSeed,
                threads,
                epochs,
                batch,
                value,
                weightDecay,
                schedule,
                validation,
                checkpoint,
                checkpointEvery,
                craft);
    }

    public TrainOptions withWeightDecay(double value) {
        return new TrainOptions(
                seed,
                splitSeed,
                threads,
                epochs,
                batch,
                learningRate,
                value,
                schedule,
                validation,
                checkpoint,
                checkpointEvery,
                craft);
    }

    public TrainOptions withSchedule(Schedule value) {
        return new TrainOptions(
                seed,
                splitSeed,
                threads,
                epochs,
                batch,
                learningRate,
                weightDecay,
                value,
                validation,
                checkpoint,
                checkpointEvery,
                craft);
    }

    public TrainOptions withValidation(double value) {
        return new TrainOptions(
                seed,
                splitSeed,
                threads,
                epochs,
                batch,
                learningRate,
                weightDecay,
                schedule,
                OptionalDouble.of(value),
                checkpoint,
                checkpointEvery,
                craft);
    }

    public TrainOptions withCheckpoint(Path file, Duration every) {
        return new TrainOptions(
                seed,
                splitSeed,
                threads,
                epochs,
                batch,
                learningRate,
                weightDecay,
                schedule,
                validation,
                Optional.of(file),
                every,
                craft);
    }

    public TrainOptions withoutCheckpoint() {
        return new TrainOptions(
                seed,
                splitSeed,
                threads,
                epochs,
                batch,
                learningRate,
                weightDecay,
                schedule,
                validation,
                Optional.empty(),
                checkpointEvery,
                craft);
    }

    public TrainOptions withCraft(Craft value) {
        return new TrainOptions(
                seed,
                splitSeed,
                threads,
                epochs,
                batch,
                learningRate,
                weightDecay,
                schedule,
                validation,
                checkpoint,
                checkpointEvery,
                value);
    }
}
