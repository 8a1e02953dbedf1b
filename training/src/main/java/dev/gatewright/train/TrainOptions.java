package dev.gatewright.train;

import dev.gatewright.encode.InputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

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
        return with(changed -> changed.seed = value);
    }

    public TrainOptions withSplitSeed(long value) {
        return with(changed -> changed.splitSeed = OptionalLong.of(value));
    }

    public TrainOptions withThreads(int value) {
        return with(changed -> changed.threads = value);
    }

    public TrainOptions withEpochs(int value) {
        return with(changed -> changed.epochs = OptionalInt.of(value));
    }

    public TrainOptions withBatch(int value) {
        return with(changed -> changed.batch = value);
    }

    public TrainOptions withLearningRate(double value) {
        return with(changed -> changed.learningRate = value);
    }

    public TrainOptions withWeightDecay(double value) {
        return with(changed -> changed.weightDecay = value);
    }

    public TrainOptions withSchedule(Schedule value) {
        return with(changed -> changed.schedule = value);
    }

    public TrainOptions withValidation(double value) {
        return with(changed -> changed.validation = OptionalDouble.of(value));
    }

    public TrainOptions withCheckpoint(Path file, Duration every) {
        return with(changed -> {
            changed.checkpoint = Optional.of(file);
            changed.checkpointEvery = every;
        });
    }

    public TrainOptions withoutCheckpoint() {
        return with(changed -> changed.checkpoint = Optional.empty());
    }

    public TrainOptions withCraft(Craft value) {
        return with(changed -> changed.craft = value);
    }

    private TrainOptions with(Consumer<Changed> change) {
        Changed changed = new Changed(this);
        change.accept(changed);
        return changed.options();
    }

    /** A copy while one of its values changes. */
    private static final class Changed {
        private long seed;
        private OptionalLong splitSeed;
        private int threads;
        private OptionalInt epochs;
        private int batch;
        private double learningRate;
        private double weightDecay;
        private Schedule schedule;
        private OptionalDouble validation;
        private Optional<Path> checkpoint;
        private Duration checkpointEvery;
        private Craft craft;

        Changed(TrainOptions options) {
            seed = options.seed;
            splitSeed = options.splitSeed;
            threads = options.threads;
            epochs = options.epochs;
            batch = options.batch;
            learningRate = options.learningRate;
            weightDecay = options.weightDecay;
            schedule = options.schedule;
            validation = options.validation;
            checkpoint = options.checkpoint;
            checkpointEvery = options.checkpointEvery;
            craft = options.craft;
        }

        TrainOptions options() {
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
                    craft);
        }
    }
}
