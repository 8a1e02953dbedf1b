package dev.gatewright.train;

import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.LearnedLeaves;
import dev.gatewright.network.LearnedWires;

/**
 * The learned leaves of a convolution in training: their wires, and the rows of their candidates. Scores are added up on
 * the way back, chunk by chunk: a float a leaf and candidate.
 */
final class TrainableLeaves {
    final TrainableWires wires;
    private final LearnedLeaves leaves;
    private final LearnedWires learned;
    private final ConvPlan plan;
    private final WireKernels kernels;
    private final int sumsFrom;
    /** Slot and candidate → row at the first position; where all are candidates, kernel and candidate. */
    private final int[] rows;

    /** @param sumsFrom where the scores stand in the sums of a chunk */
    TrainableLeaves(ConvLayer layer, ConvPlan plan, int sumsFrom, WireKernels kernels, int threads) {
        this.leaves = layer.learnedLeaves().orElseThrow();
        this.learned = leaves.wires();
        this.plan = plan;
        this.sumsFrom = sumsFrom;
        this.kernels = kernels;
        this.rows = new int[learned.gateInputs() / slotsPerRows() * learned.candidates()];
        this.wires =
                TrainableWires.summed(learned, plan.inputRows, sumsFrom, this::read, this::findRows, kernels, threads);
        findRows();
    }

    private void read(int slot, int input) {
        if (slot < learned.gateInputs()) {
            plan.read(slot, leaves.place(slot, input));
        }
    }

    /** Slots that share their candidates. */
    private int slotsPerRows() {
        return learned.choosesAmongAll() ? plan.leaves : 1;
    }

    private void findRows() {
        int candidates = learned.candidates();
        for (int i = 0; i < rows.length; i++) {
            int slot = i / candidates * slotsPerRows();
            rows[i] = plan.rowOfPlace(leaves.place(slot, learned.candidate(slot, i % candidates)));
        }
    }

    /** Floats of the scores. */
    int sums() {
        return Math.multiplyExact(learned.gateInputs(), learned.candidates());
    }

    int candidates() {
        return learned.candidates();
    }

    /** Rows of candidates where the kernel stands at the first position. */
    int[] rows() {
        return rows;
    }

    /** Where the rows of the candidates of slot {@code slot} start. */
    int rowsAt(int slot) {
        return slot / slotsPerRows() * learned.candidates();
    }

    /** Where the scores of slot {@code slot} start in the sums of a chunk. */
    int sumsAt(int slot) {
        return sumsFrom + slot * learned.candidates();
    }

    /** What scores candidates on the way back through tile {@code tile}, whose input rows start at {@code slab[in]}. */
    LeafScores scores(int tile, float[] slab, int in, float[] sums) {
        return new LeafScores(this, kernels, plan, wires.batch.keep(tile, slab, in), sums);
    }
}
