package dev.gatewright.train;

/** The kernels of convolutions in plain Java, which {@link VectorConvKernels} follows operation by operation. */
final class ScalarConvKernels implements ConvKernels {
    private static final int TILE = Kernels.TILE;
    private static final int LANES = ConvStrip.LANES;

    @Override
    public void leafGates(ConvStrip at) {
        for (int gate = 0; gate < at.plan.leaves / 2; gate++) {
            int to = at.node(at.plan.leaves + gate);
            for (int q = 0; q < at.length; q++) {
                at.slab[to + q] = leafGate(at, gate, q);
            }
        }
    }

    @Override
    public void leafTrees(ConvStrip at) {
        int leaves = at.plan.leaves;
        for (int tree = 0; tree < leaves / 4; tree++) {
            int gate = leaves / 2 + tree;
            int to = at.node(leaves + gate);
            for (int q = 0; q < at.length; q++) {
                at.slab[to + q] = value(at, gate, leafGate(at, 2 * tree, q), leafGate(at, 2 * tree + 1, q));
            }
        }
    }

    private static float leafGate(ConvStrip at, int gate, int q) {
        int moved = at.plan.position[at.first * at.plan.windows + q / TILE];
        int a = at.in + (at.leaf(2 * gate) + moved) * TILE + q % TILE;
        int b = at.in + (at.leaf(2 * gate + 1) + moved) * TILE + q % TILE;
        return value(at, gate, at.slab[a], at.slab[b]);
    }

    @Override
    public void gates(ConvStrip at, int from, int to) {
        for (int gate = from; gate < to; gate++) {
            int a = at.node(2 * gate);
            int out = at.node(at.plan.leaves + gate);
            for (int i = 0; i < at.length; i++) {
                at.slab[out + i] = value(at, gate, at.slab[a + i], at.slab[a + at.span + i]);
            }
        }
    }

    private static float value(ConvStrip at, int gate, float a, float b) {
        int c = at.gate(gate) * Kernels.COEFFICIENTS;
        float slope = Math.fma(at.coefficients[c + 3], a, at.coefficients[c + 2]);
        return Math.fma(b, slope, Math.fma(at.coefficients[c + 1], a, at.coefficients[c]));
    }

    @Override
    public void pool(ConvStrip at) {
        int windows = at.plan.windows;
        int root = at.node(at.plan.nodes() - 1);
        for (int p = 0; p < at.count; p++) {
            int out = at.out + at.plan.out[at.output(p)] * TILE;
            for (int j = 0; j < TILE; j++) {
                float best = at.slab[root + p * windows * TILE + j];
                float winner = 0;
                for (int w = 1; w < windows; w++) {
                    float value = at.slab[root + (p * windows + w) * TILE + j];
                    winner = value > best ? w : winner;
                    best = value > best ? value : best;
                }
                at.slab[out + j] = best;
                if (windows > 1) {
                    at.slab[at.winners + at.output(p) * TILE + j] = winner;
                }
            }
        }
    }

    private static int winner(ConvStrip at, int p, int j) {
        return at.plan.windows == 1 ? 0 : (int) at.slab[at.winner() + p * TILE + j];
    }

    @Override
    public void gather(ConvStrip at) {
        ConvPlan plan = at.plan;
        for (int i = 0; i < at.length; i++) {
            at.slab[at.node(plan.nodes() - 1) + i] = at.slab[at.gradient(i / TILE) + i % TILE];
        }
        for (int leaf = 0; leaf < plan.leaves; leaf++) {
            for (int i = 0; i < at.length; i++) {
                int won = (at.first + i / TILE) * plan.windows + winner(at, i / TILE, i % TILE);
                int row = at.leaf(leaf) + plan.position[won];
                at.slab[at.node(leaf) + i] = at.slab[at.in + row * TILE + i % TILE];
            }
        }
    }

    @Override
    public void gradients(ConvStrip at, int from) {
        for (int gate = at.plan.gates - 1; gate >= from; gate--) {
            total(at, gate);
            int a = at.node(2 * gate);
            int b = a + at.span;
            int c = at.gate(gate) * Kernels.COEFFICIENTS;
            for (int i = 0; i < at.length; i++) {
                float delta = at.slab[at.node(at.plan.leaves + gate) + i];
                float toA = delta * Math.fma(at.coefficients[c + 3], at.slab[b + i], at.coefficients[c + 1]);
                float toB = delta * Math.fma(at.coefficients[c + 3], at.slab[a + i], at.coefficients[c + 2]);
                at.slab[a + i] = toA;
                at.slab[b + i] = toB;
            }
        }
    }

    @Override
    public void totals(ConvStrip at, int to) {
        for (int gate = 0; gate < to; gate++) {
            total(at, gate);
        }
    }

    private static void total(ConvStrip at, int gate) {
        int a = at.node(2 * gate);
        int to = at.totals + gate * ConvStrip.TOTALS;
        float[] slab = at.slab;
        for (int i = 0; i < at.length; i++) {
            float delta = slab[at.node(at.plan.leaves + gate) + i];
            float vb = slab[a + at.span + i];
            float da = delta * slab[a + i];
            int lane = to + i % LANES;
            slab[lane] += delta;
            slab[lane + LANES] += da;
            slab[lane + 2 * LANES] = Math.fma(delta, vb, slab[lane + 2 * LANES]);
            slab[lane + 3 * LANES] = Math.fma(da, vb, slab[lane + 3 * LANES]);
        }
    }

    @Override
    public void addTotals(ConvStrip at, float[] sums) {
        for (int gate = 0; gate < at.plan.gates; gate++) {
            int from = at.totals + gate * ConvStrip.TOTALS;
            int to = at.gate(gate) * Kernels.SUMS;
            ScalarKernels.addHalves(halves(at.slab, from), sums, to, false);
            ScalarKernels.addHalves(halves(at.slab, from + 2 * LANES), sums, to + 2, false);
            ScalarKernels.addHalves(halves(at.slab, from + LANES), sums, to + 4, false);
            ScalarKernels.addHalves(halves(at.slab, from + 3 * LANES), sums, to + 6, false);
        }
    }

    private static float[] halves(float[] slab, int at) {
        float[] lanes = new float[Kernels.LANES];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = slab[at + i] + slab[at + lanes.length + i];
        }
        return lanes;
    }

    @Override
    public void scatter(ConvStrip at) {
        ConvPlan plan = at.plan;
        for (int i = 0; i < at.length; i++) {
            int winner = winner(at, i / TILE, i % TILE);
            for (int leaf = 0; leaf < plan.leaves; leaf++) {
                int row = at.leaf(leaf) + plan.position[(at.first + i / TILE) * plan.windows + winner];
                at.slab[at.inGradient + row * TILE + i % TILE] += at.slab[at.node(leaf) + i];
            }
        }
    }
}
