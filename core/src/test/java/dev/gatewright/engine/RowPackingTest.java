package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machine code packs whole blocks of rows as the definition of {@link PixelBits} says, and reads nothing else. */
class RowPackingTest {
    private static final int SLOTS = 3000;

    private Machine machine;

    @BeforeEach
    void findMachine() {
        Processor processor = Processor.here();
        Assumptions.assumeTrue(processor.machine().isPresent(), processor.reason());
        machine = processor.machine().get();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void packsWholeBlocks(int words) {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int rowBytes = 64 + random.nextInt(seed % 4 == 0 ? 900 : 70);
            int inputs = 1 + random.nextInt(2 * rowBytes);
            int[] bytes = random.ints(inputs, 0, rowBytes).toArray();
            int[] thresholds = random.ints(inputs, 0, 255).toArray();
            int[] read = IntStream.range(0, inputs)
                    .filter(i -> random.nextInt(4) > 0)
                    .toArray();
            check(
                    "seed " + seed,
                    words,
                    random,
                    new PixelBits(rowBytes, bytes, thresholds, read),
                    bytes,
                    thresholds,
                    read);
        }
    }

    @Test
    void packsMoreColumnsThanOneMatrixHolds() {
        Random random = new Random(1);
        int rowBytes = 2500;
        int[] bytes = IntStream.range(0, rowBytes).toArray();
        int[] thresholds = random.ints(rowBytes, 0, 255).toArray();
        check("wide", 4, random, new PixelBits(rowBytes, bytes, thresholds, bytes), bytes, thresholds, bytes);
    }

    @Test
    void comparesEveryByteWithEveryLimit() {
        int[] bytes = IntStream.range(0, 255).toArray();
        byte[] rows = new byte[256 * 255];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (byte) (i / 255);
        }
        PixelBits pixels = new PixelBits(255, bytes, bytes, bytes);
        assertThat(machine.packing(pixels, new int[pixels.targets().length], 32))
                .isPresent();
        long[] state = packed(4, pixels, bytes, rows, 0, Optional.of(machine));
        assertThat(Arrays.mismatch(state, packed(4, pixels, bytes, rows, 0, Optional.empty())))
                .as("first word that differs from the loops' ")
                .isNegative();
        assertThat(Long.bitCount(state[4 * 254])).isZero();
    }

    @Test
    void leavesNarrowRowsAndSlotsToLoops() {
        PixelBits narrow = new PixelBits(63, new int[] {5}, new int[] {7}, new int[] {0});
        assertThat(machine.packing(narrow, new int[64], 32)).isEmpty();
        PixelBits pixels = new PixelBits(64, new int[] {5}, new int[] {7}, new int[] {0});
        assertThat(machine.packing(pixels, new int[64], 16)).isEmpty();
        assertThat(machine.packing(pixels, new int[64], 32)).isPresent();
    }

    private void check(
            String what, int words, Random random, PixelBits pixels, int[] bytes, int[] thresholds, int[] read) {
        int rows = 64 * words;
        int start = random.nextInt(100);
        byte[] data = new byte[start + rows * pixels.rowBytes()];
        random.nextBytes(data);
        int[] slotOfInput = new int[bytes.length];
        Arrays.fill(slotOfInput, -1);
        for (int i = 0; i < read.length; i++) {
            slotOfInput[read[i]] = SLOTS - 1 - i;
        }
        long[] state = packed(words, pixels, slotOfInput, data, start, Optional.of(machine));
        long[] expected = new long[SLOTS * words];
        for (int input : read) {
            for (int row = 0; row < rows; row++) {
                int value = data[start + row * pixels.rowBytes() + bytes[input]] & 0xFF;
                if (value > thresholds[input]) {
                    expected[slotOfInput[input] * words + row / 64] |= 1L << row;
                }
            }
        }
        assertThat(Arrays.mismatch(state, expected))
                .as("%s: first wrong word", what)
                .isNegative();
    }

    private static long[] packed(
            int words, PixelBits pixels, int[] slotOfInput, byte[] rows, int start, Optional<Machine> by) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate((long) SLOTS * words * Long.BYTES, 64);
            new RowPacking(new ScalarPacking(words), words, by, pixels, slotOfInput)
                    .load(rows, start, 64 * words, state);
            return state.toArray(ValueLayout.JAVA_LONG);
        }
    }
}
