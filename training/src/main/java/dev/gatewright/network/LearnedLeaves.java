package dev.gatewright.network;

/**
 * The leaves of a convolution that learns them: each chooses among candidate places of the field in the planes that its
 * tree reads, as gate inputs choose among wires. Leaf {@code l} of kernel {@code k} of trees of L leaves is slot
 * {@code k · L + l}; what its wires count as input {@code i} is place {@code i % field} of the {@code i / field}-th plane
 * that kernel {@code k} reads.
 */
public final class LearnedLeaves {
    private final LearnedWires wires;
    private final int leaves;
    private final int field;
    private final int planesRead;
    private final int[] planes;

    /**
     * Takes ownership of {@code planes}: those of kernel 0, then as many of kernel 1, and so on.
     *
     * @throws IllegalArgumentException if the wires do not fit kernels, planes and field
     */
    public LearnedLeaves(ConvShape shape, LearnedWires wires, int[] planes) {
        this.wires = wires;
        this.leaves = shape.leaves();
        this.field = shape.field().size();
        this.planesRead = planes.length / shape.kernels();
        this.planes = planes;
        if (planesRead * shape.kernels() != planes.length
                || wires.inputs() != planesRead * field
                || wires.gateInputs() != shape.kernels() * leaves) {
            throw new IllegalArgumentException(wires.gateInputs() + " leaves over " + wires.inputs() + " places and "
                    + planes.length + " planes for " + shape.kernels() + " trees of " + leaves);
        }
    }

    /** The logits and candidates, whose inputs {@link #place} turns into places. */
    public LearnedWires wires() {
        return wires;
    }

    /** The place that input {@code input} of slot {@code slot} is. */
    public int place(int slot, int input) {
        return planes[slot / leaves * planesRead + input / field] * field + input % field;
    }

    /** The place that a slot chooses. */
    public int chosen(int slot) {
        return place(slot, wires.chosen(slot));
    }
}
