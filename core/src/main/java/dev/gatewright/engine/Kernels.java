package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;

/**
 * The loops in which an engine spends its time, in a vector form and in a scalar twin that equals it bit for bit.
 *
 * <p>All of them work on one block: {@link #words()} words, that is 64 times as many samples, of every slot, row or
 * plane; words of one slot, row or plane follow each other.
 */
sealed interface Kernels permits ScalarKernels, VectorKernels {
    /** Words of a block. */
    int words();

    /** Runs the instruction list on {@code state}, slot after slot. */
    void run(Runs runs, MemorySegment state);

    /**
     * Adds slots {@code slots[from..to)}, each inverted by {@code invert} (0 or −1), into bit-sliced counters: plane
     * {@code p} of the counters is at {@code counters[at + p · words()]}, and there are {@code planes} of them, enough
     * for the sum.
     *
     * @param carries working memory of {@code (to − from) · words()} words
     */
    void count(
            MemorySegment state,
            int[] slots,
            int from,
            int to,
            long invert,
            long[] carries,
            long[] counters,
            int at,
            int planes);

    /** Transposes each of the 64 × 64 bit squares that the 64 rows from {@code block[at]} hold. */
    void transpose(long[] block, int at);

    /**
     * Compares windows of 64 unsigned bytes: bit {@code i} of {@code masks[at + stride · v]} becomes whether byte
     * {@code row + starts[v] + i} exceeds {@code limits[64 · v + i]}, for every window {@code v}; bytes beyond the
     * array count as anything.
     *
     * @param limits unsigned bytes with the top bit flipped
     */
    void compare(byte[] bytes, int row, int[] starts, byte[] limits, long[] masks, int at, int stride);

    /** Copies row {@code i} of the 64 rows from {@code rows[at]} to slot {@code slots[first + i]}, unless that is negative. */
    void scatter(long[] rows, int at, int[] slots, int first, MemorySegment state);

    /** The vector form where this machine has it, unless the system property {@code gatewright.vector} is false. */
    static Kernels best() {
        boolean wanted = !"false".equals(System.getProperty("gatewright.vector"));
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return wanted && present ? VectorKernels.create() : new ScalarKernels();
    }
}
