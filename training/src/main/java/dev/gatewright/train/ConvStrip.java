package dev.gatewright.train;

import java.util.Arrays;
import java.util.Optional;

/**
 * A few neighbouring outputs of one kernel for a tile of samples: what the stages of a {@link ConvKernels} work on,
 * moved from place to place of a pass.
 *
 * <p>Node {@code n} of the tree has its values at {@code values + n · span}, {@code length} floats of them in use. On the
 * way back its gradients take their place once its reader has seen them.
 */
final class ConvStrip {
    /**
     * Lanes in which samples are summed, whatever the vectors: sample {@code i} in lane {@code i % 16}, in ascending order;
     * then halves, quarters and neighbours of the lanes together.
     */
    static final int LANES = 16;

    /** Lanes of the four sums of a gate: of δ, δa, δb and δab. */
    static final int TOTALS = 4 * LANES;

    private static final int TILE = Kernels.TILE;

    /**
     * One loop over a strip. All stages run from one call site: the compiler then leaves each a method of its own; see
     * {@link TilePasses.Pass}.
     */
    @FunctionalInterface
    interface Stage {
        void run(ConvStrip at);
    }

    final ConvPlan plan;
    final float[] coefficients;
    final float[] slab;
    final int in;
    final int out;
    final int winners;
    final int outGradient;
    final int inGradient;
    final int values;
    final int totals;
    /** Where leaves are learnt, what scores their candidates on the way back. */
    final Optional<LeafScores> scores;

    int span;
    int length;
    int kernel;
    /** The first output of the strip, of those of its kernel. */
    int first;

    int count;

    /**
     * @param in where the input rows start; likewise the others
     * @param scratch {@link ConvPlan#scratch} floats
     */
    ConvStrip(
            ConvPlan plan,
            float[] coefficients,
            float[] slab,
            int in,
            int out,
            int winners,
            int outGradient,
            int inGradient,
            int scratch,
            Optional<LeafScores> scores) {
        this.plan = plan;
        this.coefficients = coefficients;
        this.slab = slab;
        this.in = in;
        this.out = out;
        this.winners = winners;
        this.outGradient = outGradient;
        this.inGradient = inGradient;
        this.scores = scores;
        this.totals = scratch;
        this.values = scratch + plan.gates * TOTALS;
    }

    /** Computes all outputs. */
    void forward(Stage[] stages) {
        span = plan.strip * plan.windows * TILE;
        for (int next : plan.order) {
            kernel = next;
            visit(plan.windows, stages);
        }
    }

    /** Takes the gradients of all outputs back, and adds to {@code sums}. */
    void backward(Stage[] stages, ConvKernels kernels, float[] sums) {
        span = plan.strip * TILE;
        for (int next : plan.order) {
            kernel = next;
            Arrays.fill(slab, totals, values, 0);
            visit(1, stages);
            kernels.addTotals(this, sums);
        }
    }

    /** Runs the stages over all outputs of the kernel, at {@code positions} positions an output. */
    private void visit(int positions, Stage[] stages) {
        for (first = 0; first < plan.outputs; first += plan.strip) {
            count = Math.min(plan.strip, plan.outputs - first);
            length = count * positions * TILE;
            run(stages);
        }
    }

    private void run(Stage[] stages) {
        for (Stage stage : stages) {
            stage.run(this);
        }
    }

    /** The number of an output of the strip among those of the layer. */
    int output(int place) {
        return kernel * plan.outputs + first + place;
    }

    /** Where the winners of the strip stand. */
    int winner() {
        return winners + output(0) * TILE;
    }

    /** Gate {@code gate} of the kernel among those of the layer. */
    int gate(int gate) {
        return kernel * plan.gates + gate;
    }

    /** The row that a leaf reads at the first position. */
    int leaf(int leaf) {
        return plan.leaf[kernel * plan.leaves + leaf];
    }

    /** How many floats further than at the first position what is read for value {@code q} of a node stands. */
    int moved(int q) {
        return plan.position[first * plan.windows + q / TILE] * TILE + q % TILE;
    }

    /** Where node {@code node} starts. */
    int node(int node) {
        return values + node * span;
    }

    /** Where the gradients of an output of the strip stand. */
    int gradient(int place) {
        return outGradient + plan.gradient[output(place)] * TILE;
    }
}
