package dev.gatewright.engine;

import dev.gatewright.bits.BitMatrix;

/**
 * One thread's working memory of an executable: holds {@link #samples()} samples at a time. Loading, running and
 * reading do not allocate. Not safe for use by several threads at once.
 */
public sealed interface Block permits OneSampleBlock, SlotBlock {
    /** How many samples a block holds: 1, or a multiple of 64. */
    int samples();

    /** Loads the samples from word {@code word} of each plane on, as many as there are and fit. */
    void load(BitMatrix in, int word);

    /**
     * Loads {@code rows} rows of unsigned bytes, beginning with row {@code row}, through their thresholds.
     *
     * @throws IndexOutOfBoundsException if the rows are not within {@code bytes} or more than {@link #samples()}
     */
    void load(PixelBits pixels, byte[] bytes, int row, int rows);

    /**
     * Loads the first {@code rows} rows of columns of floats through their tests.
     *
     * @throws IndexOutOfBoundsException if a column has fewer rows, or they are more than {@link #samples()}
     */
    void load(FloatBits floats, float[][] columns, int rows);

    /** Runs the circuit on what is loaded. */
    void run();

    /** The samples {@code 64 · word} to {@code 64 · word + 63} of an output, after a run. */
    long output(int output, int word);

    /**
     * Writes the number of true outputs of each group, for the first {@code rows} samples of the block: group
     * {@code g} of sample {@code s} to {@code sums[at + s · groups + g]}.
     */
    void groupSums(int groups, int rows, int[] sums, int at);

    /**
     * Writes the group with the most true outputs, the first of them at a tie, for the first {@code rows} samples of
     * the block, to {@code classes[at]} and on.
     *
     * @throws IllegalArgumentException if there are no groups
     */
    void classes(int groups, int rows, int[] classes, int at);
}
