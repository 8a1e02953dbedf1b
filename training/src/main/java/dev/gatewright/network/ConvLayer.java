package dev.gatewright.network;

import dev.gatewright.relax.Relaxation;
import java.util.Optional;

/**
 * A convolution with logic trees, and the OR pooling after it (Petersen et al., NeurIPS 2024): each kernel is a complete
 * binary tree of two-input gates over fixed places of its field, the same gates at every position.
 *
 * <p>Gates are counted kernel after kernel, in a kernel level after level from the leaves: gate g of a tree of L leaves
 * reads nodes 2g and 2g + 1, of which the first L are the leaves and node L + g is gate g. Outputs are {@link Planes},
 * one a kernel.
 */
public final class ConvLayer implements Layer {
    /** What a leaf in the border reads: no input, but false. */
    public static final int BORDER = -1;

    private final ConvShape shape;
    private final Leaves leaves;
    private final Relaxation relaxation;
    private final Estimator estimator;
    private final float[] parameters;

    /** Where the leaves lie: entry {@code kernel · shape.leaves() + leaf} of each array. */
    public record Leaves(int[] channels, int[] rows, int[] columns) {}

    /**
     * Takes ownership of the arrays; parameters are gate after gate.
     *
     * @throws IllegalArgumentException if the arrays do not fit the shape
     */
    public ConvLayer(ConvShape shape, Leaves leaves, Relaxation relaxation, Estimator estimator, float[] parameters) {
        int count = Math.multiplyExact(shape.kernels(), shape.leaves());
        if (leaves.channels.length != count || leaves.rows.length != count || leaves.columns.length != count) {
            throw new IllegalArgumentException(
                    leaves.channels.length + " leaves for " + shape.kernels() + " trees of " + shape.leaves());
        }
        for (int i = 0; i < count; i++) {
            if (leaves.channels[i] < 0
                    || leaves.channels[i] >= shape.input().channels()
                    || leaves.rows[i] < 0
                    || leaves.rows[i] >= shape.field().rows()
                    || leaves.columns[i] < 0
                    || leaves.columns[i] >= shape.field().columns()) {
                throw new IllegalArgumentException("leaf " + i + " lies outside the field");
            }
        }
        if (parameters.length != (long) shape.kernels() * shape.treeGates() * relaxation.parameters()) {
            throw new IllegalArgumentException(parameters.length + " parameters for " + shape.kernels() + " trees");
        }
        this.shape = shape;
        this.leaves = leaves;
        this.relaxation = relaxation;
        this.estimator = estimator;
        this.parameters = parameters;
    }

    public ConvShape shape() {
        return shape;
    }

    public Relaxation relaxation() {
        return relaxation;
    }

    /** How training estimates the gates. */
    public Estimator estimator() {
        return estimator;
    }

    /** The plane that a leaf reads. */
    public int leafChannel(int kernel, int leaf) {
        return leaves.channels[kernel * shape.leaves() + leaf];
    }

    /** The row of the field in which a leaf lies. */
    public int leafRow(int kernel, int leaf) {
        return leaves.rows[kernel * shape.leaves() + leaf];
    }

    /** The column of the field in which a leaf lies. */
    public int leafColumn(int kernel, int leaf) {
        return leaves.columns[kernel * shape.leaves() + leaf];
    }

    /** The input that a leaf reads where the kernel stands at ({@code down}, {@code across}), or {@link #BORDER}. */
    public int input(int kernel, int leaf, int down, int across) {
        Planes planes = shape.input();
        int row = down * shape.stride().rows() - shape.pad().rows() + leafRow(kernel, leaf);
        int column = across * shape.stride().columns() - shape.pad().columns() + leafColumn(kernel, leaf);
        boolean inside = row >= 0 && row < planes.rows() && column >= 0 && column < planes.columns();
        return inside ? (leafChannel(kernel, leaf) * planes.rows() + row) * planes.columns() + column : BORDER;
    }

    @Override
    public int inputs() {
        return shape.input().size();
    }

    @Override
    public int outputs() {
        return shape.output().size();
    }

    @Override
    public int gates() {
        return shape.kernels() * shape.treeGates();
    }

    @Override
    public long unrolledGates() {
        return shape.unrolledGates();
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public int parametersPerGate() {
        return relaxation.parameters();
    }

    @Override
    public long table(int gate) {
        return relaxation.table(parameters, gate * relaxation.parameters());
    }

    @Override
    public Optional<LearnedWires> learnedWires() {
        return Optional.empty();
    }
}
