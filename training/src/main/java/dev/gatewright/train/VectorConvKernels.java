package dev.gatewright.train;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels of convolutions on vectors of 512 bits where the machine prefers them, else of 256. Lanes are samples, and sums
 * over samples are those of {@link ConvStrip#LANES} either way, so both widths give the same bytes.
 */
final class VectorConvKernels implements ConvKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.length() >= ConvStrip.LANES
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_256;

    /** Samples of a vector. */
    private static final int WIDTH = SPECIES.length();

    private static final int TILE = Kernels.TILE;
    private static final int LANES = ConvStrip.LANES;

    /** Windows of 2 × 2 have loops of their own. */
    private static final int FOUR = 4;

    private static FloatVector load(float[] slab, int at) {
        return FloatVector.fromArray(SPECIES, slab, at);
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    private static FloatVector zero() {
        return FloatVector.zero(SPECIES);
    }

    private static FloatVector value(
            FloatVector c0, FloatVector ca, FloatVector cb, FloatVector cab, FloatVector a, FloatVector b) {
        return b.fma(cab.fma(a, cb), ca.fma(a, c0));
    }

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
                value(c0, ca, cb, cab, load(slab, a + j), load(slab, b + j)).intoArray(slab, to + q - moved + j);
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
                FloatVector left = value(l0, la, lb, lab, load(slab, leaf0 + from), load(slab, leaf1 + from));
                FloatVector right = value(r0, ra, rb, rab, load(slab, leaf2 + from), load(slab, leaf3 + from));
                value(c0, ca, cb, cab, left, right).intoArray(slab, to + q + j);
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
            value(c0, ca, cb, cab, load(slab, a + i), load(slab, b + i)).intoArray(slab, to + i);
        }
    }

    @Override
    public void pool(ConvStrip at) {
        int windows = at.plan.windows;
        int root = at.node(at.plan.nodes() - 1);
        float[] slab = at.slab;
        for (int p = 0; p < at.count; p++) {
            int out = at.out + at.plan.out[at.output(p)] * TILE;
            int from = root + p * windows * TILE;
            int winners = windows > 1 ? at.winners + at.output(p) * TILE : out;
            for (int j = 0; j < TILE; j += WIDTH) {
                FloatVector best = load(slab, from + j);
                FloatVector winner = zero();
                for (int w = 1; w < windows; w++) {
                    FloatVector value = load(slab, from + w * TILE + j);
                    VectorMask<Float> larger = value.compare(VectorOperators.GT, best);
                    best = best.blend(value, larger);
                    winner = winner.blend(all(w), larger);
                }
                winner.intoArray(slab, winners + j);
                best.intoArray(slab, out + j);
            }
        }
    }

    @Override
    public void gather(ConvStrip at) {
        int root = at.node(at.plan.nodes() - 1);
        for (int i = 0; i < at.length; i += WIDTH) {
            load(at.slab, at.gradient(i / TILE) + i % TILE).intoArray(at.slab, root + i);
        }
        if (at.plan.windows == FOUR) {
            gatherFour(at);
        } else {
            gatherAny(at);
        }
    }

    /** Which position won is found out once for all leaves. */
    private static void gatherFour(ConvStrip at) {
        float[] slab = at.slab;
        int[] position = at.plan.position;
        int leaves = at.plan.leaves;
        for (int i = 0; i < at.length; i += WIDTH) {
            int w = (at.first + i / TILE) * FOUR;
            int lane = at.in + i % TILE;
            int at0 = lane + position[w] * TILE;
            int at1 = lane + position[w + 1] * TILE;
            int at2 = lane + position[w + 2] * TILE;
            int at3 = lane + position[w + 3] * TILE;
            FloatVector winner = load(slab, at.winner() + i);
            VectorMask<Float> is1 = winner.compare(VectorOperators.EQ, 1f);
            VectorMask<Float> is2 = winner.compare(VectorOperators.EQ, 2f);
            VectorMask<Float> is3 = winner.compare(VectorOperators.EQ, 3f);
            for (int leaf = 0; leaf < leaves; leaf++) {
                int row = at.leaf(leaf) * TILE;
                load(slab, at0 + row)
                        .blend(load(slab, at1 + row), is1)
                        .blend(load(slab, at2 + row), is2)
                        .blend(load(slab, at3 + row), is3)
                        .intoArray(slab, at.node(leaf) + i);
            }
        }
    }

    private static void gatherAny(ConvStrip at) {
        float[] slab = at.slab;
        int windows = at.plan.windows;
        for (int leaf = 0; leaf < at.plan.leaves; leaf++) {
            int row = at.in + at.leaf(leaf) * TILE;
            for (int i = 0; i < at.length; i += WIDTH) {
                int w = (at.first + i / TILE) * windows;
                FloatVector value = load(slab, row + at.plan.position[w] * TILE + i % TILE);
                for (int k = 1; k < windows; k++) {
                    FloatVector winner = load(slab, at.winner() + i);
                    FloatVector other = load(slab, row + at.plan.position[w + k] * TILE + i % TILE);
                    value = value.blend(other, winner.compare(VectorOperators.EQ, (float) k));
                }
                value.intoArray(slab, at.node(leaf) + i);
            }
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
                    at.gate(gate) * Kernels.SUMS);
        }
    }

    private static FloatVector halves(float[] slab, int at) {
        return FloatVector.fromArray(FloatVector.SPECIES_256, slab, at)
                .add(FloatVector.fromArray(FloatVector.SPECIES_256, slab, at + LANES / 2));
    }

    @Override
    public void scatter(ConvStrip at) {
        if (at.plan.windows == FOUR) {
            scatterFour(at);
        } else {
            scatterAny(at);
        }
    }

    private static void scatterFour(ConvStrip at) {
        float[] slab = at.slab;
        int[] position = at.plan.position;
        int leaves = at.plan.leaves;
        for (int i = 0; i < at.length; i += WIDTH) {
            int w = (at.first + i / TILE) * FOUR;
            int lane = at.inGradient + i % TILE;
            int at0 = lane + position[w] * TILE;
            int at1 = lane + position[w + 1] * TILE;
            int at2 = lane + position[w + 2] * TILE;
            int at3 = lane + position[w + 3] * TILE;
            FloatVector winner = load(slab, at.winner() + i);
            VectorMask<Float> is0 = winner.compare(VectorOperators.EQ, 0f);
            VectorMask<Float> is1 = winner.compare(VectorOperators.EQ, 1f);
            VectorMask<Float> is2 = winner.compare(VectorOperators.EQ, 2f);
            VectorMask<Float> is3 = winner.compare(VectorOperators.EQ, 3f);
            for (int leaf = 0; leaf < leaves; leaf++) {
                int row = at.leaf(leaf) * TILE;
                FloatVector delta = load(slab, at.node(leaf) + i);
                add(slab, at0 + row, delta, is0);
                add(slab, at1 + row, delta, is1);
                add(slab, at2 + row, delta, is2);
                add(slab, at3 + row, delta, is3);
            }
        }
    }

    private static void add(float[] slab, int at, FloatVector value, VectorMask<Float> where) {
        load(slab, at).add(value, where).intoArray(slab, at);
    }

    private static void scatterAny(ConvStrip at) {
        float[] slab = at.slab;
        int windows = at.plan.windows;
        for (int i = 0; i < at.length; i += WIDTH) {
            FloatVector winner = windows == 1 ? zero() : load(slab, at.winner() + i);
            for (int leaf = 0; leaf < at.plan.leaves; leaf++) {
                FloatVector delta = load(slab, at.node(leaf) + i);
                for (int w = 0; w < windows; w++) {
                    int row = at.leaf(leaf) + at.plan.position[(at.first + i / TILE) * windows + w];
                    add(slab, at.inGradient + row * TILE + i % TILE, delta, winner.compare(VectorOperators.EQ, (float)
                            w));
                }
            }
        }
    }
}
