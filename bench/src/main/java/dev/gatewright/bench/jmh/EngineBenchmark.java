package dev.gatewright.bench.jmh;

import dev.gatewright.bench.RandomBits;
import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.cli.bench.Nets;
import dev.gatewright.engine.Block;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;
import dev.gatewright.pass.Pipeline;
import java.util.concurrent.TimeUnit;
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

/** The fastest engine on six random layers, optimised, one thread; times are those of one block, or of 4,096 samples. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {
    private static final int SAMPLES = 4096;
    private static final int GROUPS = 10;

    /** Gates of a layer. */
    @Param({"8000"})
    public int width;

    private Executable executable;
    private Block block;
    private BitMatrix in;
    private int[] sums;

    @Setup
    public void prepare() {
        Circuit circuit = Pipeline.STANDARD
                .run(Nets.dense(1, 784, width, 6, false).circuit())
                .circuit();
        in = RandomBits.of(2, SAMPLES, circuit.inputs());
        executable = Engine.best().compile(circuit);
        block = executable.newBlock();
        block.load(in, 0);
        sums = new int[block.samples() * GROUPS];
    }

    @TearDown
    public void release() {
        executable.close();
    }

    /** The gates alone, on a loaded block. */
    @Benchmark
    public void run() {
        block.run();
    }

    /** Packed planes into a block's own memory. */
    @Benchmark
    public void load() {
        block.load(in, 0);
    }

    /** From the outputs of a block to counts. */
    @Benchmark
    public int[] groupSums() {
        block.groupSums(GROUPS, block.samples(), sums, 0);
        return sums;
    }

    /** All of it, for all samples. */
    @Benchmark
    public int[] all() {
        return executable.groupSums(in, GROUPS, 1);
    }
}
