package dev.gatewright.cli.bench;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.engine.Executable;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * A circuit on an engine beside the same circuit as straight-line C, one thread each: medians of alternating rounds,
 * in samples a second.
 *
 * @param net gates alone, on the engine
 * @param full from raw rows to group sums, on the engine
 * @param netC gates alone, in C
 * @param fullC from rows of one byte a bit to group sums, in C
 * @param compileTime what gcc took
 */
public record CComparison(double net, double full, double netC, double fullC, Duration compileTime) {
    /** How many times as fast as the C the engine runs the gates alone. */
    public double netRatio() {
        return net / netC;
    }

    /** How many times as fast as the C the engine makes a full call. */
    public double fullRatio() {
        return full / fullC;
    }

    /**
     * Measures both in turn, after one round that does not count.
     *
     * @param samples what the C runs on
     * @param net measures the engine's gates alone once, on one thread, in samples a second
     * @param full measures the engine's full call once, likewise
     * @param rounds how many rounds count
     * @param each how long one measurement of the C takes at least
     */
    public static CComparison measure(
            CBaseline baseline, BitMatrix samples, DoubleSupplier net, DoubleSupplier full, int rounds, Duration each) {
        double[][] rates = new double[4][rounds];
        for (int round = -1; round < rounds; round++) {
            double[] measured = {
                baseline.netSamplesPerSecond(samples, each),
                net.getAsDouble(),
                baseline.fullSamplesPerSecond(samples, each),
                full.getAsDouble()
            };
            for (int i = 0; i < measured.length && round >= 0; i++) {
                rates[i][round] = measured[i];
            }
        }
        return new CComparison(
                median(rates[1]), median(rates[3]), median(rates[0]), median(rates[2]), baseline.compileTime());
    }

    /**
     * Checks that C and engine compute the same outputs and group sums.
     *
     * @throws IllegalStateException if they differ
     */
    public static void requireSame(CBaseline baseline, Executable executable, BitMatrix samples, int groups) {
        if (!baseline.evaluate(samples).equals(executable.evaluate(samples, 1))) {
            throw new IllegalStateException("the engine and the straight-line C differ in an output");
        }
        if (!Arrays.equals(baseline.groupSums(samples), executable.groupSums(samples, groups, 1))) {
            throw new IllegalStateException("the engine and the straight-line C differ in a group sum");
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
