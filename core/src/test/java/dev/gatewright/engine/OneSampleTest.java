package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** One sample at a time must give what a batch gives, outputs and counts alike. */
class OneSampleTest {
    private static final int SAMPLES = 70;

    @Test
    void keepsOutputsAsTheJudgeSays() {
        for (int seed = 0; seed < 200; seed++) {
            Circuit circuit = circuit(seed);
            BitMatrix in = samples(seed, circuit.inputs());
            try (Executable single = new NativeEngine().compileSingle(circuit, 0)) {
                assertThat(single.evaluate(in, 1).equals(ReferenceEvaluator.evaluate(circuit, in)))
                        .as("seed " + seed)
                        .isTrue();
            }
        }
    }

    @Test
    void countsAsTheBatchDoes() {
        for (int seed = 0; seed < 200; seed++) {
            Circuit circuit = circuit(seed);
            BitMatrix in = samples(seed, circuit.inputs());
            int groups = 1 + seed % 12;
            try (Executable single = new NativeEngine().compileSingle(circuit, groups);
                    Executable batch = new PortableEngine().compile(circuit)) {
                assertThat(single.groupSums(in, groups, 1))
                        .as("seed " + seed)
                        .isEqualTo(batch.groupSums(in, groups, 1));
            }
        }
    }

    @Test
    void readsOneRowOfPixels() {
        SplittableRandom random = new SplittableRandom(5);
        Circuit circuit = RandomCircuits.random(5, 30, 200, 20, 2);
        int[] bytes = random.ints(30, 0, 17).toArray();
        int[] thresholds = random.ints(30, -1, 256).toArray();
        byte[] rows = new byte[17 * SAMPLES];
        random.nextBytes(rows);
        try (Executable single = new NativeEngine().compileSingle(circuit, 10);
                Executable batch = new PortableEngine().compile(circuit)) {
            PixelBits pixels = new PixelBits(17, bytes, thresholds, batch.inputsRead());
            int[] expected = new int[SAMPLES * 10];
            Block all = batch.newBlock();
            all.load(pixels, rows, 0, SAMPLES);
            all.run();
            all.groupSums(10, SAMPLES, expected, 0);
            int[] classes = new int[SAMPLES];
            all.classes(10, SAMPLES, classes, 0);
            Block one = single.newBlock();
            for (int row = 0; row < SAMPLES; row++) {
                one.load(pixels, rows, row, 1);
                one.run();
                int[] sums = new int[10];
                one.groupSums(10, 1, sums, 0);
                assertThat(sums).isEqualTo(java.util.Arrays.copyOfRange(expected, 10 * row, 10 * row + 10));
                int[] found = new int[1];
                one.classes(10, 1, found, 0);
                assertThat(found[0]).isEqualTo(classes[row]);
            }
        }
    }

    @Test
    void countsInputsAndConstants() {
        CircuitBuilder builder = new CircuitBuilder(2);
        Circuit circuit = builder.build(0, 1, builder.input(0), builder.not(builder.input(0)), 1, builder.input(0));
        BitMatrix in = new BitMatrix(2, 2);
        in.setWord(0, 0, 2);
        try (Executable single = new NativeEngine().compileSingle(circuit, 2)) {
            assertThat(single.groupSums(in, 2, 1)).containsExactly(1, 2, 2, 2);
        }
    }

    @Test
    void refusesOtherGroupsAndUseAfterClosing() {
        Executable single = new NativeEngine().compileSingle(RandomCircuits.random(1, 5, 20, 4, 2), 2);
        Block block = single.newBlock();
        if (block.samples() == 1) {
            assertThatThrownBy(() -> block.groupSums(4, 1, new int[4], 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("4 groups");
        }
        single.close();
        assertThatThrownBy(single::newBlock).isInstanceOf(IllegalStateException.class);
        if (block.samples() == 1) {
            assertThatThrownBy(block::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    private static Circuit circuit(int seed) {
        int outputs = (1 + seed % 12) * (1 + seed % 5);
        return RandomCircuits.random(seed, 1 + seed % 30, seed % 150, outputs, 1 + seed % 4);
    }

    private static BitMatrix samples(long seed, int bits) {
        RandomGenerator random = new SplittableRandom(seed);
        BitMatrix in = new BitMatrix(SAMPLES, bits);
        for (int bit = 0; bit < bits; bit++) {
            in.setWord(bit, 0, random.nextLong());
            in.setWord(bit, 1, random.nextLong() & 63);
        }
        return in;
    }
}
