package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One byte, one word after the other. */
record ScalarPacking(int words) implements Packing {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    @Override
    public void compare(
            byte[] bytes, int from, int stride, int rows, byte[] limits, int limit, long[] squares, int at, int step) {
        for (int block = 0; block < 8; block++) {
            long word = 0;
            for (int i = 0; i < 8; i++) {
                word |= compare(bytes, from + 8 * block + i, stride, rows, limits[limit + 8 * block + i]) << 8 * i;
            }
            squares[at + block * step] = word;
        }
    }

    private static long compare(byte[] bytes, int from, int stride, int rows, byte limit) {
        long bits = 0;
        for (int row = 0; row < rows; row++) {
            long at = from + (long) row * stride;
            boolean exceeds = at < bytes.length && Byte.compareUnsigned(bytes[(int) at], limit) > 0;
            bits |= (exceeds ? 1L : 0) << row;
        }
        return bits;
    }

    @Override
    public void store(long[] squares, int at, int[] slots, int first, MemorySegment state) {
        for (int column = 0; column < WINDOW; column++) {
            int slot = slots[first + column];
            for (int w = 0; w < words && slot >= 0; w++) {
                long word = 0;
                for (int group = 0; group < 8; group++) {
                    long row = squares[at + ((column & ~7) + group) * words + w];
                    word |= (row >>> 8 * (column & 7) & 0xFF) << 8 * group;
                }
                state.setAtIndex(WORD, (long) slot * words + w, word);
            }
        }
    }
}
