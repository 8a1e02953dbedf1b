package dev.gatewright.train;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.discretise.Discretiser;
import dev.gatewright.encode.InputException;
import dev.gatewright.engine.Executable;
import dev.gatewright.engine.PortableEngine;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.LogicNetwork;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * The loop: epochs of shuffled batches, evaluation of the hard and the soft network, the best circuit kept, state
 * saved in time.
 *
 * <p>The order of an epoch's samples depends on the seed and the epoch alone, and the state says how far into the epoch
 * it was taken, so a resumed run takes exactly the steps that an unbroken run would have taken.
 */
final class Trainer {
    /** More evaluations than this would cost small data sets more than their training. */
    private static final int EVALUATIONS = 200;

    /** Weights times samples of a step below which waking another thread takes longer than what it would do. */
    private static final long SHARED = 1 << 20;

    /** Samples that stand for the training set where none are held out. */
    private static final int EVALUATED_TRAINING_SAMPLES = 10_000;

    /** What is saved: progress, the best circuit so far, parameters with their moments and averages, layer by layer. */
    static final class State {
        int epoch;
        int batchInEpoch;
        long step;
        int bestEpoch;
        double bestScore = Double.NEGATIVE_INFINITY;
        double bestSoftScore = Double.NaN;
        byte[] bestTables = new byte[0];
        int[] bestWires = new int[0];
        float[][][] layers = new float[0][][];
        float[][] averages = new float[0][];
        String teacherSha256 = "";
    }

    /** Keeps a state where it survives the process. */
    @FunctionalInterface
    interface Keeper {
        void keep(State state) throws IOException;
    }

    private final LogicNetwork network;
    private final Objective objective;
    private final BitRows rows;
    private final Optional<AugmentedRows> augmented;
    private final int[] training;
    private final int[] evaluated;
    private final BitMatrix evaluatedBits;
    private final TrainOptions options;
    private final int epochs;
    private final int batch;
    private final TrainListener listener;
    private final LongSupplier nanoClock;
    private Optional<Diagnosis> diagnosis = Optional.empty();

    Trainer(
            LogicNetwork network,
            Objective objective,
            BitMatrix bits,
            Optional<AugmentedRows> augmented,
            int[] training,
            int[] validation,
            TrainOptions options,
            int epochs,
            TrainListener listener,
            LongSupplier nanoClock) {
        this.network = network;
        this.objective = objective;
        this.rows = new BitRows(bits);
        this.augmented = augmented;
        this.training = training;
        this.evaluated = validation.length > 0
                ? validation
                : Arrays.copyOf(training, Math.min(training.length, EVALUATED_TRAINING_SAMPLES));
        this.evaluatedBits = bits.select(evaluated);
        this.options = options;
        this.epochs = epochs;
        this.batch = Math.min(options.batch(), training.length);
        this.listener = listener;
        this.nanoClock = nanoClock;
        boolean renewed = network.layers().stream()
                .flatMap(layer -> layer.learnedWires().stream())
                .anyMatch(wires -> wires.options().renew() > 0);
        if (renewed && options.craft().average() > 0) {
            throw new InputException(
                    "--average with wiring=learned:renew=, where a logit does not stay that of one wire;"
                            + " expected one of the two");
        }
        int warmUp = options.craft().warmUp();
        if (warmUp > 0 && warmUp >= steps()) {
            throw new InputException(
                    "--warm-up is " + warmUp + "; expected fewer than the " + steps() + " steps of the run");
        }
    }

    /** Samples on which accuracies are measured. */
    int evaluatedSamples() {
        return evaluated.length;
    }

    /** Of the last evaluation. */
    Optional<Diagnosis> diagnosis() {
        return diagnosis;
    }

    /**
     * Trains from {@code state} to the last epoch, or until the listener cancels.
     *
     * @return whether the listener cancelled
     * @throws TrainingDivergedException if the loss stops being a number
     */
    boolean run(State state, Keeper keeper) throws IOException {
        try (Workers workers = new Workers(worthwhile(network, batch, options.threads()))) {
            Stepper stepper = new Stepper(network, objective, Kernels.best(), workers);
            if (state.layers.length > 0) {
                for (int i = 0; i < state.layers.length; i++) {
                    stepper.layers().get(i).restore(state.layers[i]);
                }
            }
            stepper.begin(new Moment(options.seed(), state.step, steps()));
            return new Run(state, keeper, stepper, workers).toTheEnd();
        }
    }

    /** As many of {@code threads} as a step is worth sharing among: one for a small network of dense layers. */
    static int worthwhile(LogicNetwork network, int batch, int threads) {
        boolean dense = network.layers().stream().allMatch(DenseLayer.class::isInstance);
        long weights = network.layers().stream()
                .flatMapToInt(Trainable::weightLengths)
                .asLongStream()
                .sum();
        return dense && weights * batch < SHARED ? 1 : threads;
    }

    private long steps() {
        return (long) epochs * batches();
    }

    private int batches() {
        return (training.length + batch - 1) / batch;
    }

    private final class Run {
        private final State state;
        private final Keeper keeper;
        private final Stepper stepper;
        private final Workers workers;
        private final Optional<WeightAverage> average;
        private final long startStep;
        private final long start = nanoClock.getAsLong();
        private long lastKept = start;
        private double lossSum;
        private int lossSamples;
        private long samplesSinceReport;
        private long lastReport = start;
        private int lastBatch;
        private long keptStep;

        Run(State state, Keeper keeper, Stepper stepper, Workers workers) {
            this.state = state;
            this.keeper = keeper;
            this.stepper = stepper;
            this.workers = workers;
            double decay = options.craft().average();
            average = decay > 0 ? Optional.of(new WeightAverage(decay, stepper.layers())) : Optional.empty();
            if (state.averages.length > 0) {
                average.ifPresent(followed -> followed.restore(state.averages));
            }
            this.startStep = state.step;
            this.keptStep = state.step;
        }

        boolean toTheEnd() throws IOException {
            while (state.epoch < epochs) {
                if (!epoch()) {
                    keep();
                    return true;
                }
            }
            keep();
            return false;
        }

        /** Finishes the current epoch; false if the listener cancelled. */
        private boolean epoch() throws IOException {
            int[] order = shuffled(state.epoch);
            lossSum = 0;
            lossSamples = 0;
            while (state.batchInEpoch < batches()) {
                step(order);
                if (listener.cancelled()) {
                    return false;
                }
                if (nanoClock.getAsLong() - lastKept
                        >= options.checkpointEvery().toNanos()) {
                    keep();
                }
            }
            state.epoch++;
            state.batchInEpoch = 0;
            int every = Math.max(1, epochs / EVALUATIONS);
            if (state.epoch % every == 0 || state.epoch == epochs) {
                evaluate();
            }
            return true;
        }

        private void step(int[] order) {
            int from = state.batchInEpoch * batch;
            int count = Math.min(batch, order.length - from);
            BitRows seen =
                    augmented.isPresent() ? augmented.get().draw(order, from, count, state.epoch, workers) : rows;
            stepper.charge((float) (rate() * options.craft().gateCost()));
            double loss = stepper.step(seen, order, from, count, adam()).loss();
            if (!Double.isFinite(loss)) {
                throw diverged(state.step + 1, "the loss is " + loss);
            }
            lastBatch = count;
            lossSum += loss;
            lossSamples += count;
            samplesSinceReport += count;
            state.batchInEpoch++;
            state.step++;
            average.ifPresent(followed -> followed.follow(state.step, workers));
            double seconds = (nanoClock.getAsLong() - start) / 1e9;
            long done = (long) state.epoch * training.length + from + count;
            listener.step(new StepReport(
                    state.epoch + 1,
                    epochs,
                    done,
                    (long) epochs * training.length,
                    (state.step - startStep) * (double) batch / seconds));
        }

        /** Says where: the first layer whose gates are no numbers, and what is left to go on from. */
        private TrainingDivergedException diverged(long step, String found) {
            int layer = Diagnostics.brokenLayer(stepper.layers());
            String where = layer == 0
                    ? ""
                    : ", layer " + layer + " of " + stepper.layers().size();
            String good = options.checkpoint()
                    .filter(file -> keptStep > 0)
                    .map(file -> "; " + file + " holds the state after step " + keptStep)
                    .orElse("");
            return new TrainingDivergedException(
                    "training diverged in epoch " + Math.min(state.epoch + 1, epochs) + ", step "
                            + step + where + ": " + found + "; expected a number (try a lower --learning-rate)"
                            + good);
        }

        private double rate() {
            return options.learningRate()
                    * options.schedule()
                            .factor(state.step, steps(), options.craft().warmUp());
        }

        private Kernels.AdamStep adam() {
            long t = state.step + 1;
            double rate = rate();
            double unbiasFirst = 1 - Math.pow(TrainOptions.BETA1, (double) t);
            double unbiasSecond = 1 - Math.pow(TrainOptions.BETA2, (double) t);
            return new Kernels.AdamStep(
                    TrainOptions.BETA1,
                    TrainOptions.BETA2,
                    (float) (rate / unbiasFirst),
                    (float) (1 / unbiasSecond),
                    TrainOptions.EPSILON,
                    (float) (rate * options.weightDecay()));
        }

        private void evaluate() {
            List<Double> norms = lastBatch == 0 ? List.of() : Diagnostics.gradientNorms(stepper, lastBatch);
            average.ifPresent(WeightAverage::exchange);
            stepper.layers().forEach(Trainable::exportParameters);
            byte[] tables = Discretiser.tables(network);
            int[] wires = Discretiser.wires(network);
            double hard;
            try (Executable executable = new PortableEngine().compile(Discretiser.form(network, tables, wires))) {
                int[] counts = executable.groupSums(evaluatedBits, network.groups(), options.threads());
                hard = objective.hardScore(evaluated, counts);
            }
            double soft = stepper.score(rows, evaluated);
            double softAccuracy = objective.accuracy(soft, evaluated.length);
            double hardAccuracy = objective.accuracy(hard, evaluated.length);
            Diagnosis seen = Diagnostics.examine(softAccuracy - hardAccuracy, network, tables, stepper.layers(), norms);
            diagnosis = Optional.of(seen);
            average.ifPresent(WeightAverage::exchange);
            if (hard >= state.bestScore) {
                state.bestScore = hard;
                state.bestSoftScore = soft;
                state.bestEpoch = state.epoch;
                state.bestTables = tables;
                state.bestWires = wires;
            }
            long now = nanoClock.getAsLong();
            double rate = samplesSinceReport / ((now - lastReport) / 1e9);
            listener.epoch(new EpochReport(
                    state.epoch,
                    epochs,
                    lossSum / lossSamples,
                    softAccuracy,
                    hardAccuracy,
                    rate,
                    (epochs - state.epoch) * (double) training.length / rate,
                    seen));
            samplesSinceReport = 0;
            lastReport = now;
        }

        private void keep() throws IOException {
            if (Diagnostics.brokenLayer(stepper.layers()) > 0) {
                throw diverged(state.step, "its parameters are infinite or no numbers");
            }
            state.layers = stepper.layers().stream().map(Trainable::state).toArray(float[][][]::new);
            state.averages = average.map(WeightAverage::state).orElse(state.averages);
            keeper.keep(state);
            lastKept = nanoClock.getAsLong();
            keptStep = state.step;
        }
    }

    /** The training samples in the order of epoch {@code epoch}. */
    private int[] shuffled(int epoch) {
        SplittableRandom random = new SplittableRandom(options.seed() * 0x9E3779B97F4A7C15L + epoch);
        int[] order = training.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
