package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;

/**
 * Turns rows of bytes into slots, in a vector form and in a scalar twin that equals it bit for bit.
 *
 * <p>Comparisons with thresholds are made for eight rows and 64 bytes at once, a bit a row, so that a byte of the
 * result is eight samples of one input; exchanging rows and columns of eight such bytes makes words of 64 samples.
 */
sealed interface Packing permits ScalarPacking, VectorPacking {
    /** Bytes compared at once: the width of a window of {@link PixelBits}. */
    int WINDOW = 64;

    /**
     * Compares a window of up to eight rows: bit {@code r} of byte {@code p} of the 64 bytes becomes whether unsigned
     * byte {@code bytes[from + r · stride + p]} exceeds unsigned byte {@code limits[limit + p]}; bytes beyond the end of {@code bytes} never exceed.
     *
     * @param rows 1 to 8; the bits of further rows become 0
     * @param squares takes the 64 bytes as eight words, at {@code at}, {@code at + step}, …
     */
    void compare(
            byte[] bytes, int from, int stride, int rows, byte[] limits, int limit, long[] squares, int at, int step);

    /**
     * Exchanges rows and columns of 8 × 8 bytes and stores what results: word {@code w} of group {@code g} of rows and
     * bytes {@code 8c} to {@code 8c + 7} is {@code squares[at + (8c + g) · words + w]}, {@code words} being the words
     * of a slot; the 64 slots are {@code slots[first]} on, none where that is negative.
     */
    void store(long[] squares, int at, int[] slots, int first, MemorySegment state);
}
