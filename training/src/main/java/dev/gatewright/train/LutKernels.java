package dev.gatewright.train;

import dev.gatewright.relax.TableRelaxation;

/**
 * The inner loops of layers of larger gates, as twins that give the same bytes, like {@link Kernels}.
 *
 * <p>With the inputs of a gate of k inputs cut into the first three (low) and the others (high), its output is
 * {@code Σ_h W_h · (Σ_l E_hl · w_l)}: w are the products of the low inputs or what they lack to 1, eight of them; W those
 * of the high inputs, H = 2ᵏ⁻³; E the entries. So forward takes 8·H multiplications a sample, the input gradients twice
 * and the entry gradients once as many. A gate of two inputs is one of three whose last is 0.
 *
 * <p>Entries and their sums are {@link LutPlan#stride} floats a gate.
 */
sealed interface LutKernels permits ScalarLutKernels, VectorLutKernels {
    /** Floats that the passes need in a thread's slab, zeros at first. */
    int SCRATCH = 17 * Kernels.TILE;

    /** Computes every gate's row. */
    void forward(LutPlan plan, float[] entries, float[] slab, int in, int out, int scratch);

    /** Adds to {@code sums} the gradient of every entry over the tile. */
    void entryGradients(LutPlan plan, float[] slab, int in, int outGradient, float[] sums, int scratch);

    /** Adds to the input gradients, which somebody has cleared. */
    void inputGradients(
            LutPlan plan, float[] entries, float[] slab, int in, int outGradient, int inGradient, int scratch);

    /** Adds to the gradients of the gates' inputs as rows, gate after gate, which somebody has cleared. */
    void slotGradients(
            LutPlan plan, float[] entries, float[] slab, int in, int outGradient, float[] gradients, int scratch);

    /** Makes of {@code length} logits their sigmoids, in place. */
    void squash(float[] values, int from, int length);

    /** For every gate, from its output and its output's gradient: the gradient of what was squashed, at {@code to}. */
    void unsquash(LutPlan plan, float[] slab, int out, int outGradient, int to);

    /** Makes {@code high} of numbers of at least one half and {@code low} of others; lengths are multiples of eight. */
    void round(float[] values, int from, float[] rounded, int to, int length, float low, float high);

    /** Computes entries {@code from} to {@code to − 1}, whole gates, from their parameters. */
    void project(LutPlan plan, TableRelaxation relaxation, float[] parameters, float[] entries, int from, int to);

    /**
     * One AdamW step of parameters {@code from} to {@code to − 1}, whole gates, then {@link #project}.
     *
     * @param sums what {@link #entryGradients} left, chunk after chunk, added in that order
     * @param moments first and second moments, laid out like the parameters
     * @param scratch {@link Kernels#SCRATCH} floats of the calling thread
     */
    void update(
            LutPlan plan,
            TableRelaxation relaxation,
            Kernels.AdamStep adam,
            float[][] sums,
            float[] parameters,
            float[][] moments,
            float[] entries,
            int from,
            int to,
            float[] scratch);
}
