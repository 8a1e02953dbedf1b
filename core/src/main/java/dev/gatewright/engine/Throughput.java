package dev.gatewright.engine;

import dev.gatewright.bits.BitMatrix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Measures how many samples a second run, as the median of rounds in which the works to compare alternate, so that
 * what disturbs the machine disturbs all of them alike.
 *
 * @param threads threads that work at the same time, each on a batch of its own
 * @param rounds measured rounds, after one to warm up
 * @param round how long each work runs in a round
 * @param nanoTime the clock
 */
public record Throughput(int threads, int rounds, Duration round, LongSupplier nanoTime) {
    /** One thread, seven rounds of 200 milliseconds, the system's clock. */
    public static final Throughput DEFAULT = new Throughput(1, 7, Duration.ofMillis(200), System::nanoTime);

    public Throughput {
        if (threads < 1 || rounds < 1 || round.isNegative()) {
            throw new IllegalArgumentException(threads + " threads, " + rounds + " rounds of " + round);
        }
        Objects.requireNonNull(nanoTime);
    }

    public Throughput withThreads(int count) {
        return new Throughput(count, rounds, round, nanoTime);
    }

    public Throughput withRounds(int count, Duration each) {
        return new Throughput(threads, count, each, nanoTime);
    }

    /**
     * Something to measure.
     *
     * @param name what it takes: "bits", "pixels"
     * @param samples samples of one pass
     * @param passes gives each thread a pass of its own to repeat
     */
    public record Work(String name, int samples, Supplier<Runnable> passes) {}

    /** A measured rate. */
    public record Rate(String name, int threads, double samplesPerSecond) {
        public double nanosecondsPerSample() {
            return 1e9 / samplesPerSecond;
        }
    }

    /** The net only: packed bits are in place, outputs are left where they are. */
    public static Work net(Executable executable) {
        int samples = executable.newBlock().samples();
        return new Work("bits", samples, () -> {
            Block block = executable.newBlock();
            block.load(new BitMatrix(samples, executable.inputs()), 0);
            return block::run;
        });
    }

    /** The full way from rows of unsigned bytes to counts by group. */
    public static Work pixels(Executable executable, PixelBits pixels, byte[] bytes, int groups) {
        int rows = bytes.length / pixels.rowBytes();
        return new Work("pixels", rows, () -> {
            Block block = executable.newBlock();
            int[] sums = new int[block.samples() * groups];
            return () -> {
                for (int row = 0; row < rows; row += block.samples()) {
                    int count = Math.min(block.samples(), rows - row);
                    block.load(pixels, bytes, row, count);
                    block.run();
                    block.groupSums(groups, count, sums, 0);
                }
            };
        });
    }

    /** The median rate of each work, in the given order. Takes {@code (rounds + 1) · works · round}. */
    public List<Rate> measure(List<Work> works) {
        double[][] rates = new double[works.size()][rounds];
        List<List<Runnable>> passes = works.stream().map(this::passes).toList();
        for (int i = -1; i < rounds; i++) {
            for (int work = 0; work < works.size(); work++) {
                double rate = together(passes.get(work)) * works.get(work).samples();
                rates[work][Math.max(i, 0)] = rate;
            }
        }
        List<Rate> medians = new ArrayList<>();
        for (int work = 0; work < works.size(); work++) {
            Arrays.sort(rates[work]);
            medians.add(new Rate(works.get(work).name(), threads, rates[work][rounds / 2]));
        }
        return medians;
    }

    private List<Runnable> passes(Work work) {
        List<Runnable> passes = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            passes.add(work.passes().get());
        }
        return passes;
    }

    /** Passes a second of all threads together. */
    private double together(List<Runnable> passes) {
        DoubleAdder rate = new DoubleAdder();
        Threads.run(passes.size(), thread -> rate.add(alone(passes.get(thread))));
        return rate.sum();
    }

    private double alone(Runnable pass) {
        long start = nanoTime.getAsLong();
        long count = 0;
        long elapsed;
        do {
            pass.run();
            count++;
            elapsed = nanoTime.getAsLong() - start;
        } while (elapsed < round.toNanos());
        return count * 1e9 / Math.max(elapsed, 1);
    }
}
