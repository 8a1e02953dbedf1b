package dev.gatewright.model;

import dev.gatewright.engine.Block;
import dev.gatewright.engine.Executable;

/**
 * One thread's working memory.
 *
 * @param sums counts of the samples of a block
 * @param bytes rows on their way into the block
 * @param columns columns on their way into the block
 * @param row one row of floats
 */
record Worker(Block block, int[] sums, byte[] bytes, float[][] columns, float[] row) {

    /**
     * @param groups counts of a sample
     * @param pixels bytes of a row, or 0
     * @param floats columns of a row, or 0
     */
    static Worker of(Executable executable, int groups, int pixels, int floats) {
        Block block = executable.newBlock();
        int samples = block.samples();
        return new Worker(
                block,
                new int[Math.multiplyExact(samples, groups)],
                new byte[Math.multiplyExact(samples, pixels)],
                new float[floats][samples],
                new float[pixels + floats]);
    }

    /** Takes samples, numbered from {@code first} on, into the block. */
    @FunctionalInterface
    interface Feed<S> {
        void load(Worker worker, S samples, int first, int rows);
    }

    /** Takes the results of samples, numbered from {@code first} on, out of a block that has run. */
    @FunctionalInterface
    interface Sink<T> {
        void take(Worker worker, T results, int first, int rows);
    }
}
