package dev.gatewright.bench.jmh;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.EncoderSpec;
import dev.gatewright.encode.Images;
import java.util.Random;
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
import org.openjdk.jmh.annotations.Warmup;

/** Encoding 4,096 images of 28 × 28 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
    private static final int SAMPLES = 4096;

    @Param({"threshold:0.5", "thermometer:3"})
    public String encoder;

    private Images images;
    private Encoder fitted;

    @Setup
    public void prepare() {
        byte[] pixels = new byte[SAMPLES * 784];
        new Random(1).nextBytes(pixels);
        images = new Images(SAMPLES, 1, 28, 28, pixels);
        fitted = EncoderSpec.parse(encoder).fit(images);
    }

    @Benchmark
    public BitMatrix encode() {
        return fitted.encode(images);
    }
}
