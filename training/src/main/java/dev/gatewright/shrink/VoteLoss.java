package dev.gatewright.shrink;

import dev.gatewright.model.Readout;
import java.util.Arrays;

/**
 * The cross-entropy of group sums: votes of each class a sample, and the loss of each sample. Memory: 4 bytes a sample and
 * class, and 8 a sample.
 */
final class VoteLoss {
    private final int classes;
    private final double tau;
    private final int[] labels;
    private final int[] votes;
    private final double[] losses;
    /** exp(−d/τ) for d votes fewer than the largest class has. */
    private final double[] decay;

    /**
     * @param votes sample after sample, those of each class; taken over
     * @param outputs the most votes that a class can have
     */
    VoteLoss(Readout.GroupSum readout, int[] labels, int[] votes, int outputs) {
        this.classes = readout.classes();
        this.tau = readout.tau();
        this.labels = labels;
        this.votes = votes;
        decay = new double[outputs + 1];
        Arrays.setAll(decay, d -> Math.exp(-d / tau));
        losses = new double[labels.length];
        Arrays.setAll(losses, sample -> loss(sample, new int[classes], 0));
    }

    int classes() {
        return classes;
    }

    int samples() {
        return labels.length;
    }

    /** The sum over all samples. */
    double total() {
        return Arrays.stream(losses).sum();
    }

    /** By how much the loss of a sample rises if its votes change by {@code changes} from {@code at} on, class by class. */
    double rise(int sample, int[] changes, int at) {
        return loss(sample, changes, at) - losses[sample];
    }

    private double loss(int sample, int[] changes, int at) {
        int from = sample * classes;
        int most = 0;
        for (int c = 0; c < classes; c++) {
            most = Math.max(most, votes[from + c] + changes[at + c]);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += decay[most - votes[from + c] - changes[at + c]];
        }
        int label = labels[sample];
        return Math.log(sum) + (most - votes[from + label] - changes[at + label]) / tau;
    }

    /** Makes the change. */
    void change(int sample, int[] changes, int at) {
        for (int c = 0; c < classes; c++) {
            votes[sample * classes + c] += changes[at + c];
        }
        losses[sample] = loss(sample, new int[classes], 0);
    }
}
