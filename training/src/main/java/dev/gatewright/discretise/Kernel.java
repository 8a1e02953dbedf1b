package dev.gatewright.discretise;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.Extent;
import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.Stage;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.ConvShape;
import dev.gatewright.network.Planes;
import dev.gatewright.network.Window;

/**
 * Makes a convolution a stage: all its trees over what one pooled position sees, the pooling included, as one kernel that
 * stands at every pooled position.
 */
final class Kernel {
    private static final int FALSE_WIRE = 0;

    private final ConvLayer layer;
    private final ConvShape shape;
    private final Grid grid;
    private final CircuitBuilder builder;
    private final byte[] tables;
    private final int from;
    private final int[] nodes;

    /** @param from where the layer's truth tables start in {@code tables} */
    Kernel(ConvLayer layer, byte[] tables, int from) {
        this.layer = layer;
        this.shape = layer.shape();
        this.grid = grid(shape);
        this.builder = new CircuitBuilder(grid.kernelInputs());
        this.tables = tables;
        this.from = from;
        this.nodes = new int[shape.leaves() + shape.treeGates()];
    }

    private static Grid grid(ConvShape shape) {
        Planes in = shape.input();
        Planes out = shape.output();
        Window pool = shape.pool();
        Window stride = shape.stride();
        Extent window = new Extent(
                (pool.rows() - 1) * stride.rows() + shape.field().rows(),
                (pool.columns() - 1) * stride.columns() + shape.field().columns());
        return new Grid(
                in.channels(),
                new Extent(in.rows(), in.columns()),
                window,
                new Extent(pool.rows() * stride.rows(), pool.columns() * stride.columns()),
                new Extent(shape.pad().rows(), shape.pad().columns()),
                new Extent(out.rows(), out.columns()));
    }

    Stage stage() {
        int[] outputs = new int[shape.kernels()];
        for (int kernel = 0; kernel < outputs.length; kernel++) {
            outputs[kernel] = pooled(kernel);
        }
        Circuit circuit = builder.build(outputs);
        return new Stage(circuit, grid);
    }

    private int pooled(int kernel) {
        int any = FALSE_WIRE;
        for (int row = 0; row < shape.pool().rows(); row++) {
            for (int column = 0; column < shape.pool().columns(); column++) {
                int root = tree(
                        kernel,
                        row * shape.stride().rows(),
                        column * shape.stride().columns());
                any = builder.gate(TruthTable.OR, any, root);
            }
        }
        return any;
    }

    /** The root of a tree whose field starts at this row and column of the window. */
    private int tree(int kernel, int down, int across) {
        int leaves = shape.leaves();
        for (int leaf = 0; leaf < leaves; leaf++) {
            int row = down + layer.leafRow(kernel, leaf);
            int column = across + layer.leafColumn(kernel, leaf);
            int plane = layer.leafChannel(kernel, leaf);
            nodes[leaf] = builder.input(
                    (plane * grid.window().rows() + row) * grid.window().columns() + column);
        }
        for (int gate = 0; gate < shape.treeGates(); gate++) {
            int table = tables[from + kernel * shape.treeGates() + gate];
            nodes[leaves + gate] = builder.gate(table, nodes[2 * gate], nodes[2 * gate + 1]);
        }
        return nodes[nodes.length - 1];
    }
}
