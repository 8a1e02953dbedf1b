package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Plain {@code long} loops, for machines without the Vector API and as a check of the vector form. */
final class ScalarKernels implements Kernels {
    private static final int WORDS = 4;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    @Override
    public Packing packing() {
        return new ScalarPacking(WORDS);
    }

    @Override
    public Counting counting() {
        return new ScalarCounting(WORDS);
    }

    @Override
    public FloatTests floatTests() {
        return new ScalarFloatTests();
    }

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

    @Override
    public void gather(MemorySegment from, int base, int[] offsets, MemorySegment to, int[] slots) {
        for (int i = 0; i < slots.length; i++) {
            long a = (long) (base + offsets[i]) * WORDS;
            long d = (long) slots[i] * WORDS;
            for (int w = 0; w < WORDS; w++) {
                to.setAtIndex(WORD, d + w, from.getAtIndex(WORD, a + w));
            }
        }
    }

    @Override
    public void scatter(MemorySegment from, int[] slots, long[] inverted, MemorySegment to, int base, int[] offsets) {
        for (int i = 0; i < slots.length; i++) {
            long a = (long) slots[i] * WORDS;
            long d = (long) (base + offsets[i]) * WORDS;
            for (int w = 0; w < WORDS; w++) {
                to.setAtIndex(WORD, d + w, from.getAtIndex(WORD, a + w) ^ inverted[i]);
            }
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
}
