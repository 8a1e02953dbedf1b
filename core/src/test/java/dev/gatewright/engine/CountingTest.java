package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bit-sliced counters against plain integers, sample by sample. */
final class CountingTest {
    /** A form of counting and the words of its slots. */
    record Form(Counting counting, int words) {
        @Override
        public String toString() {
            return counting.getClass().getSimpleName() + " " + words;
        }
    }

    static Stream<Form> forms() {
        Kernels vector = VectorKernels.create();
        return Stream.concat(
                Stream.of(1, 2, 4, 8).map(words -> new Form(new ScalarCounting(words), words)),
                Stream.of(new Form(vector.counting(), vector.words())));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void addsSlotsModuloThePlanes(Form form) {
        int words = form.words();
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int planes = 2 + 2 * random.nextInt(5);
            int at = random.nextInt(8);
            int from = random.nextInt(8);
            int to = from + Counting.BATCH * random.nextInt(8);
            // Mostly true slots, so that counts run over the last plane.
            long[] slots = dense(random, 40 * words, random.nextInt(4));
            int[] chosen = random.ints(to + 3, 0, 40).toArray();
            long[] counters = random.longs(at + planes * words + 3).toArray();
            long[] before = counters.clone();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = arena.allocate((long) slots.length * Long.BYTES, 64);
                MemorySegment.copy(slots, 0, state, ValueLayout.JAVA_LONG, 0, slots.length);
                form.counting().add(state, chosen, from, to, counters, at, planes);
            }
            for (int sample = 0; sample < 64 * words; sample++) {
                int expected = count(before, at, planes, words, sample);
                for (int i = from; i < to; i++) {
                    expected += (int) (slots[chosen[i] * words + (sample >> 6)] >>> sample & 1);
                }
                assertThat(count(counters, at, planes, words, sample))
                        .as("seed %d, sample %d", seed, sample)
                        .isEqualTo(expected & (1 << planes) - 1);
            }
            assertOutsideUntouched(before, counters, at, at + planes * words, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void subtractsWhatAndOne(Form form) {
        int words = form.words();
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int planes = 1 + random.nextInt(12);
            int at = random.nextInt(8);
            long[] what = random.longs((long) planes * words).toArray();
            long[] counters = random.longs(at + planes * words + 3).toArray();
            long[] before = counters.clone();
            form.counting().subtract(counters, at, what, planes);
            for (int sample = 0; sample < 64 * words; sample++) {
                int expected = count(before, at, planes, words, sample) - count(what, 0, planes, words, sample) - 1;
                assertThat(count(counters, at, planes, words, sample))
                        .as("seed %d, sample %d", seed, sample)
                        .isEqualTo(expected & (1 << planes) - 1);
            }
            assertOutsideUntouched(before, counters, at, at + planes * words, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void findsTheFirstOfTheLargest(Form form) {
        int words = form.words();
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int groups = 1 + random.nextInt(40);
            // Few planes make ties common.
            int planes = 1 + random.nextInt(seed % 2 == 0 ? 3 : 12);
            int step = (planes + random.nextInt(4)) * words;
            int bits = Integer.SIZE - Integer.numberOfLeadingZeros(groups - 1);
            long[] counters = random.longs((long) groups * step).toArray();
            long[] before = counters.clone();
            long[] largest = random.longs((long) planes * words).toArray();
            long[] numbers = random.longs((bits + 1L) * words).toArray();
            form.counting().largest(counters, groups, step, planes, largest, numbers, bits);
            assertThat(counters).as("seed %d", seed).isEqualTo(before);
            for (int sample = 0; sample < 64 * words; sample++) {
                int expected = 0;
                for (int group = 1; group < groups; group++) {
                    if (count(before, group * step, planes, words, sample)
                            > count(before, expected * step, planes, words, sample)) {
                        expected = group;
                    }
                }
                assertThat(count(numbers, 0, bits, words, sample))
                        .as("seed %d, sample %d", seed, sample)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void transposesSquares(Form form) {
        int words = form.words();
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int at = random.nextInt(8);
            long[] block = random.longs(at + 64 * words + 3).toArray();
            long[] before = block.clone();
            form.counting().transpose(block, at);
            for (int row = 0; row < 64; row++) {
                for (int w = 0; w < words; w++) {
                    long expected = 0;
                    for (int column = 0; column < 64; column++) {
                        expected |= (before[at + column * words + w] >>> row & 1) << column;
                    }
                    assertThat(block[at + row * words + w])
                            .as("seed %d, row %d, word %d", seed, row, w)
                            .isEqualTo(expected);
                }
            }
            assertOutsideUntouched(before, block, at, at + 64 * words, seed);
        }
    }

    private static int count(long[] counters, int at, int planes, int words, int sample) {
        int count = 0;
        for (int plane = 0; plane < planes; plane++) {
            count |= (int) (counters[at + plane * words + (sample >> 6)] >>> sample & 1) << plane;
        }
        return count;
    }

    /** Each bit is true but for one in {@code 2^(doublings + 1)}. */
    private static long[] dense(Random random, int count, int doublings) {
        long[] words = random.longs(count).toArray();
        for (int i = 0; i < doublings; i++) {
            for (int w = 0; w < count; w++) {
                words[w] |= random.nextLong();
            }
        }
        return words;
    }

    private static void assertOutsideUntouched(long[] before, long[] after, int from, int to, int seed) {
        for (int i = 0; i < before.length; i++) {
            if (i < from || i >= to) {
                assertThat(after[i]).as("seed %d, word %d", seed, i).isEqualTo(before[i]);
            }
        }
    }
}
