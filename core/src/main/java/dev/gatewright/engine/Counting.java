package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;

/**
 * Counts true slots sample by sample, in bit-sliced counters: plane {@code p} of a counter is the bits of weight
 * {@code 2ᵖ} of every sample's count, and follows plane {@code p − 1}. Counters of {@code planes} planes count modulo
 * {@code 2^planes}. In a vector form and in a scalar twin that equals it bit for bit. Not safe for use by several threads at once.
 */
sealed interface Counting permits ScalarCounting, VectorCounting {
    /** Slots are counted so many at a time: three full adders turn them into one carry. */
    int BATCH = 4;

    /**
     * Adds slots {@code slots[from..to)}, a multiple of {@link #BATCH}, to the counter at {@code counters[at]}
     * (with carry-save adders: Warren, "Hacker's Delight", section 5-1).
     *
     * @param planes an even number
     */
    void add(MemorySegment state, int[] slots, int from, int to, long[] counters, int at, int planes);

    /** Subtracts counter {@code what}, and 1, from the counter at {@code counters[to]}. */
    void subtract(long[] counters, int to, long[] what, int planes);

    /**
     * Finds the group with the largest count for every sample, the first at a tie.
     *
     * @param step words from one group's counter to the next
     * @param largest room for one counter
     * @param numbers takes the number of the group, in {@code bits} planes
     */
    void largest(long[] counters, int groups, int step, int planes, long[] largest, long[] numbers, int bits);

    /** Transposes each of the 64 × 64 bit squares that the 64 rows from {@code block[at]} hold. */
    void transpose(long[] block, int at);
}
