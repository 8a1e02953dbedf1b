package dev.gatewright.train;

import dev.gatewright.data.NumberTarget;
import dev.gatewright.model.Readout;
import dev.gatewright.network.NetworkSpec;
import java.util.List;

/** What is chosen from the data where the user chooses nothing; docs/results.md says how well it does. */
final class Defaults {
    private Defaults() {}

    /** Below this many training samples a set is small: all of them train, and many outputs vote under a large τ. */
    private static final int SMALL = 1000;

    /** Outputs that vote for a class. */
    private static final int VOTES = 1024;

    private static final int VOTES_OF_MANY_CLASSES = 400;

    /** From this many training samples on, a tenth of them says which of a few networks is best. */
    private static final int LARGE = 10_000;

    /** Steps by which a network is tried: an eighth of those it is trained by. */
    private static final int TRIAL_STEPS = 1000;

    /** Logits of learned wires that are tried without being asked for. */
    private static final long MOST_LOGITS = 1 << 23;

    /** What τ may turn out too large by, where the classes are told apart more surely than those of most tables. */
    private static final double SURER = 0.3;

    /**
     * Networks for {@code rows} training samples of {@code bits} bits, the first of which is good where there are too
     * few samples to choose by: with fixed wires and, where that is affordable, with a layer of learned ones, at two
     * values of τ.
     */
    static List<NetworkSpec> networks(int rows, int bits, int groups) {
        int votes = groups <= 4 ? VOTES : VOTES_OF_MANY_CLASSES;
        int width = Math.max(votes * groups, (bits + 1) / 2);
        width = (width + groups - 1) / groups * groups;
        double tau = groups > 4 ? tau(width / groups) : width / groups * (rows < SMALL ? 0.2 : 0.05);
        String fixed = "auto | dense:" + width + "x3";
        if (rows < LARGE || groups == 1) {
            return List.of(network(fixed, tau));
        }
        if (4L * width * bits > MOST_LOGITS) {
            return List.of(network(fixed, tau), network(fixed, SURER * tau));
        }
        String learned = "auto | dense:" + 2 * width + "x1,wiring=learned | dense:" + width + "x2";
        return List.of(network(fixed, tau), network(learned, tau), network(learned, SURER * tau));
    }

    private static NetworkSpec network(String layers, double tau) {
        return NetworkSpec.parse(layers + " | groupsum:tau=" + (float) tau);
    }

    /** Passes of a trial over {@code rows} samples in batches of {@code batch}, at most {@code epochs}. */
    static int trialEpochs(int rows, int batch, int epochs) {
        double stepsOfAnEpoch = Math.ceil((double) rows / Math.min(rows, batch));
        return Math.clamp(Math.round(TRIAL_STEPS / stepsOfAnEpoch), 1, epochs);
    }

    /** Passes over {@code rows} samples in batches of {@code batch}: few of a small set, lest it is learnt by heart. */
    static int epochs(int rows, int batch) {
        if (rows < SMALL) {
            return 120;
        }
        double stepsOfAnEpoch = Math.ceil((double) rows / Math.min(rows, batch));
        return Math.clamp(Math.round(8000 / stepsOfAnEpoch), 20, 400);
    }

    /** The fraction held out: none of a small set, where choosing by a few dozen samples is choosing by chance. */
    static double validation(int rows) {
        return rows < SMALL ? 0 : 0.1;
    }

    /** τ for {@code outputs} outputs a class: 10 for 800, as published for MNIST, and growing with the root. */
    static double tau(int outputs) {
        return Math.sqrt(outputs / 8.0);
    }

    /** Spreads the sums of {@code outputs} outputs over the range of the training targets and a little more. */
    static Readout.Regression scale(NumberTarget target, int[] rows, int outputs) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (int row : rows) {
            min = Math.min(min, target.value(row));
            max = Math.max(max, target.value(row));
        }
        float range = max > min ? (max - min) * 1.25f : 1;
        float scale = range / outputs;
        return new Readout.Regression(scale, (min + max) / 2 - range / 2);
    }

    /** Variance of the training targets, 1 where they are all equal. */
    static float variance(NumberTarget target, int[] rows) {
        double sum = 0;
        double squares = 0;
        for (int row : rows) {
            sum += target.value(row);
            squares += (double) target.value(row) * target.value(row);
        }
        double variance = squares / rows.length - sum * sum / ((double) rows.length * rows.length);
        return variance > 0 ? (float) variance : 1;
    }
}
