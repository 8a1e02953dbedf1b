package dev.gatewright.network;

import dev.gatewright.relax.Relaxation;
import java.util.Optional;

/**
 * A convolution with logic trees, and the OR pooling after it (Petersen et al., NeurIPS 2024): each kernel is a complete
 * binary tree of two-input gates over places of its field, the same gates and places at every position.
 *
 * <p>Gates are counted kernel after kernel, in a kernel level after level from the leaves: gate g of a tree of L leaves
 * reads nodes 2g and 2g + 1, of which the first L are the leaves and node L + g is gate g. Outputs are {@link Planes},
 * one a kernel.
 */
public final class ConvLayer implements Layer {
    /** What a leaf in the border reads: no input, but false. */
    public static final int BORDER = -1;

    private final ConvShape shape;
    private final int[] places;
    private final Optional<LearnedLeaves> learned;
    private final Relaxation relaxation;
    private final Estimator estimator;
    private final float[] parameters;

    /**
     * Takes ownership of the arrays: leaf {@code l} of kernel {@code k} reads {@code places[k · shape.leaves() + l]};
     * parameters are gate after gate.
     *
     * @throws IllegalArgumentException if the arrays do not fit the shape
     */
    public ConvLayer(ConvShape shape, int[] places, Relaxation relaxation, Estimator estimator, float[] parameters) {
        this(shape, places, Optional.empty(), relaxation, estimator, parameters);
        int count = Math.multiplyExact(shape.kernels(), shape.leaves());
        if (places.length != count) {
            throw new IllegalArgumentException(
                    places.length + " leaves for " + shape.kernels() + " trees of " + shape.leaves());
        }
        for (int i = 0; i < count; i++) {
            if (places[i] < 0 || places[i] >= shape.places()) {
                throw new IllegalArgumentException("leaf " + i + " lies outside the field");
            }
        }
    }

    /** The same over leaves that are learnt. */
    public ConvLayer(
            ConvShape shape, LearnedLeaves leaves, Relaxation relaxation, Estimator estimator, float[] parameters) {
        this(shape, new int[0], Optional.of(leaves), relaxation, estimator, parameters);
    }

    private ConvLayer(
            ConvShape shape,
            int[] places,
            Optional<LearnedLeaves> learned,
            Relaxation relaxation,
            Estimator estimator,
            float[] parameters) {
        if (parameters.length != (long) shape.kernels() * shape.treeGates() * relaxation.parameters()) {
            throw new IllegalArgumentException(parameters.length + " parameters for " + shape.kernels() + " trees");
        }
        this.shape = shape;
        this.places = places;
        this.learned = learned;
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

    /** The leaves, where they are learnt. */
    public Optional<LearnedLeaves> learnedLeaves() {
        return learned;
    }

    /** The place that a leaf reads: of learned ones, the one chosen now. */
    public int place(int kernel, int leaf) {
        int slot = kernel * shape.leaves() + leaf;
        return learned.isPresent() ? learned.get().chosen(slot) : places[slot];
    }

    /** The input that a leaf reads where the kernel stands at {@code position}, or {@link #BORDER}. */
    public int input(int kernel, int leaf, Window position) {
        return input(place(kernel, leaf), position);
    }

    /** The input at a place of the field where a kernel stands at {@code position}, or {@link #BORDER}. */
    public int input(int place, Window position) {
        Planes planes = shape.input();
        Window at = shape.inField(place);
        int slice = position.slices() * shape.stride().slices() - shape.pad().slices() + at.slices();
        int row = position.rows() * shape.stride().rows() - shape.pad().rows() + at.rows();
        int column = position.columns() * shape.stride().columns() - shape.pad().columns() + at.columns();
        boolean inside = slice >= 0
                && slice < planes.slices()
                && row >= 0
                && row < planes.rows()
                && column >= 0
                && column < planes.columns();
        int above = (shape.plane(place) * planes.slices() + slice) * planes.rows() + row;
        return inside ? above * planes.columns() + column : BORDER;
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
        return learned.map(LearnedLeaves::wires);
    }
}
