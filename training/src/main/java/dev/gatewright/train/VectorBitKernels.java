package dev.gatewright.train;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarBitKernels} on 256-bit vectors, operation by operation. */
final class VectorBitKernels implements BitKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final int TILE = Kernels.TILE;
    private static final int LANES = Kernels.LANES;

    /** Shifts that bring the bits of the first eight samples to the sign. */
    private static final IntVector TO_SIGN = IntVector.fromArray(INTS, new int[] {31, 30, 29, 28, 27, 26, 25, 24}, 0);

    private static final IntVector ONE = FloatVector.broadcast(SPECIES, 1).reinterpretAsInts();

    /** All bits in the lanes of samples {@code j} to {@code j + 7} whose bit is one, none in others. */
    private static IntVector spread(int word, int j) {
        return IntVector.broadcast(INTS, word >>> j)
                .lanewise(VectorOperators.LSHL, TO_SIGN)
                .lanewise(VectorOperators.ASHR, 31);
    }

    private static FloatVector where(IntVector spread, FloatVector values) {
        return values.reinterpretAsInts().and(spread).reinterpretAsFloats();
    }

    @Override
    public void forwardSums(LayerPlan plan, int[] functions, int[] bits, int in, float[] slab, int sums) {
        for (int k = 0; k < plan.gates; k++) {
            add(BitKernels.word(plan, functions, bits, in, k), slab, sums + plan.out[k] * TILE);
        }
    }

    private static void add(int word, float[] slab, int to) {
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector ones = spread(word, j).and(ONE).reinterpretAsFloats();
            FloatVector.fromArray(SPECIES, slab, to + j).add(ones).intoArray(slab, to + j);
        }
    }

    @Override
    public void expand(int[] bits, int from, int rows, float[] slab, int to) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < TILE; j += LANES) {
                FloatVector ones = spread(bits[from + row], j).and(ONE).reinterpretAsFloats();
                ones.intoArray(slab, to + row * TILE + j);
            }
        }
    }

    @Override
    public void backward(
            LayerPlan plan,
            float[] coefficients,
            int[] bits,
            int in,
            float[] slab,
            int outGradient,
            int inGradient,
            float[] sums) {
        for (int k = 0; k < plan.gates; k++) {
            gateBackward(
                    coefficients,
                    k * Kernels.COEFFICIENTS,
                    plan.keepEnter[k],
                    plan.keepLeave[k],
                    bits[in + plan.enter[k]],
                    bits[in + plan.leave[k]],
                    slab,
                    inGradient + plan.enter[k] * TILE,
                    inGradient + plan.leave[k] * TILE,
                    outGradient + plan.out[k] * TILE,
                    sums,
                    k * Kernels.SUMS);
        }
    }

    private static void gateBackward(
            float[] coefficients,
            int c,
            float keepEnter,
            float keepLeave,
            int a,
            int b,
            float[] slab,
            int enter,
            int leave,
            int g,
            float[] sums,
            int s) {
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
            FloatVector delta = FloatVector.fromArray(SPECIES, slab, g + j);
            IntVector spreadB = spread(b, j);
            FloatVector deltaA = where(spread(a, j), delta);
            FloatVector deltaB = where(spreadB, delta);
            FloatVector oldA = FloatVector.fromArray(SPECIES, slab, enter + j);
            keepA.fma(oldA, cab.fma(deltaB, ca.mul(delta))).intoArray(slab, enter + j);
            FloatVector oldB = FloatVector.fromArray(SPECIES, slab, leave + j);
            keepB.fma(oldB, cab.fma(deltaA, cb.mul(delta))).intoArray(slab, leave + j);
            sum = sum.add(delta);
            sumA = sumA.add(deltaA);
            sumB = sumB.add(deltaB);
            sumAb = sumAb.add(where(spreadB, deltaA));
        }
        VectorKernels.addSums(sum, sumA, sumB, sumAb, sums, s);
    }

    @Override
    public void backwardFirst(LayerPlan plan, int[] bits, int in, float[] slab, int outGradient, float[] sums) {
        for (int k = 0; k < plan.gates; k++) {
            gateSums(
                    bits[in + plan.enter[k]],
                    bits[in + plan.leave[k]],
                    slab,
                    outGradient + plan.out[k] * TILE,
                    sums,
                    k * Kernels.SUMS);
        }
    }

    private static void gateSums(int a, int b, float[] slab, int g, float[] sums, int s) {
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector sumA = FloatVector.zero(SPECIES);
        FloatVector sumB = FloatVector.zero(SPECIES);
        FloatVector sumAb = FloatVector.zero(SPECIES);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector delta = FloatVector.fromArray(SPECIES, slab, g + j);
            sum = sum.add(delta);
            sumA = sumA.add(where(spread(a, j), delta));
            sumB = sumB.add(where(spread(b, j), delta));
            sumAb = sumAb.add(where(spread(a & b, j), delta));
        }
        VectorKernels.addSums(sum, sumA, sumB, sumAb, sums, s);
    }

    @Override
    public void inputGradients(
            LayerPlan plan,
            float[] coefficients,
            int[] bits,
            int in,
            float[] slab,
            int outGradient,
            float[] gradients) {
        for (int k = 0; k < plan.gates; k++) {
            slots(
                    coefficients,
                    k * Kernels.COEFFICIENTS,
                    bits[in + plan.enter[k]],
                    bits[in + plan.leave[k]],
                    slab,
                    outGradient + plan.out[k] * TILE,
                    gradients,
                    2 * k * TILE);
        }
    }

    private static void slots(
            float[] coefficients, int c, int a, int b, float[] slab, int g, float[] gradients, int to) {
        FloatVector ca = FloatVector.broadcast(SPECIES, coefficients[c + 1]);
        FloatVector cb = FloatVector.broadcast(SPECIES, coefficients[c + 2]);
        FloatVector cab = FloatVector.broadcast(SPECIES, coefficients[c + 3]);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector delta = FloatVector.fromArray(SPECIES, slab, g + j);
            cab.fma(where(spread(b, j), delta), ca.mul(delta)).intoArray(gradients, to + j);
            cab.fma(where(spread(a, j), delta), cb.mul(delta)).intoArray(gradients, to + TILE + j);
        }
    }
}
