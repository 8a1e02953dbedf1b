package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Plain {@code long} loops, for machines without the Vector API and as a check of the vector form. */
final class ScalarKernels implements Kernels {
    private static final int WORDS = 4;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    @Override
    public int words() {
        return WORDS;
    }

    @Override
    public void run(Runs runs, MemorySegment state) {
        int from = 0;
        for (int run = 0; run < runs.count(); run++) {
            int to = runs.ends()[run] * 3;
            switch (runs.ops()[run]) {
                case Op.AND -> and(runs, from, to, state);
                case Op.AND_NOT -> andNot(runs, from, to, state);
                case Op.OR -> or(runs, from, to, state);
                default -> xor(runs, from, to, state);
            }
            from = to;
        }
    }

    /** Where the words of an instruction's slot begin. */
    private static long slot(Runs runs, int at) {
        char[] code = runs.shortCode();
        return (long) (code != null ? code[at] : runs.longCode()[at]) * WORDS;
    }

    private static void and(Runs runs, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            long a = slot(runs, i);
            long b = slot(runs, i + 1);
            long d = slot(runs, i + 2);
            for (int w = 0; w < WORDS; w++) {
                state.setAtIndex(WORD, d + w, state.getAtIndex(WORD, a + w) & state.getAtIndex(WORD, b + w));
            }
        }
    }

    private static void andNot(Runs runs, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            long a = slot(runs, i);
            long b = slot(runs, i + 1);
            long d = slot(runs, i + 2);
            for (int w = 0; w < WORDS; w++) {
                state.setAtIndex(WORD, d + w, state.getAtIndex(WORD, a + w) & ~state.getAtIndex(WORD, b + w));
            }
        }
    }

    private static void or(Runs runs, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            long a = slot(runs, i);
            long b = slot(runs, i + 1);
            long d = slot(runs, i + 2);
            for (int w = 0; w < WORDS; w++) {
                state.setAtIndex(WORD, d + w, state.getAtIndex(WORD, a + w) | state.getAtIndex(WORD, b + w));
            }
        }
    }

    private static void xor(Runs runs, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            long a = slot(runs, i);
            long b = slot(runs, i + 1);
            long d = slot(runs, i + 2);
            for (int w = 0; w < WORDS; w++) {
                state.setAtIndex(WORD, d + w, state.getAtIndex(WORD, a + w) ^ state.getAtIndex(WORD, b + w));
            }
        }
    }

    @Override
    public void count(
            MemorySegment state,
            int[] slots,
            int from,
            int to,
            long invert,
            long[] carries,
            long[] counters,
            int at,
            int planes) {
        for (int w = 0; w < WORDS; w++) {
            for (int i = from; i < to; i++) {
                carries[i - from] = state.getAtIndex(WORD, (long) slots[i] * WORDS + w) ^ invert;
            }
            int left = to - from;
            for (int plane = 0; left > 0 && plane < planes; plane++) {
                left = addCarries(carries, left, counters, at + plane * WORDS + w);
            }
        }
    }

    /** Adds the first {@code left} words to a plane, two a full adder, and leaves the carries in their place. */
    private static int addCarries(long[] carries, int left, long[] counters, int plane) {
        long sum = counters[plane];
        int made = 0;
        for (int i = 0; i < left; i += 2) {
            long a = carries[i];
            long b = i + 1 < left ? carries[i + 1] : 0;
            long half = sum ^ a;
            carries[made++] = sum & a | half & b;
            sum = half ^ b;
        }
        counters[plane] = sum;
        return made;
    }

    @Override
    public void transpose(long[] block, int at) {
        long mask = 0x00000000FFFFFFFFL;
        for (int distance = 32; distance > 0; distance >>= 1) {
            for (int row = 0; row < 64; row = (row + distance + 1) & ~distance) {
                int low = at + row * WORDS;
                int high = low + distance * WORDS;
                for (int w = 0; w < WORDS; w++) {
                    long swap = (block[low + w] >>> distance ^ block[high + w]) & mask;
                    block[low + w] ^= swap << distance;
                    block[high + w] ^= swap;
                }
            }
            mask ^= mask << (distance >> 1);
        }
    }

    @Override
    public void compare(byte[] bytes, int row, int[] starts, byte[] limits, long[] masks, int at, int stride) {
        for (int window = 0; window < starts.length; window++) {
            masks[at + stride * window] = compare(bytes, row + starts[window], limits, 64 * window);
        }
    }

    @Override
    public void scatter(long[] rows, int at, int[] slots, int first, MemorySegment state) {
        for (int i = 0; i < 64; i++) {
            int slot = slots[first + i];
            for (int w = 0; w < WORDS && slot >= 0; w++) {
                state.setAtIndex(WORD, (long) slot * WORDS + w, rows[at + i * WORDS + w]);
            }
        }
    }

    /** Compares the up to 64 bytes from {@code from} on, as many as there are. */
    static long compare(byte[] bytes, int from, byte[] limits, int at) {
        int count = Math.min(64, bytes.length - from);
        long mask = 0;
        for (int i = 0; i < count; i++) {
            mask |= ((byte) (bytes[from + i] ^ 0x80) > limits[at + i] ? 1L : 0L) << i;
        }
        return mask;
    }
}
