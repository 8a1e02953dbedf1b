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
import java.util.Arrays;

/**
 * Makes a convolution a stage: all its trees over what one pooled position sees, the pooling included, as one kernel that
 * stands at every pooled position. Over volumes, a kernel sees all slices and has the trees of every pooled slice: the
 * slices of a plane are planes of the grid.
 */
final class Kernel {
    private static final int FALSE_WIRE = 0;

    private final ConvShape shape;
    private final Grid grid;
    private final CircuitBuilder builder;
    private final byte[] tables;
    private final int from;
    private final int[] places;
    private final int fromPlace;
    private final int[] nodes;

    /**
     * Takes truth tables and places of leaves from where the layer's start.
     *
     * @param places those of {@link #places}
     * @throws IllegalArgumentException if a place lies outside the field
     */
    Kernel(ConvLayer layer, byte[] tables, int from, int[] places, int fromPlace) {
        this.shape = layer.shape();
        this.grid = grid(shape);
        this.builder = new CircuitBuilder(grid.kernelInputs());
        this.tables = tables;
        this.from = from;
        this.places = places;
        this.fromPlace = fromPlace;
        int leaves = shape.kernels() * shape.leaves();
        if (Arrays.stream(places, fromPlace, fromPlace + leaves)
                .anyMatch(place -> place < 0 || place >= shape.places())) {
            throw new IllegalArgumentException("a leaf lies outside a field of " + shape.places() + " places");
        }
        this.nodes = new int[shape.leaves() + shape.treeGates()];
    }

    /** The places that the leaves of {@code layer} read now, kernel after kernel. */
    static int[] places(ConvLayer layer) {
        int leaves = layer.shape().leaves();
        int[] places = new int[layer.shape().kernels() * leaves];
        Arrays.setAll(places, slot -> layer.place(slot / leaves, slot % leaves));
        return places;
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
                in.channels() * in.slices(),
                new Extent(in.rows(), in.columns()),
                window,
                new Extent(pool.rows() * stride.rows(), pool.columns() * stride.columns()),
                new Extent(shape.pad().rows(), shape.pad().columns()),
                new Extent(out.rows(), out.columns()));
    }

    Stage stage() {
        int slices = shape.output().slices();
        int[] outputs = new int[shape.kernels() * slices];
        for (int output = 0; output < outputs.length; output++) {
            outputs[output] = pooled(output / slices, output % slices);
        }
        Circuit circuit = builder.build(outputs);
        return new Stage(circuit, grid);
    }

    private int pooled(int kernel, int slice) {
        int any = FALSE_WIRE;
        Window pool = shape.pool();
        for (int i = 0; i < pool.size(); i++) {
            int row = i / pool.columns();
            int root = tree(
                    kernel,
                    (slice * pool.slices() + row / pool.rows()) * shape.stride().slices()
                            - shape.pad().slices(),
                    row % pool.rows() * shape.stride().rows(),
                    i % pool.columns() * shape.stride().columns());
            any = builder.gate(TruthTable.OR, any, root);
        }
        return any;
    }

    /** The root of a tree whose field starts at this slice of the input, and at this row and column of the window. */
    private int tree(int kernel, int deep, int down, int across) {
        int leaves = shape.leaves();
        for (int leaf = 0; leaf < leaves; leaf++) {
            int place = places[fromPlace + kernel * leaves + leaf];
            Window at = shape.inField(place);
            int slices = shape.input().slices();
            int slice = deep + at.slices();
            int plane = shape.plane(place) * slices + slice;
            int row = plane * grid.window().rows() + down + at.rows();
            boolean inside = slice >= 0 && slice < slices;
            nodes[leaf] = inside ? builder.input(row * grid.window().columns() + across + at.columns()) : FALSE_WIRE;
        }
        for (int gate = 0; gate < shape.treeGates(); gate++) {
            int table = tables[from + kernel * shape.treeGates() + gate];
            nodes[leaves + gate] = builder.gate(table, nodes[2 * gate], nodes[2 * gate + 1]);
        }
        return nodes[nodes.length - 1];
    }
}
