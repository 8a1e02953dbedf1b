package dev.gatewright.train;

import static dev.gatewright.train.ConvVectors.WIDTH;
import static dev.gatewright.train.ConvVectors.all;
import static dev.gatewright.train.ConvVectors.load;
import static dev.gatewright.train.ConvVectors.zero;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** What {@link VectorConvKernels} does to windows of pooling: which position wins, and the way back through it. */
final class VectorConvWindows {
    private static final int TILE = Kernels.TILE;

    /** Windows of 2 × 2 have loops of their own. */
    private static final int FOUR = 4;

    private VectorConvWindows() {}

    /** {@link ConvKernels#pool}. */
    static void pool(ConvStrip at) {
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

    /** {@link ConvKernels#gather}; which position won is found out once for all leaves. */
    static void gather(ConvStrip at) {
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
        for (int i = 0; i < at.length; i += WIDTH) {
            int w = (at.first + i / TILE) * windows;
            FloatVector winner = winner(at, i);
            for (int leaf = 0; leaf < at.plan.leaves; leaf++) {
                int row = at.in + at.leaf(leaf) * TILE + i % TILE;
                FloatVector value = load(slab, row + at.plan.position[w] * TILE);
                for (int k = 1; k < windows; k++) {
                    FloatVector other = load(slab, row + at.plan.position[w + k] * TILE);
                    value = value.blend(other, winner.compare(VectorOperators.EQ, (float) k));
                }
                value.intoArray(slab, at.node(leaf) + i);
            }
        }
    }

    private static FloatVector winner(ConvStrip at, int i) {
        return at.plan.windows == 1 ? zero() : load(at.slab, at.winner() + i);
    }

    /** {@link ConvKernels#scatter}. */
    static void scatter(ConvStrip at) {
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
                load(slab, at0 + row).add(delta, is0).intoArray(slab, at0 + row);
                load(slab, at1 + row).add(delta, is1).intoArray(slab, at1 + row);
                load(slab, at2 + row).add(delta, is2).intoArray(slab, at2 + row);
                load(slab, at3 + row).add(delta, is3).intoArray(slab, at3 + row);
            }
        }
    }

    private static void scatterAny(ConvStrip at) {
        float[] slab = at.slab;
        int windows = at.plan.windows;
        for (int i = 0; i < at.length; i += WIDTH) {
            FloatVector winner = winner(at, i);
            for (int leaf = 0; leaf < at.plan.leaves; leaf++) {
                FloatVector delta = load(slab, at.node(leaf) + i);
                for (int w = 0; w < windows; w++) {
                    int row = at.leaf(leaf) + at.plan.position[(at.first + i / TILE) * windows + w];
                    int to = at.inGradient + row * TILE + i % TILE;
                    VectorMask<Float> won = winner.compare(VectorOperators.EQ, (float) w);
                    load(slab, to).add(delta, won).intoArray(slab, to);
                }
            }
        }
    }
}
