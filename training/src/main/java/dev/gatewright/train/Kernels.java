package dev.gatewright.train;

import dev.gatewright.relax.Noise;
import dev.gatewright.relax.Relaxation;

/**
 * The inner loops of training, as twins: {@link VectorKernels} where the Vector API is present, {@link ScalarKernels}
 * everywhere. Both do the same float operations in the same order, so that a training run gives the same bytes on
 * either, on any number of threads.
 *
 * <p>A <em>row</em> is one wire of one tile: {@link #TILE} samples side by side. Coefficients hold four floats a step
 * (constant, enter, leave, product), sums eight: those of δ, δ·leave, δ·enter and δ·enter·leave over the samples, each in two
 * halves, as the last vector of the reduction leaves them.
 */
sealed interface Kernels permits ScalarKernels, VectorKernels {
    /** Samples of a tile: four 256-bit vectors, enough to pay for a gate's coefficients and final reduction. */
    int TILE = 32;

    /** Lanes of the accumulators, and gates of a parameter block. */
    int LANES = 8;

    int COEFFICIENTS = 4;

    int SUMS = 8;

    int SCRATCH = 64 * LANES;

    /**
     * Adding and subtracting these makes zero of what is too small to matter to Adam (its ε is 1e-8), before it becomes
     * a subnormal number, with which many processors calculate a hundred times slower.
     */
    float FLUSH_GRADIENT = 1e-11f;

    float FLUSH_FIRST = 1e-20f;
    float FLUSH_SECOND = 1e-28f;

    /**
     * What an output's gradient must exceed not to be taken for zero, so that those of samples long learnt, some 1e-41, do
     * not go back through all layers as subnormal numbers.
     */
    float LEAST_DELTA = 1e-30f;

    /** The constants of one AdamW step: {@code w −= rate·m/(√(v·unbias)+ε) + shrink·w}. */
    record AdamStep(float beta1, float beta2, float rate, float unbias, float epsilon, float shrink) {}

    /** Computes every gate's row; rows start at {@code slab[in]} and {@code slab[out]}. */
    void forward(LayerPlan plan, float[] coefficients, float[] slab, int in, int out);

    /** As {@link #forward}, but adds to the output rows, which several gates share: the class sums. */
    void forwardSums(LayerPlan plan, float[] coefficients, float[] slab, int in, int out);

    /** Given output gradients, writes input gradients and adds to the sums, or if it is the {@code first} replaces them. */
    void backward(
            LayerPlan plan,
            float[] coefficients,
            float[] slab,
            int in,
            int outGradient,
            int inGradient,
            float[] sums,
            boolean first);

    /** As {@link #backward} for the first layer, which has no input gradients. */
    void backwardFirst(
            LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient, float[] sums, boolean first);

    /**
     * Computes the coefficients of blocks {@code from} to {@code to − 1} from their parameters. A block is
     * {@link #LANES} gates in the order of the trails; parameter {@code p} of lane {@code l} of block {@code i} of a
     * relaxation with P parameters is {@code parameters[(i · P + p) · LANES + l]}.
     *
     * @param sharpness one over the temperature; 1 where the relaxation has none
     * @param scratch {@link #SCRATCH} floats of the calling thread
     */
    void project(
            Relaxation relaxation,
            float sharpness,
            float[] parameters,
            float[] coefficients,
            int from,
            int to,
            float[] scratch);

    /**
     * One AdamW step of blocks {@code from} to {@code to − 1}.
     *
     * @param sums what {@link #backward} left, chunk after chunk, added in that order
     * @param seen where gradients are taken: the parameters, or these with noise
     * @param moments first and second moments, laid out like the parameters
     * @param scratch {@link #SCRATCH} floats of the calling thread
     */
    void update(
            Relaxation relaxation,
            float sharpness,
            AdamStep adam,
            float[][] sums,
            float[] seen,
            float[] parameters,
            float[][] moments,
            int from,
            int to,
            float[] scratch);

    /**
     * Writes parameters {@code from} to {@code to − 1}, multiples of {@link #LANES}, with noise to {@code seen}. The
     * noise of a parameter depends on its place and {@code key} alone.
     */
    void perturb(Noise noise, long key, float[] parameters, float[] seen, int from, int to);

    /** The twins' kernels of gates on bits. */
    BitKernels bits();

    /** The twins' kernels of learned wiring. */
    WireKernels wires();

    /** The twins' kernels of larger gates. */
    LutKernels luts();

    /** The twins' kernels of convolutions. */
    ConvKernels convs();

    /** The fastest kernels of this machine. */
    static Kernels best() {
        return vectors() ? VectorKernels.create() : new ScalarKernels();
    }

    /** Whether 256-bit vectors are there; {@code -Dgatewright.vector=false} says no. */
    static boolean vectors() {
        return Boolean.parseBoolean(System.getProperty("gatewright.vector", "true"))
                && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                && VectorKernels.available();
    }
}
