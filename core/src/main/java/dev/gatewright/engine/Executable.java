package dev.gatewright.engine;

import dev.gatewright.bits.BitMatrix;

/** A circuit ready to run. Safe for use by several threads at once. */
public interface Executable extends AutoCloseable {
    /** What runs it, for people to read: {@code "native (x86-64 with AVX2)"}. */
    String engine();

    int inputs();

    int outputs();

    /** The inputs on which the circuit can depend, ascending; no other is ever read. */
    int[] inputsRead();

    /**
     * Working memory for one thread.
     *
     * @throws IllegalStateException if this executable is closed
     */
    Block newBlock();

    /**
     * Evaluates the circuit on every sample.
     *
     * @param threads how many threads share the samples, at least 1; the result is the same for any number
     * @throws IllegalArgumentException if {@code in} has other than {@link #inputs()} bits
     */
    BitMatrix evaluate(BitMatrix in, int threads);

    /**
     * Counts the true outputs of each group, outputs being split into {@code groups} contiguous groups of equal size.
     *
     * @return {@code samples · groups} counts, sample after sample
     * @throws IllegalArgumentException if the outputs do not divide into the groups
     */
    int[] groupSums(BitMatrix in, int groups, int threads);

    /** Ends the use of this executable; blocks made before may no longer be used. */
    @Override
    void close();
}
