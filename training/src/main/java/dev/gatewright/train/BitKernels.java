package dev.gatewright.train;

import dev.gatewright.relax.Relaxation;

/**
 * The inner loops of layers that compute with one gate each on wires that carry bits, as twins that do the same float
 * operations in the same order. A wire of a tile is one word, bit {@code j} the value of sample {@code j}: a gate is a
 * few operations on words, and the backward pass reads eight bytes where it would read 256.
 *
 * <p>A gate's <em>function</em> is four words, each no or all bits: whether its output is changed by a constant, by its
 * first wire, by its second, by both.
 */
sealed interface BitKernels permits ScalarBitKernels, VectorBitKernels {
    /** Words of a gate's function. */
    int FUNCTION = Kernels.COEFFICIENTS;

    /**
     * Writes the truth tables of blocks {@code from} to {@code to − 1}, one a gate: {@link Blocks#tables}, perhaps
     * faster.
     */
    void tables(Relaxation relaxation, float[] parameters, boolean[] swapped, int[] tables, int from, int to);

    /** Computes every gate's word; those of the wires start at {@code bits[in]} and {@code bits[out]}. */
    static void forward(LayerPlan plan, int[] functions, int[] bits, int in, int out) {
        for (int k = 0; k < plan.gates; k++) {
            bits[out + plan.out[k]] = word(plan, functions, bits, in, k);
        }
    }

    /** The output of gate {@code k}. */
    static int word(LayerPlan plan, int[] functions, int[] bits, int in, int k) {
        int f = k * FUNCTION;
        int a = bits[in + plan.enter[k]];
        int b = bits[in + plan.leave[k]];
        return functions[f] ^ a & functions[f + 1] ^ b & functions[f + 2] ^ a & b & functions[f + 3];
    }

    /** Adds every gate's outputs to the rows of class sums, which start at {@code slab[sums]}. */
    void forwardSums(LayerPlan plan, int[] functions, int[] bits, int in, float[] slab, int sums);

    /** Writes words as rows of zeros and ones. */
    void expand(int[] bits, int from, int rows, float[] slab, int to);

    /** {@link Kernels#backward} where inputs are words. */
    void backward(
            LayerPlan plan,
            float[] coefficients,
            int[] bits,
            int in,
            float[] slab,
            int outGradient,
            int inGradient,
            float[] sums,
            boolean first);

    /** {@link Kernels#backwardFirst} where inputs are words. */
    void backwardFirst(LayerPlan plan, int[] bits, int in, float[] slab, int outGradient, float[] sums, boolean first);

    /** {@link WireKernels#inputGradients} where inputs are words. */
    void inputGradients(
            LayerPlan plan, float[] coefficients, int[] bits, int in, float[] slab, int outGradient, float[] gradients);
}
