package dev.gatewright.cli.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures works in turn, round after round, so that what disturbs the machine disturbs all of them alike. After one
 * round that does not count, each round gives each work one rate.
 *
 * @param rounds how many rounds count
 * @param each how long one work runs in a round, at least; whole passes are timed
 * @param nanoTime the clock; {@link #PROCESSOR_TIME} leaves out the time in which others had the processor
 */
public record Alternation(int rounds, Duration each, LongSupplier nanoTime) {
    /** A gain of less is noise. */
    private static final double NOTICEABLE = 1.03;

    /** Nanoseconds of processor time of the calling thread. */
    public static final LongSupplier PROCESSOR_TIME = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;

    public Alternation {
        if (rounds < 1 || each.isNegative()) {
            throw new IllegalArgumentException(rounds + " rounds of " + each);
        }
    }

    /** Something to repeat; one pass handles {@code samples} samples. */
    public record Work(int samples, Runnable pass) {}

    /** Samples a second: the median of the rounds, the slowest and the fastest. */
    public record Rate(double median, double least, double most) {
        static Rate of(double[] rates) {
            double[] sorted = rates.clone();
            Arrays.sort(sorted);
            int half = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
            return new Rate(median, sorted[0], sorted[sorted.length - 1]);
        }

        /** The width of the rounds' rates as a fraction of their median. */
        double spread() {
            return (most - least) / median;
        }
    }

    /** The rates in the order of the works. Takes about {@code (rounds + 1) · works · each}. */
    public List<Rate> measure(List<Work> works) {
        double[][] rates = new double[works.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int work = 0; work < works.size(); work++) {
                rates[work][Math.max(round, 0)] = rate(works.get(work));
            }
        }
        List<Rate> measured = new ArrayList<>();
        for (double[] each : rates) {
            measured.add(Rate.of(each));
        }
        return measured;
    }

    /**
     * Repeats a work until it has not become faster for {@code patience}, at most ten times as long: until the virtual
     * machine has compiled it.
     */
    void warmUp(Work work, Duration patience) {
        double best = 0;
        int idle = 0;
        int windows = Math.toIntExact(Math.max(1, patience.toNanos() / Math.max(1, each.toNanos())));
        for (int window = 0; window < 10 * windows && idle < windows; window++) {
            double rate = rate(work);
            idle = rate > best * NOTICEABLE ? 0 : idle + 1;
            best = Math.max(best, rate);
        }
    }

    private double rate(Work work) {
        long start = nanoTime.getAsLong();
        long passes = 0;
        long spent;
        do {
            work.pass().run();
            passes++;
            spent = nanoTime.getAsLong() - start;
        } while (spent < each.toNanos());
        return passes * (double) work.samples() * 1e9 / Math.max(1, spent);
    }
}
