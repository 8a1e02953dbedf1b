package dev.gatewright.train;

import java.util.Arrays;

/** Where a gate of a {@link LutPlan} reads and writes: moved from gate to gate of a pass. */
final class LutGate {
    private static final int TILE = Kernels.TILE;

    // Places in the scratch memory: eight rows of values and eight of weights, then a row of zeros, which stands for
    // inputs that a gate lacks.
    static final int VALUES = 0;
    static final int WEIGHTS = VALUES + 8 * TILE;
    private static final int ZEROS = WEIGHTS + 8 * TILE;

    /**
     * A gate's tile through one stage of a pass. All stages run from one call site: the compiler then leaves each a
     * method of its own; see {@link TilePasses.Pass}.
     */
    @FunctionalInterface
    interface Stage {
        void run(LutGate gate);
    }

    final LutPlan plan;
    final int arity;
    final int high;
    final float[] entries;
    final float[] slab;
    final int scratch;
    int first;
    int x0;
    int x1;
    int x2;
    int x3;
    int x4;
    int x5;
    int out;
    int delta;

    /** Where gradients of inputs go, and where the row of each starts. */
    float[] gradients;

    final int[] to;

    LutGate(LutPlan plan, float[] entries, float[] slab, int scratch) {
        this.plan = plan;
        this.arity = plan.arity;
        this.high = plan.stride / Kernels.LANES;
        this.entries = entries;
        this.slab = slab;
        to = new int[plan.arity];
        this.scratch = scratch;
        Arrays.fill(slab, scratch, scratch + WEIGHTS, 0);
    }

    void place(int gate, int in, int out, int outGradient) {
        first = gate * plan.stride;
        x0 = row(gate, 0, in);
        x1 = row(gate, 1, in);
        x2 = row(gate, 2, in);
        x3 = row(gate, 3, in);
        x4 = row(gate, 4, in);
        x5 = row(gate, 5, in);
        this.out = out + plan.out[gate] * TILE;
        delta = outGradient + plan.gradient[gate] * TILE;
    }

    /** Gradients go to the rows of the wires. */
    void placeInputGradients(int gate, int inGradient) {
        for (int i = 0; i < arity; i++) {
            to[i] = inGradient + plan.reads[gate * arity + i] * TILE;
        }
    }

    /** Gradients go to a row a slot. */
    void placeSlotGradients(int gate) {
        for (int i = 0; i < arity; i++) {
            to[i] = (gate * arity + i) * TILE;
        }
    }

    private int row(int gate, int i, int in) {
        return i < arity ? in + plan.reads[gate * arity + i] * TILE : scratch + ZEROS;
    }

    void run(Stage[] stages) {
        for (Stage stage : stages) {
            stage.run(this);
        }
    }
}
