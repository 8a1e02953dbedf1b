package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each step of packing against its definition, so that a fault shows where it is and not in a wrong class. */
final class PackingTest {
    /** A form of packing and the words of its slots. */
    record Form(Packing packing, int words) {
        @Override
        public String toString() {
            return packing.getClass().getSimpleName() + " " + words;
        }
    }

    static Stream<Form> forms() {
        Kernels vector = VectorKernels.create();
        return Stream.concat(
                Stream.of(1, 2, 4, 8).map(words -> new Form(new ScalarPacking(words), words)),
                Stream.of(new Form(vector.packing(), vector.words())));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void comparesUpToEightRows(Form form) {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] bytes = bytes(random, 1 + random.nextInt(900));
            int from = random.nextInt(bytes.length);
            int stride = 1 + random.nextInt(100);
            int rows = 1 + random.nextInt(8);
            int step = 1 + random.nextInt(9);
            int at = random.nextInt(20);
            byte[] limits = bytes(random, 2 * Packing.WINDOW);
            long[] squares = random.longs(at + 8 * step).toArray();
            long[] before = squares.clone();
            form.packing().compare(bytes, from, stride, rows, limits, 17, squares, at, step);
            for (int i = 0; i < squares.length; i++) {
                boolean written = i >= at && (i - at) % step == 0 && (i - at) / step < 8;
                long expected = written
                        ? compared(bytes, from + (i - at) / step * 8, stride, rows, limits, 17 + (i - at) / step * 8)
                        : before[i];
                assertThat(squares[i]).as("seed %d, word %d", seed, i).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void comparesEveryByteWithEveryLimit(Form form) {
        byte[] limits = new byte[Packing.WINDOW];
        byte[] bytes = new byte[Packing.WINDOW];
        long[] squares = new long[8];
        for (int limit = 0; limit < 256; limit++) {
            for (int value = 0; value < 256; value++) {
                Arrays.fill(limits, (byte) limit);
                Arrays.fill(bytes, (byte) value);
                form.packing().compare(bytes, 0, 0, 8, limits, 0, squares, 0, 1);
                assertThat(squares).as("%d > %d", value, limit).containsOnly(value > limit ? -1L : 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void storesBytesOfGroupsAsWordsOfSlots(Form form) {
        int words = form.words();
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int at = random.nextInt(10);
            long[] squares = random.longs(at + 64 * words).toArray();
            long[] before = squares.clone();
            int first = random.nextInt(5);
            int[] slots = slots(random, first + Packing.WINDOW, 200);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = arena.allocate(200L * words * Long.BYTES, 64);
                state.fill((byte) 0x5A);
                form.packing().store(squares, at, slots, first, state);
                long[] expected = new long[200 * words];
                Arrays.fill(expected, 0x5A5A5A5A5A5A5A5AL);
                for (int column = 0; column < Packing.WINDOW; column++) {
                    for (int w = 0; slots[first + column] >= 0 && w < words; w++) {
                        expected[slots[first + column] * words + w] = word(before, at, words, column, w);
                    }
                }
                assertThat(state.toArray(ValueLayout.JAVA_LONG))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
            }
        }
    }

    private static long compared(byte[] bytes, int from, int stride, int rows, byte[] limits, int limit) {
        long word = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            int row = bit % 8;
            int at = from + row * stride + bit / 8;
            if (row < rows && at < bytes.length && (bytes[at] & 0xFF) > (limits[limit + bit / 8] & 0xFF)) {
                word |= 1L << bit;
            }
        }
        return word;
    }

    /** Bit {@code s} is sample {@code s}: byte {@code column % 8} of group {@code s / 8} of rows. */
    private static long word(long[] squares, int at, int words, int column, int w) {
        long word = 0;
        for (int sample = 0; sample < Long.SIZE; sample++) {
            long row = squares[at + (column / 8 * 8 + sample / 8) * words + w];
            word |= (row >>> 8 * (column % 8) + sample % 8 & 1) << sample;
        }
        return word;
    }

    /** Distinct slots, and none for one of five. */
    private static int[] slots(Random random, int count, int of) {
        int[] slots = IntStream.range(0, of).toArray();
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(of - i);
            int slot = slots[other];
            slots[other] = slots[i];
            slots[i] = slot;
        }
        return Arrays.stream(slots, 0, count)
                .map(slot -> random.nextInt(5) == 0 ? -1 : slot)
                .toArray();
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
