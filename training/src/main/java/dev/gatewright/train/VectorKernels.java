package dev.gatewright.train;

import dev.gatewright.relax.Noise;
import dev.gatewright.relax.Relaxation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The training kernels on 256-bit vectors, also where wider ones are there: a fixed width fixes the order of
 * summation and so the bytes of a trained model, and the loops wait for memory, not for arithmetic.
 */
final class VectorKernels implements Kernels {
    private final BitKernels bits = new VectorBitKernels();

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

    static final VectorShuffle<Float> SWAP_HALVES = VectorShuffle.fromValues(SPECIES, 4, 5, 6, 7, 0, 1, 2, 3);
    static final VectorShuffle<Float> SWAP_PAIRS = VectorShuffle.fromValues(SPECIES, 2, 3, 0, 1, 6, 7, 4, 5);
    static final VectorMask<Float> UPPER_HALF = VectorMask.fromLong(SPECIES, 0b11110000);
    static final VectorMask<Float> UPPER_PAIRS = VectorMask.fromLong(SPECIES, 0b11001100);

    private VectorKernels() {}

    /** Through a method, so that nobody links this class before the module is known to be there. */
    static Kernels create() {
        return new VectorKernels();
    }

    /** Whether the machine runs 256-bit float vectors natively. */
    static boolean available() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= SPECIES.vectorBitSize();
    }

    @Override
    public void forward(LayerPlan plan, float[] coefficients, float[] slab, int in, int out) {
        for (int k = 0; k < plan.gates; k++) {
            gate(
                    coefficients,
                    k * COEFFICIENTS,
                    slab,
                    in + plan.enter[k] * TILE,
                    in + plan.leave[k] * TILE,
                    out + plan.out[k] * TILE);
        }
    }

    private static void gate(float[] coefficients, int c, float[] slab, int a, int b, int o) {
        FloatVector c0 = FloatVector.broadcast(SPECIES, coefficients[c]);
        FloatVector ca = FloatVector.broadcast(SPECIES, coefficients[c + 1]);
        FloatVector cb = FloatVector.broadcast(SPECIES, coefficients[c + 2]);
        FloatVector cab = FloatVector.broadcast(SPECIES, coefficients[c + 3]);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector va = FloatVector.fromArray(SPECIES, slab, a + j);
            FloatVector vb = FloatVector.fromArray(SPECIES, slab, b + j);
            vb.fma(cab.fma(va, cb), ca.fma(va, c0)).intoArray(slab, o + j);
        }
    }

    @Override
    public void forwardSums(LayerPlan plan, float[] coefficients, float[] slab, int in, int out) {
        for (int k = 0; k < plan.gates; k++) {
            gateSum(
                    coefficients,
                    k * COEFFICIENTS,
                    slab,
                    in + plan.enter[k] * TILE,
                    in + plan.leave[k] * TILE,
                    out + plan.out[k] * TILE);
        }
    }

    private static void gateSum(float[] coefficients, int c, float[] slab, int a, int b, int o) {
        FloatVector c0 = FloatVector.broadcast(SPECIES, coefficients[c]);
        FloatVector ca = FloatVector.broadcast(SPECIES, coefficients[c + 1]);
        FloatVector cb = FloatVector.broadcast(SPECIES, coefficients[c + 2]);
        FloatVector cab = FloatVector.broadcast(SPECIES, coefficients[c + 3]);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector va = FloatVector.fromArray(SPECIES, slab, a + j);
            FloatVector vb = FloatVector.fromArray(SPECIES, slab, b + j);
            FloatVector sum = FloatVector.fromArray(SPECIES, slab, o + j);
            sum.add(vb.fma(cab.fma(va, cb), ca.fma(va, c0))).intoArray(slab, o + j);
        }
    }

    @Override
    public void backward(
            LayerPlan plan,
            float[] coefficients,
            float[] slab,
            int in,
            int outGradient,
            int inGradient,
            float[] sums,
            boolean first) {
        for (int k = 0; k < plan.gates; k++) {
            gateBackward(
                    coefficients,
                    k * COEFFICIENTS,
                    plan.keepEnter[k],
                    plan.keepLeave[k],
                    slab,
                    in + plan.enter[k] * TILE,
                    in + plan.leave[k] * TILE,
                    outGradient + plan.outGradient[k] * TILE,
                    inGradient + plan.enterGradient[k] * TILE,
                    inGradient + plan.leaveGradient[k] * TILE,
                    sums,
                    k * SUMS,
                    first);
        }
    }

    private static void gateBackward(
            float[] coefficients,
            int c,
            float keepEnter,
            float keepLeave,
            float[] slab,
            int a,
            int b,
            int g,
            int enter,
            int leave,
            float[] sums,
            int s,
            boolean first) {
        FloatVector ca = FloatVector.broadcast(SPECIES, coefficients[c + 1]);
        FloatVector cb = FloatVector.broadcast(SPECIES, coefficients[c + 2]);
        FloatVector cab = FloatVector.broadcast(SPECIES, coefficients[c + 3]);
        FloatVector keepA = FloatVector.broadcast(SPECIES, keepEnter);
        FloatVector keepB = FloatVector.broadcast(SPECIES, keepLeave);
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector sumA = FloatVector.zero(SPECIES);
        FloatVector sumB = FloatVector.zero(SPECIES);
        FloatVector sumAb = FloatVector.zero(SPECIES);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector va = FloatVector.fromArray(SPECIES, slab, a + j);
            FloatVector vb = FloatVector.fromArray(SPECIES, slab, b + j);
            FloatVector vg = FloatVector.fromArray(SPECIES, slab, g + j);
            FloatVector oldA = FloatVector.fromArray(SPECIES, slab, enter + j);
            keepA.fma(oldA, vg.mul(cab.fma(vb, ca))).intoArray(slab, enter + j);
            FloatVector oldB = FloatVector.fromArray(SPECIES, slab, leave + j);
            keepB.fma(oldB, vg.mul(cab.fma(va, cb))).intoArray(slab, leave + j);
            FloatVector ga = vg.mul(va);
            sum = sum.add(vg);
            sumA = sumA.add(ga);
            sumB = vg.fma(vb, sumB);
            sumAb = ga.fma(vb, sumAb);
        }
        addSums(sum, sumA, sumB, sumAb, sums, s, first);
    }

    @Override
    public void backwardFirst(
            LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient, float[] sums, boolean first) {
        for (int k = 0; k < plan.gates; k++) {
            gateSums(
                    slab,
                    in + plan.enter[k] * TILE,
                    in + plan.leave[k] * TILE,
                    outGradient + plan.outGradient[k] * TILE,
                    sums,
                    k * SUMS,
                    first);
        }
    }

    private static void gateSums(float[] slab, int a, int b, int g, float[] sums, int s, boolean first) {
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector sumA = FloatVector.zero(SPECIES);
        FloatVector sumB = FloatVector.zero(SPECIES);
        FloatVector sumAb = FloatVector.zero(SPECIES);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector va = FloatVector.fromArray(SPECIES, slab, a + j);
            FloatVector vb = FloatVector.fromArray(SPECIES, slab, b + j);
            FloatVector vg = FloatVector.fromArray(SPECIES, slab, g + j);
            FloatVector ga = vg.mul(va);
            sum = sum.add(vg);
            sumA = sumA.add(ga);
            sumB = vg.fma(vb, sumB);
            sumAb = ga.fma(vb, sumAb);
        }
        addSums(sum, sumA, sumB, sumAb, sums, s, first);
    }

    /** Reduces four vectors together, which costs half of four reductions, each to two lanes. */
    static void addSums(
            FloatVector sum,
            FloatVector sumA,
            FloatVector sumB,
            FloatVector sumAb,
            float[] sums,
            int s,
            boolean first) {
        FloatVector x = sum.blend(sumA, UPPER_HALF)
                .add(sum.blend(sumA, UPPER_HALF.not()).rearrange(SWAP_HALVES));
        FloatVector y = sumB.blend(sumAb, UPPER_HALF)
                .add(sumB.blend(sumAb, UPPER_HALF.not()).rearrange(SWAP_HALVES));
        FloatVector halves =
                x.blend(y, UPPER_PAIRS).add(x.blend(y, UPPER_PAIRS.not()).rearrange(SWAP_PAIRS));
        if (first) {
            halves.intoArray(sums, s);
        } else {
            FloatVector.fromArray(SPECIES, sums, s).add(halves).intoArray(sums, s);
        }
    }

    @Override
    public void project(
            Relaxation relaxation,
            float sharpness,
            float[] parameters,
            float[] coefficients,
            int from,
            int to,
            float[] scratch) {
        VectorUpdate.project(relaxation, sharpness, parameters, coefficients, from, to, scratch);
    }

    @Override
    public void update(
            Relaxation relaxation,
            float sharpness,
            AdamStep adam,
            float[][] sums,
            float[] seen,
            float[] parameters,
            float[][] moments,
            int from,
            int to,
            float[] scratch) {
        VectorUpdate.update(relaxation, sharpness, adam, sums, seen, parameters, moments, from, to, scratch);
    }

    @Override
    public void perturb(Noise noise, long key, float[] parameters, float[] seen, int from, int to) {
        VectorUpdate.perturb(noise, key, parameters, seen, from, to);
    }

    @Override
    public BitKernels bits() {
        return bits;
    }

    @Override
    public WireKernels wires() {
        return new VectorWireKernels();
    }

    @Override
    public LutKernels luts() {
        return new VectorLutKernels();
    }

    @Override
    public ConvKernels convs() {
        return new VectorConvKernels();
    }
}
