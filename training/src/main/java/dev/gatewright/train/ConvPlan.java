package dev.gatewright.train;

import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.ConvShape;
import dev.gatewright.network.Planes;
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

    ConvPlan(ConvLayer layer, IntUnaryOperator outputRow, IntUnaryOperator gradientRow) {
        shape = layer.shape();
        kernels = shape.kernels();
        leaves = shape.leaves();
        gates = shape.treeGates();
        windows = shape.pool().size();
        Planes planes = shape.output();
        outputs = planes.rows() * planes.columns();
        inputRows = shape.input().channels() * paddedRows() * paddedColumns();
        strip = Math.clamp(POSITIONS / windows, 1, OUTPUTS);
        order = IntStream.range(0, kernels)
                .boxed()
                .sorted(Comparator.comparingInt(kernel -> firstPlane(layer, kernel)))
                .mapToInt(Integer::intValue)
                .toArray();
        leaf = new int[kernels * leaves];
        for (int i = 0; i < leaf.length; i++) {
            int kernel = i / leaves;
            leaf[i] = row(layer.leafChannel(kernel, i % leaves), layer.leafRow(kernel, i % leaves))
                    + layer.leafColumn(kernel, i % leaves);
        }
        position = new int[outputs * windows];
        for (int i = 0; i < position.length; i++) {
            int down = i / windows / planes.columns() * shape.pool().rows()
                    + i % windows / shape.pool().columns();
            int across = i / windows % planes.columns() * shape.pool().columns()
                    + i % windows % shape.pool().columns();
            position[i] = row(0, down * shape.stride().rows())
                    + across * shape.stride().columns();
        }
        out = new int[layer.outputs()];
        gradient = new int[layer.outputs()];
        for (int i = 0; i < out.length; i++) {
            out[i] = outputRow.applyAsInt(i);
            gradient[i] = gradientRow.applyAsInt(i);
        }
    }

    private static int firstPlane(ConvLayer layer, int kernel) {
        return IntStream.range(0, layer.shape().leaves())
                .map(leaf -> layer.leafChannel(kernel, leaf))
                .min()
                .orElseThrow();
    }

    private int paddedRows() {
        return shape.input().rows() + 2 * shape.pad().rows();
    }

    private int paddedColumns() {
        return shape.input().columns() + 2 * shape.pad().columns();
    }

    private int row(int channel, int row) {
        return (channel * paddedRows() + row) * paddedColumns();
    }

    /** The row of input {@code wire}. */
    int rowOfWire(int wire) {
        int columns = shape.input().columns();
        int line = wire / columns;
        int rows = shape.input().rows();
        return row(line / rows, line % rows + shape.pad().rows())
                + wire % columns
                + shape.pad().columns();
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
    int winners() {
        return windows == 1 ? 0 : kernels * outputs * Kernels.TILE;
    }
}
