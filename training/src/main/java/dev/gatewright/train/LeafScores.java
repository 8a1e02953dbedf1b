package dev.gatewright.train;

import java.util.Arrays;

/**
 * Scores the candidates of learned leaves on the way back through a tile: of each, the sum over positions and samples of
 * the leaf's gradient where the candidate's value there, at the position that won, rounds to one.
 */
final class LeafScores {
    private static final int TILE = Kernels.TILE;
    private static final int LOOK_UPS = WireKernels.LOOK_UPS;

    private final TrainableLeaves leaves;
    private final WireKernels kernels;
    /** The bits of the input rows. */
    private final int[] bits;

    private final float[] sums;
    private final int[] words;
    /** Output of the strip and place in its window → the samples of which it won. */
    private final int[] won;

    private final float[] scores = new float[LOOK_UPS];

    /**
     * @param bits the bits that the values of the input rows round to
     * @param sums where the scores of a chunk are added up
     */
    LeafScores(TrainableLeaves leaves, WireKernels kernels, ConvPlan plan, int[] bits, float[] sums) {
        this.leaves = leaves;
        this.kernels = kernels;
        this.bits = bits;
        this.sums = sums;
        words = new int[plan.strip * LOOK_UPS];
        won = new int[plan.strip * plan.windows];
    }

    /** Adds what the outputs of a strip give, whose leaves' gradients stand in the places of their values. */
    void add(ConvStrip at) {
        findWinners(at);
        int candidates = leaves.candidates();
        for (int leaf = 0; leaf < at.plan.leaves; leaf++) {
            int slot = at.kernel * at.plan.leaves + leaf;
            for (int first = 0; first < candidates; first += LOOK_UPS) {
                int count = Math.min(LOOK_UPS, candidates - first);
                collect(at, leaves.rowsAt(slot) + first, count);
                score(at, at.node(leaf));
                int to = leaves.sumsAt(slot) + first;
                for (int k = 0; k < count; k++) {
                    sums[to + k] += scores[k];
                }
            }
        }
    }

    private void findWinners(ConvStrip at) {
        int windows = at.plan.windows;
        if (windows == 1) {
            return;
        }
        Arrays.fill(won, 0);
        for (int p = 0; p < at.count; p++) {
            int from = at.winner() + p * TILE;
            for (int j = 0; j < TILE; j++) {
                won[p * windows + (int) at.slab[from + j]] |= 1 << j;
            }
        }
    }

    /** The bits of some candidates, output after output. */
    private void collect(ConvStrip at, int from, int count) {
        int[] position = at.plan.position;
        int[] rows = leaves.rows();
        int windows = at.plan.windows;
        for (int p = 0; p < at.count; p++) {
            int w = (at.first + p) * windows;
            for (int k = 0; k < count; k++) {
                int row = rows[from + k];
                int word = bits[row + position[w]];
                if (windows > 1) {
                    word &= won[p * windows];
                    for (int i = 1; i < windows; i++) {
                        word |= bits[row + position[w + i]] & won[p * windows + i];
                    }
                }
                words[p * LOOK_UPS + k] = word;
            }
        }
    }

    private void score(ConvStrip at, int node) {
        Arrays.fill(scores, 0);
        for (int p = 0; p < at.count; p++) {
            kernels.lookUp(at.slab, node + p * TILE, words, p * LOOK_UPS, scores);
        }
    }
}
