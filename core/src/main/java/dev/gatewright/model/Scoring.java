package dev.gatewright.model;

import dev.gatewright.bits.BitMatrix;

/** Takes predictions out of blocks that have run, as the read-out says. */
final class Scoring {
    private final Readout readout;
    private final int groups;

    // Made once, because a method reference that is made for each call is an object for each call.
    private final Worker.Sink<int[]> toClasses = this::classes;
    private final Worker.Sink<float[]> toScores = this::scores;
    private final Worker.Sink<float[]> toValues = this::values;

    Scoring(Readout readout) {
        this.readout = readout;
        this.groups = switch (readout) {
            case Readout.GroupSum sum -> sum.classes();
            case Readout.Regression ignored -> 1;
            case Readout.Bits ignored -> 0;
        };
    }

    /** Groups of outputs to count; 0 where they are not counted. */
    int groups() {
        return groups;
    }

    /** @throws IllegalArgumentException if the model does not predict classes */
    void requireClasses() {
        if (!(readout instanceof Readout.GroupSum)) {
            throw new IllegalArgumentException("the model does not predict classes");
        }
    }

    /** @throws IllegalArgumentException if the model does not predict numbers */
    void requireValues() {
        if (!(readout instanceof Readout.Regression)) {
            throw new IllegalArgumentException("the model does not predict numbers");
        }
    }

    /** Writes classes to {@code results}, which must have room. */
    Worker.Sink<int[]> classes(int rows, int[] results) {
        requireClasses();
        requireRoom(results.length, rows, "classes");
        return toClasses;
    }

    /** Writes scores to {@code results}, sample after sample, which must have room. */
    Worker.Sink<float[]> scores(int rows, float[] results) {
        requireClasses();
        requireRoom(results.length, (long) rows * groups, "scores");
        return toScores;
    }

    /** Writes numbers to {@code results}, which must have room. */
    Worker.Sink<float[]> values(int rows, float[] results) {
        requireValues();
        requireRoom(results.length, rows, "numbers");
        return toValues;
    }

    private static void requireRoom(int places, long needed, String what) {
        if (places < needed) {
            throw new IllegalArgumentException(places + " places for " + needed + " " + what);
        }
    }

    private void classes(Worker worker, int[] classes, int first, int rows) {
        worker.block().classes(groups, rows, classes, first);
    }

    private void scores(Worker worker, float[] scores, int first, int rows) {
        int[] sums = worker.sums();
        worker.block().groupSums(groups, rows, sums, 0);
        float tau = ((Readout.GroupSum) readout).tau();
        int at = first * groups;
        for (int i = 0; i < rows * groups; i++) {
            scores[at + i] = sums[i] / tau;
        }
    }

    private void values(Worker worker, float[] values, int first, int rows) {
        int[] sums = worker.sums();
        worker.block().groupSums(1, rows, sums, 0);
        for (int row = 0; row < rows; row++) {
            values[first + row] = value(sums[row]);
        }
    }

    /** The number predicted where this many outputs are true. */
    float value(int sum) {
        Readout.Regression regression = (Readout.Regression) readout;
        return regression.offset() + regression.scale() * sum;
    }

    /** The outputs as they are. */
    static void bits(Worker worker, BitMatrix bits, int first, int rows) {
        for (int output = 0; output < bits.bits(); output++) {
            for (int word = 0; word << 6 < rows; word++) {
                bits.setWord(output, (first >> 6) + word, worker.block().output(output, word));
            }
        }
    }
}
