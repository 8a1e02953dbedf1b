package dev.gatewright.engine;

/**
 * Machine code that counts the outputs of a schedule by groups: a function of the address of slot 0, of the array of
 * the counters that a {@link GroupPlan} lays out, and of {@code offsets}, at a multiple of a cache line.
 *
 * @param code the bytes of the function
 * @param offsets where the slots of outputs are, in bytes, in the order in which it counts them
 */
record CountingProgram(byte[] code, int[] offsets) {}
