package dev.gatewright.train;

import dev.gatewright.relax.Covariance;
import dev.gatewright.relax.Light;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarBitKernels} on 256-bit vectors, operation by operation. */
final class VectorBitKernels implements BitKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final int TILE = Kernels.TILE;
    private static final int LANES = Kernels.LANES;

    /** Shifts that bring the bits of eight samples to the sign, for each eight of a tile. */
    private static final int[] TO_SIGN =
            IntStream.rangeClosed(1, TILE).map(sample -> TILE - sample).toArray();

    private static final IntVector ONE = FloatVector.broadcast(SPECIES, 1).reinterpretAsInts();

    /** All bits in the lanes of samples {@code j} to {@code j + 7} whose bit is one, none in others. */
    private static IntVector spread(IntVector word, int j) {
        return word.lanewise(VectorOperators.LSHL, IntVector.fromArray(INTS, TO_SIGN, j))
                .lanewise(VectorOperators.ASHR, 31);
    }

    private static FloatVector where(IntVector spread, FloatVector values) {
        return values.reinterpretAsInts().and(spread).reinterpretAsFloats();
    }

    @Override
    public void tables(Relaxation relaxation, float[] parameters, boolean[] swapped, int[] tables, int from, int to) {
        switch (relaxation) {
            case Softmax16 ignored -> {
                for (int block = from; block < to; block++) {
                    if (favourites(parameters, block, tables)) {
                        Blocks.tables(relaxation, parameters, swapped, tables, block, block + 1);
                    }
                }
            }
            case Light light -> {
                switch (light.estimator()) {
                    case SIGMOID -> {
                        for (int block = from; block < to; block++) {
                            signs(parameters, block, tables);
                        }
                    }
                    case SINE -> Blocks.tables(relaxation, parameters, swapped, tables, from, to);
                }
            }
            case Covariance ignored -> Blocks.tables(relaxation, parameters, swapped, tables, from, to);
        }
    }

    /** Writes the functions with the largest logits; returns whether some may have others as large. */
    private static boolean favourites(float[] logits, int block, int[] tables) {
        int from = block * Softmax16.FUNCTIONS * LANES;
        FloatVector best = FloatVector.fromArray(SPECIES, logits, from);
        IntVector table = IntVector.zero(INTS);
        VectorMask<Float> tie = SPECIES.maskAll(false);
        for (int t = 1; t < Softmax16.FUNCTIONS; t++) {
            FloatVector logit = FloatVector.fromArray(SPECIES, logits, from + t * LANES);
            tie = tie.or(logit.compare(VectorOperators.EQ, best));
            VectorMask<Float> larger = logit.compare(VectorOperators.GT, best);
            best = best.blend(logit, larger);
            table = table.blend(t, larger.cast(INTS));
        }
        table.intoArray(tables, block * LANES);
        return tie.anyTrue();
    }

    /** Writes which entries are not negative. */
    private static void signs(float[] entries, int block, int[] tables) {
        IntVector table = IntVector.zero(INTS);
        for (int i = 0; i < Relaxation.CORNERS; i++) {
            FloatVector entry = FloatVector.fromArray(SPECIES, entries, (block * Relaxation.CORNERS + i) * LANES);
            IntVector bit = IntVector.zero(INTS)
                    .blend(1 << i, entry.compare(VectorOperators.GE, 0).cast(INTS));
            table = table.or(bit);
        }
        table.intoArray(tables, block * LANES);
    }

    @Override
    public void forwardSums(LayerPlan plan, int[] functions, int[] bits, int in, float[] slab, int sums) {
        for (int k = 0; k < plan.gates; k++) {
            add(BitKernels.word(plan, functions, bits, in, k), slab, sums + plan.out[k] * TILE);
        }
    }

    private static void add(int word, float[] slab, int to) {
        IntVector all = IntVector.broadcast(INTS, word);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector ones = spread(all, j).and(ONE).reinterpretAsFloats();
            FloatVector.fromArray(SPECIES, slab, to + j).add(ones).intoArray(slab, to + j);
        }
    }

    @Override
    public void expand(int[] bits, int from, int rows, float[] slab, int to) {
        for (int row = 0; row < rows; row++) {
            IntVector all = IntVector.broadcast(INTS, bits[from + row]);
            for (int j = 0; j < TILE; j += LANES) {
                FloatVector ones = spread(all, j).and(ONE).reinterpretAsFloats();
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
            float[] sums,
            boolean first) {
        for (int k = 0; k < plan.gates; k++) {
            gateBackward(
                    coefficients,
                    k * Kernels.COEFFICIENTS,
                    plan.keepEnter[k],
                    plan.keepLeave[k],
                    bits[in + plan.enter[k]],
                    bits[in + plan.leave[k]],
                    slab,
                    inGradient + plan.enterGradient[k] * TILE,
                    inGradient + plan.leaveGradient[k] * TILE,
                    outGradient + plan.outGradient[k] * TILE,
                    sums,
                    k * Kernels.SUMS,
                    first);
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
            int s,
            boolean first) {
        FloatVector ca = FloatVector.broadcast(SPECIES, coefficients[c + 1]);
        FloatVector cb = FloatVector.broadcast(SPECIES, coefficients[c + 2]);
        FloatVector cab = FloatVector.broadcast(SPECIES, coefficients[c + 3]);
        IntVector allA = IntVector.broadcast(INTS, a);
        IntVector allB = IntVector.broadcast(INTS, b);
        FloatVector keepA = FloatVector.broadcast(SPECIES, keepEnter);
        FloatVector keepB = FloatVector.broadcast(SPECIES, keepLeave);
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector sumA = FloatVector.zero(SPECIES);
        FloatVector sumB = FloatVector.zero(SPECIES);
        FloatVector sumAb = FloatVector.zero(SPECIES);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector delta = FloatVector.fromArray(SPECIES, slab, g + j);
            IntVector spreadB = spread(allB, j);
            FloatVector deltaA = where(spread(allA, j), delta);
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
        VectorKernels.addSums(sum, sumA, sumB, sumAb, sums, s, first);
    }

    @Override
    public void backwardFirst(
            LayerPlan plan, int[] bits, int in, float[] slab, int outGradient, float[] sums, boolean first) {
        for (int k = 0; k < plan.gates; k++) {
            gateSums(
                    bits[in + plan.enter[k]],
                    bits[in + plan.leave[k]],
                    slab,
                    outGradient + plan.outGradient[k] * TILE,
                    sums,
                    k * Kernels.SUMS,
                    first);
        }
    }

    private static void gateSums(int a, int b, float[] slab, int g, float[] sums, int s, boolean first) {
        IntVector allA = IntVector.broadcast(INTS, a);
        IntVector allB = IntVector.broadcast(INTS, b);
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector sumA = FloatVector.zero(SPECIES);
        FloatVector sumB = FloatVector.zero(SPECIES);
        FloatVector sumAb = FloatVector.zero(SPECIES);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector delta = FloatVector.fromArray(SPECIES, slab, g + j);
            IntVector spreadB = spread(allB, j);
            FloatVector deltaA = where(spread(allA, j), delta);
            sum = sum.add(delta);
            sumA = sumA.add(deltaA);
            sumB = sumB.add(where(spreadB, delta));
            sumAb = sumAb.add(where(spreadB, deltaA));
        }
        VectorKernels.addSums(sum, sumA, sumB, sumAb, sums, s, first);
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
                    outGradient + plan.outGradient[k] * TILE,
                    gradients,
                    2 * k * TILE);
        }
    }

    private static void slots(
            float[] coefficients, int c, int a, int b, float[] slab, int g, float[] gradients, int to) {
        FloatVector ca = FloatVector.broadcast(SPECIES, coefficients[c + 1]);
        FloatVector cb = FloatVector.broadcast(SPECIES, coefficients[c + 2]);
        FloatVector cab = FloatVector.broadcast(SPECIES, coefficients[c + 3]);
        IntVector allA = IntVector.broadcast(INTS, a);
        IntVector allB = IntVector.broadcast(INTS, b);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector delta = FloatVector.fromArray(SPECIES, slab, g + j);
            cab.fma(where(spread(allB, j), delta), ca.mul(delta)).intoArray(gradients, to + j);
            cab.fma(where(spread(allA, j), delta), cb.mul(delta)).intoArray(gradients, to + TILE + j);
        }
    }
}
