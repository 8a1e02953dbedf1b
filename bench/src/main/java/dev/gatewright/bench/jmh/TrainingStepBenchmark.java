package dev.gatewright.bench.jmh;

import dev.gatewright.bench.RandomBits;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.train.TrainingSteps;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One step of forward, backward and update on a batch of 128. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrainingStepBenchmark {
    private static final int BATCH = 128;
    private static final int CLASSES = 10;

    /** Layers as a network's description gives them. */
    @Param({"8000x6", "2000x6"})
    public String layers;

    @Param({"softmax16", "light"})
    public String relaxation;

    @Param({"random", "unique"})
    public String wiring;

    @Param({"2"})
    public int threads;

    private TrainingSteps steps;

    @Setup
    public void prepare() {
        RandomGenerator random = new SplittableRandom(1);
        LogicNetwork network = NetworkSpec.parse("dense:" + layers + ",relaxation=" + relaxation + ",wiring=" + wiring)
                .network(784, CLASSES, random);
        int[] labels = random.ints(BATCH, 0, CLASSES).toArray();
        steps = TrainingSteps.fastest(network, RandomBits.of(2, BATCH, 784), labels, 10, threads);
    }

    @TearDown
    public void release() {
        steps.close();
    }

    @Benchmark
    public double step() {
        return steps.step(0, BATCH, 0.01f);
    }
}
