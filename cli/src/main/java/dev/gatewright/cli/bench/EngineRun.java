package dev.gatewright.cli.bench;

import com.sun.management.ThreadMXBean;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.Samples;
import dev.gatewright.encode.Table;
import dev.gatewright.engine.Block;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;
import dev.gatewright.engine.Throughput;
import dev.gatewright.model.Predictor;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** One engine with a model prepared for being measured. Its classes are those of the model's largest group sum. */
final class EngineRun implements AutoCloseable {
    private static final int SINGLE_CALLS = 200_000;
    private static final int ALLOCATING_CALLS = 20;
    private static final Duration SINGLE_LIMIT = Duration.ofSeconds(2);

    private final Engine engine;
    private final Comparison.Task task;
    private final Predictor predictor;
    private final double firstAnswer;
    private final Executable executable;
    private final double compileSeconds;
    private final int[] classes;

    private EngineRun(Engine engine, Comparison.Task task) {
        this.engine = engine;
        this.task = task;
        this.classes = new int[task.samples().rows()];
        long start = System.nanoTime();
        this.predictor = Predictor.of(task.ours(), engine, 1);
        predictor.classes(some(task.samples(), 64), classes);
        this.firstAnswer = seconds(start);
        start = System.nanoTime();
        this.executable = engine.compile(task.ours().form());
        this.compileSeconds = seconds(start);
    }

    static EngineRun of(Engine engine, Comparison.Task task) {
        return new EngineRun(engine, task);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static Samples some(Samples samples, int rows) {
        int[] first = IntStream.range(0, Math.min(rows, samples.rows())).toArray();
        return switch (samples) {
            case Images images -> images.select(first);
            case Table table -> table.select(first);
        };
    }

    String name() {
        return executable.engine();
    }

    Executable executable() {
        return executable;
    }

    double compileSeconds() {
        return compileSeconds;
    }

    /** The gates alone on a packed block. */
    Alternation.Work net() {
        return net(executable.newBlock());
    }

    private Alternation.Work net(Block block) {
        block.load(task.bits(), 0);
        return new Alternation.Work(block.samples(), block::run);
    }

    /** From raw samples to classes. */
    Alternation.Work full() {
        return new Alternation.Work(task.samples().rows(), () -> predictor.classes(task.samples(), classes));
    }

    /** Runs both until the virtual machine has compiled them. */
    void warmUp(Alternation alternation) {
        Duration patience = alternation.each().multipliedBy(10);
        alternation.warmUp(net(), patience);
        alternation.warmUp(full(), patience);
    }

    Scores.EngineFacts facts(Alternation alternation) {
        double[] micros = single();
        double bytes = allocated();
        OptionalDouble net = OptionalDouble.empty();
        OptionalDouble full = OptionalDouble.empty();
        if (Runtime.getRuntime().availableProcessors() > 1) {
            net = OptionalDouble.of(netScaling(alternation));
            full = OptionalDouble.of(fullScaling(alternation));
        }
        return new Scores.EngineFacts(
                engine.name(),
                firstAnswer,
                net,
                full,
                micros[micros.length / 2],
                micros[(int) (micros.length * 0.99)],
                bytes);
    }

    private double netScaling(Alternation alternation) {
        Throughput once = Throughput.DEFAULT.withRounds(1, alternation.each());
        List<Throughput.Work> net = List.of(Throughput.net(executable));
        return scaling(
                alternation.rounds(),
                threads -> once.withThreads(threads).measure(net).getFirst().samplesPerSecond());
    }

    private double fullScaling(Alternation alternation) {
        try (Predictor two = Predictor.of(task.ours(), engine, 2)) {
            Alternation once = new Alternation(1, alternation.each(), System::nanoTime);
            Alternation.Work one = full();
            Alternation.Work both = new Alternation.Work(one.samples(), () -> two.classes(task.samples(), classes));
            once.warmUp(both, alternation.each().multipliedBy(10));
            return scaling(
                    alternation.rounds(),
                    threads -> once.measure(List.of(threads == 1 ? one : both))
                            .getFirst()
                            .median());
        }
    }

    @FunctionalInterface
    private interface Measured {
        double rate(int threads);
    }

    private static double scaling(int rounds, Measured measured) {
        double[] one = new double[rounds];
        double[] two = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            one[round] = measured.rate(1);
            two[round] = measured.rate(2);
        }
        return Alternation.Rate.of(two).median() / Alternation.Rate.of(one).median();
    }

    /** Microseconds of calls with one sample, ascending. */
    private double[] single() {
        Runnable one = one();
        double[] micros = new double[SINGLE_CALLS];
        long begin = System.nanoTime();
        int calls = 0;
        while (calls < SINGLE_CALLS && (calls < 100 || System.nanoTime() - begin < SINGLE_LIMIT.toNanos())) {
            long start = System.nanoTime();
            one.run();
            micros[calls++] = (System.nanoTime() - start) / 1e3;
        }
        // The first half warms up.
        double[] warm = Arrays.copyOfRange(micros, calls / 2, calls);
        Arrays.sort(warm);
        return warm;
    }

    /** The first sample alone, in the way that answers soonest. */
    private Runnable one() {
        Samples first = some(task.samples(), 1);
        return switch (first) {
            case Images image -> () -> classes[0] = predictor.predict(image.pixels());
            case Table row -> () -> predictor.classes(row, classes);
        };
    }

    private double allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Runnable full = full().pass();
        full.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int call = 0; call < ALLOCATING_CALLS; call++) {
            full.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / (double) ALLOCATING_CALLS;
    }

    @Override
    public void close() {
        executable.close();
        predictor.close();
    }
}
