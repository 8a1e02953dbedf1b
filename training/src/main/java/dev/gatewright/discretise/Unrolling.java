package dev.gatewright.discretise;

import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.ConvShape;
import dev.gatewright.network.Planes;

/** Writes a convolution out as gates, position by position; the builder shares what neighbours have in common. */
final class Unrolling {
    private static final int FALSE_WIRE = 0;

    private final CircuitBuilder builder;
    private final ConvLayer layer;
    private final ConvShape shape;
    private final byte[] tables;
    private final int from;
    private final int[] nodes;

    /** @param from where the layer's truth tables start in {@code tables} */
    Unrolling(CircuitBuilder builder, ConvLayer layer, byte[] tables, int from) {
        this.builder = builder;
        this.layer = layer;
        this.shape = layer.shape();
        this.tables = tables;
        this.from = from;
        nodes = new int[shape.leaves() + shape.treeGates()];
    }

    /** The wires of the layer's outputs, given those of its inputs. */
    int[] outputs(int[] inputs) {
        Planes planes = shape.output();
        int[] outputs = new int[planes.size()];
        int at = 0;
        for (int kernel = 0; kernel < shape.kernels(); kernel++) {
            for (int row = 0; row < planes.rows(); row++) {
                for (int column = 0; column < planes.columns(); column++) {
                    outputs[at++] = pooled(
                            kernel,
                            row * shape.pool().rows(),
                            column * shape.pool().columns(),
                            inputs);
                }
            }
        }
        return outputs;
    }

    private int pooled(int kernel, int down, int across, int[] inputs) {
        int any = FALSE_WIRE;
        for (int row = 0; row < shape.pool().rows(); row++) {
            for (int column = 0; column < shape.pool().columns(); column++) {
                int root = tree(kernel, down + row, across + column, inputs);
                any = row + column == 0 ? root : builder.gate(TruthTable.OR, any, root);
            }
        }
        return any;
    }

    private int tree(int kernel, int down, int across, int[] inputs) {
        int leaves = shape.leaves();
        for (int leaf = 0; leaf < leaves; leaf++) {
            int input = layer.input(kernel, leaf, down, across);
            nodes[leaf] = input == ConvLayer.BORDER ? FALSE_WIRE : inputs[input];
        }
        for (int gate = 0; gate < shape.treeGates(); gate++) {
            int table = tables[from + kernel * shape.treeGates() + gate];
            nodes[leaves + gate] = builder.gate(table, nodes[2 * gate], nodes[2 * gate + 1]);
        }
        return nodes[nodes.length - 1];
    }
}
