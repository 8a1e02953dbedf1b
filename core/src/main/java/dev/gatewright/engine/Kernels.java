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

    /** Copies slot {@code base + offsets[i]} of {@code from} to slot {@code slots[i]} of {@code to}, for every i. */
    void gather(MemorySegment from, int base, int[] offsets, MemorySegment to, int[] slots);

    /**
     * Copies slot {@code slots[i]} of {@code from} to slot {@code base + offsets[i]} of {@code to}, inverted where
     * {@code inverted[i]} is all ones rather than 0, for every i.
     */
    void scatter(MemorySegment from, int[] slots, long[] inverted, MemorySegment to, int base, int[] offsets);

    /** Rows into slots of as many words. */
    Packing packing();

    /** Slots of as many words into counts. */
    Counting counting();

    /** Tests of floats. */
    FloatTests floatTests();

    /** The vector form where this machine has it, unless the system property {@code gatewright.vector} is false. */
    static Kernels best() {
        boolean wanted = !"false".equals(System.getProperty("gatewright.vector"));
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return wanted && present ? VectorKernels.create() : new ScalarKernels();
    }
}
