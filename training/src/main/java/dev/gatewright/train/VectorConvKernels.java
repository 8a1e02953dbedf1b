package dev.gatewright.train;

import static dev.gatewright.train.ConvVectors.WIDTH;
import static dev.gatewright.train.ConvVectors.all;
import static dev.gatewright.train.ConvVectors.load;

import jdk.incubator.vector.FloatVector;

/**
 * {@link ScalarConvKernels} on {@link ConvVectors}, operation by operation.
 *
 * <p>No method of a hot loop takes vectors: such a method may be compiled by itself, to so much code that C2 no longer
 * inlines it ({@code -XX:InlineSmallCode}), and then every vector goes to it through memory, ten times as slow.
 */
final class VectorConvKernels implements ConvKernels {
    private static final int TILE = Kernels.TILE;
    private static final int LANES = ConvStrip.LANES;

    @Override
    public void leafGates(ConvStrip at) {
        for (int gate = 0; gate < at.plan.leaves / 2; gate++) {
            leafGate(at, gate, at.in + at.leaf(2 * gate) * TILE, at.in + at.leaf(2 * gate + 1) * TILE);
        }
    }

    private static void leafGate(ConvStrip at, int gate, int a, int b) {
        int c = at.gate(gate) * Kernels.COEFFICIENTS;
        FloatVector c0 = all(at.coefficients[c]);
        FloatVector ca = all(at.coefficients[c + 1]);
        FloatVector cb = all(at.coefficients[c + 2]);
        FloatVector cab = all(at.coefficients[c + 3]);
        float[] slab = at.slab;
        int to = at.node(at.plan.leaves + gate);
        for (int q = 0; q < at.length; q += TILE) {
            int moved = at.moved(q);
            for (int j = moved; j < moved + TILE; j += WIDTH) {
                FloatVector va = load(slab, a + j);
                FloatVector vb = load(slab, b + j);
                vb.fma(cab.fma(va, cb), ca.fma(va, c0)).intoArray(slab, to + q - moved + j);
            }
        }
    }

    @Override
    public void leafTrees(ConvStrip at) {
        for (int tree = 0; tree < at.plan.leaves / 4; tree++) {
            leafTree(at, tree, at.in + at.leaf(4 * tree) * TILE, at.in + at.leaf(4 * tree + 1) * TILE);
        }
    }

    private static void leafTree(ConvStrip at, int tree, int leaf0, int leaf1) {
        float[] coefficients = at.coefficients;
        int c = at.gate(2 * tree) * Kernels.COEFFICIENTS;
        FloatVector l0 = all(coefficients[c]);
        FloatVector la = all(coefficients[c + 1]);
        FloatVector lb = all(coefficients[c + 2]);
        FloatVector lab = all(coefficients[c + 3]);
        FloatVector r0 = all(coefficients[c + 4]);
        FloatVector ra = all(coefficients[c + 5]);
        FloatVector rb = all(coefficients[c + 6]);
        FloatVector rab = all(coefficients[c + 7]);
        int gate = at.plan.leaves / 2 + tree;
        int d = at.gate(gate) * Kernels.COEFFICIENTS;
        FloatVector c0 = all(coefficients[d]);
        FloatVector ca = all(coefficients[d + 1]);
        FloatVector cb = all(coefficients[d + 2]);
        FloatVector cab = all(coefficients[d + 3]);
        float[] slab = at.slab;
        int leaf2 = at.in + at.leaf(4 * tree + 2) * TILE;
        int leaf3 = at.in + at.leaf(4 * tree + 3) * TILE;
        int to = at.node(at.plan.leaves + gate);
        for (int q = 0; q < at.length; q += TILE) {
            int moved = at.moved(q);
            for (int j = 0; j < TILE; j += WIDTH) {
                int from = moved + j;
                FloatVector v0 = load(slab, leaf0 + from);
                FloatVector v1 = load(slab, leaf1 + from);
                FloatVector v2 = load(slab, leaf2 + from);
                FloatVector v3 = load(slab, leaf3 + from);
                FloatVector left = v1.fma(lab.fma(v0, lb), la.fma(v0, l0));
                FloatVector right = v3.fma(rab.fma(v2, rb), ra.fma(v2, r0));
                right.fma(cab.fma(left, cb), ca.fma(left, c0)).intoArray(slab, to + q + j);
            }
        }
    }

    @Override
    public void gates(ConvStrip at, int from, int to) {
        for (int gate = from; gate < to; gate++) {
            int a = at.node(2 * gate);
            gate(at, at.gate(gate) * Kernels.COEFFICIENTS, a, a + at.span, at.node(at.plan.leaves + gate));
        }
    }

    private static void gate(ConvStrip at, int c, int a, int b, int to) {
        FloatVector c0 = all(at.coefficients[c]);
        FloatVector ca = all(at.coefficients[c + 1]);
        FloatVector cb = all(at.coefficients[c + 2]);
        FloatVector cab = all(at.coefficients[c + 3]);
        float[] slab = at.slab;
        int length = at.length;
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector va = load(slab, a + i);
            FloatVector vb = load(slab, b + i);
            vb.fma(cab.fma(va, cb), ca.fma(va, c0)).intoArray(slab, to + i);
        }
    }

    @Override
    public void gradients(ConvStrip at, int from) {
        for (int gate = at.plan.gates - 1; gate >= from; gate--) {
            for (int lane = 0; lane < LANES; lane += WIDTH) {
                gradient(at, gate, at.node(2 * gate) + lane, at.node(at.plan.leaves + gate) + lane, lane);
            }
        }
    }

    /** Of the samples that are summed in the lanes from {@code lane} on; {@code a} and {@code d} are the first's. */
    private static void gradient(ConvStrip at, int gate, int a, int d, int lane) {
        int c = at.gate(gate) * Kernels.COEFFICIENTS;
        FloatVector ca = all(at.coefficients[c + 1]);
        FloatVector cb = all(at.coefficients[c + 2]);
        FloatVector cab = all(at.coefficients[c + 3]);
        float[] slab = at.slab;
        int span = at.span;
        int totals = at.totals + gate * ConvStrip.TOTALS + lane;
        FloatVector sum = load(slab, totals);
        FloatVector sumA = load(slab, totals + LANES);
        FloatVector sumB = load(slab, totals + 2 * LANES);
        FloatVector sumAb = load(slab, totals + 3 * LANES);
        for (int i = 0; i < at.length; i += LANES) {
            FloatVector va = load(slab, a + i);
            FloatVector vb = load(slab, a + span + i);
            FloatVector delta = load(slab, d + i);
            delta.mul(cab.fma(vb, ca)).intoArray(slab, a + i);
            delta.mul(cab.fma(va, cb)).intoArray(slab, a + span + i);
            FloatVector da = delta.mul(va);
            sum = sum.add(delta);
            sumA = sumA.add(da);
            sumB = delta.fma(vb, sumB);
            sumAb = da.fma(vb, sumAb);
        }
        sum.intoArray(slab, totals);
        sumA.intoArray(slab, totals + LANES);
        sumB.intoArray(slab, totals + 2 * LANES);
        sumAb.intoArray(slab, totals + 3 * LANES);
    }

    @Override
    public void totals(ConvStrip at, int to) {
        for (int gate = 0; gate < to; gate++) {
            for (int lane = 0; lane < LANES; lane += WIDTH) {
                int totals = at.totals + gate * ConvStrip.TOTALS + lane;
                total(at, at.node(2 * gate) + lane, at.node(at.plan.leaves + gate) + lane, totals);
            }
        }
    }

    private static void total(ConvStrip at, int a, int d, int totals) {
        float[] slab = at.slab;
        FloatVector sum = load(slab, totals);
        FloatVector sumA = load(slab, totals + LANES);
        FloatVector sumB = load(slab, totals + 2 * LANES);
        FloatVector sumAb = load(slab, totals + 3 * LANES);
        for (int i = 0; i < at.length; i += LANES) {
            FloatVector vb = load(slab, a + at.span + i);
            FloatVector delta = load(slab, d + i);
            FloatVector da = delta.mul(load(slab, a + i));
            sum = sum.add(delta);
            sumA = sumA.add(da);
            sumB = delta.fma(vb, sumB);
            sumAb = da.fma(vb, sumAb);
        }
        sum.intoArray(slab, totals);
        sumA.intoArray(slab, totals + LANES);
        sumB.intoArray(slab, totals + 2 * LANES);
        sumAb.intoArray(slab, totals + 3 * LANES);
    }

    @Override
    public void addTotals(ConvStrip at, float[] sums) {
        for (int gate = 0; gate < at.plan.gates; gate++) {
            int from = at.totals + gate * ConvStrip.TOTALS;
            VectorKernels.addSums(
                    halves(at.slab, from),
                    halves(at.slab, from + LANES),
                    halves(at.slab, from + 2 * LANES),
                    halves(at.slab, from + 3 * LANES),
                    sums,
                    at.gate(gate) * Kernels.SUMS,
                    false);
        }
    }

    private static FloatVector halves(float[] slab, int at) {
        return FloatVector.fromArray(FloatVector.SPECIES_256, slab, at)
                .add(FloatVector.fromArray(FloatVector.SPECIES_256, slab, at + LANES / 2));
    }

    @Override
    public void pool(ConvStrip at) {
        VectorConvWindows.pool(at);
    }

    @Override
    public void gather(ConvStrip at) {
        VectorConvWindows.gather(at);
    }

    @Override
    public void scatter(ConvStrip at) {
        VectorConvWindows.scatter(at);
    }
}
