package dev.gatewright.train;

import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.ConvShape;
import dev.gatewright.network.Planes;
import dev.gatewright.network.Window;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Where a convolution reads and writes in the memory of a tile. Its input rows are the planes with their border, whose
 * rows stay 0, so that a leaf reads row {@code leaf + position}: no kernel of the inner loops knows of borders, strides
 * or dimensions.
 */
final class ConvPlan {
    /** Positions whose values a thread holds at once, so that a tree's are found in the nearest cache. */
    private static final int POSITIONS = 16;

    /** The same for outputs on the way back, which takes a gradient beside each value. */
    private static final int OUTPUTS = 4;

    final int kernels;
    final int leaves;
    final int gates;
    /** Positions that pooling joins into one output. */
    final int windows;
    /** Outputs of a kernel. */
    final int outputs;

    final int inputRows;
    /** Outputs of a kernel that are computed together, at most. */
    final int strip;
    /** Kernels in the order in which they are visited: by planes, so that what one has read the next finds in a cache. */
    final int[] order;
    /** Leaf of a kernel, kernel after kernel → the row that it reads where the kernel stands at the first position. */
    final int[] leaf;
    /** Output of a kernel and place in its window → how many rows further the leaves read. */
    final int[] position;
    /** Output, kernel after kernel → row. */
    final int[] out;
    /** Output, kernel after kernel → row of its gradient; several outputs of a last layer share one. */
    final int[] gradient;

    private final ConvShape shape;
    private final Window padded;

    ConvPlan(ConvLayer layer, IntUnaryOperator outputRow, GradientRows gradients) {
        shape = layer.shape();
        kernels = shape.kernels();
        leaves = shape.leaves();
        gates = shape.treeGates();
        windows = shape.pool().size();
        outputs = shape.output().size() / kernels;
        padded = shape.padded();
        inputRows = shape.input().channels() * padded.size();
        strip = Math.clamp(POSITIONS / windows, 1, OUTPUTS);
        order = IntStream.range(0, kernels)
                .boxed()
                .sorted(Comparator.comparingInt(kernel -> firstPlane(layer, kernel)))
                .mapToInt(Integer::intValue)
                .toArray();
        leaf = new int[kernels * leaves];
        for (int i = 0; i < leaf.length; i++) {
            leaf[i] = rowOfPlace(layer.place(i / leaves, i % leaves));
        }
        position = new int[outputs * windows];
        for (int i = 0; i < position.length; i++) {
            Window at = shape.position(i / windows, i % windows);
            Window stride = shape.stride();
            position[i] =
                    row(0, at.slices() * stride.slices(), at.rows() * stride.rows(), at.columns() * stride.columns());
        }
        out = new int[layer.outputs()];
        gradient = gradients.ofWire();
        for (int i = 0; i < out.length; i++) {
            out[i] = outputRow.applyAsInt(i);
        }
    }

    private static int firstPlane(ConvLayer layer, int kernel) {
        return IntStream.range(0, layer.shape().leaves())
                .map(leaf -> layer.shape().plane(layer.place(kernel, leaf)))
                .min()
                .orElseThrow();
    }

    private int row(int plane, int slice, int row, int column) {
        return ((plane * padded.slices() + slice) * padded.rows() + row) * padded.columns() + column;
    }

    /** The row of input {@code wire}. */
    int rowOfWire(int wire) {
        Planes input = shape.input();
        int line = wire / input.columns();
        int slice = line / input.rows();
        return row(
                slice / input.slices(),
                slice % input.slices() + shape.pad().slices(),
                line % input.rows() + shape.pad().rows(),
                wire % input.columns() + shape.pad().columns());
    }

    /** The row at place {@code place} of the field where a kernel stands at the first position. */
    int rowOfPlace(int place) {
        Window at = shape.inField(place);
        return row(shape.plane(place), at.slices(), at.rows(), at.columns());
    }

    /** Makes a leaf, counted over all kernels, read place {@code place} from now on. */
    void read(int slot, int place) {
        leaf[slot] = rowOfPlace(place);
    }

    /** Nodes of a tree: its leaves, then its gates. */
    int nodes() {
        return leaves + gates;
    }

    /** Floats that the passes need beside inputs and outputs. */
    int scratch() {
        return nodes() * strip * Kernels.TILE * windows + gates * ConvStrip.TOTALS;
    }

    /** Floats in which the forward pass keeps for the backward pass which positions won. */
    long winners() {
        return windows == 1 ? 0 : (long) kernels * outputs * Kernels.TILE;
    }
}
