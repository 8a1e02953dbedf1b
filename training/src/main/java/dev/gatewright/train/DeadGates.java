package dev.gatewright.train;

import dev.gatewright.discretise.Discretiser;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.ConvShape;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.Window;
import dev.gatewright.network.WiredLayer;
import java.util.Arrays;

/** Counts gates from which no way leads to an output through inputs that gates depend on. */
final class DeadGates {
    private final byte[] tables;
    private int dead;

    private DeadGates(byte[] tables) {
        this.tables = tables;
    }

    /** @param tables as {@link Discretiser#tables} gives them */
    static int count(LogicNetwork network, byte[] tables) {
        DeadGates count = new DeadGates(tables);
        int from = tables.length;
        boolean[] needed = new boolean[network.outputs()];
        Arrays.fill(needed, true);
        for (int i = network.layers().size() - 1; i >= 0; i--) {
            Layer layer = network.layers().get(i);
            from -= layer.gates() * Discretiser.tableBytes(layer);
            boolean[] inputs = new boolean[layer.inputs()];
            switch (layer) {
                case WiredLayer wired -> count.through(wired, from, needed, inputs);
                case ConvLayer conv -> count.through(conv, from, needed, inputs);
            }
            needed = inputs;
        }
        return count.dead;
    }

    private void through(WiredLayer layer, int from, boolean[] needed, boolean[] inputs) {
        for (int gate = 0; gate < layer.gates(); gate++) {
            if (!needed[gate]) {
                dead++;
                continue;
            }
            long table = Discretiser.table(layer, gate, tables, from);
            for (int input = 0; input < layer.arity(); input++) {
                inputs[layer.wire(gate, input)] |= TruthTable.dependsOn(table, layer.arity(), input);
            }
        }
    }

    private void through(ConvLayer layer, int from, boolean[] needed, boolean[] inputs) {
        ConvShape shape = layer.shape();
        int outputs = layer.outputs() / shape.kernels();
        for (int kernel = 0; kernel < shape.kernels(); kernel++) {
            boolean[] nodes = new boolean[shape.leaves() + shape.treeGates()];
            for (int output = 0; output < outputs; output++) {
                nodes[nodes.length - 1] |= needed[kernel * outputs + output];
            }
            for (int gate = shape.treeGates() - 1; gate >= 0; gate--) {
                if (!nodes[shape.leaves() + gate]) {
                    dead++;
                    continue;
                }
                long table = Discretiser.table(layer, kernel * shape.treeGates() + gate, tables, from);
                nodes[2 * gate] = TruthTable.dependsOn(table, 2, 0);
                nodes[2 * gate + 1] = TruthTable.dependsOn(table, 2, 1);
            }
            for (int output = 0; output < outputs; output++) {
                if (needed[kernel * outputs + output]) {
                    markInputs(layer, kernel, output, nodes, inputs);
                }
            }
        }
    }

    private static void markInputs(ConvLayer layer, int kernel, int output, boolean[] nodes, boolean[] inputs) {
        ConvShape shape = layer.shape();
        for (int window = 0; window < shape.pool().size(); window++) {
            Window position = shape.position(output, window);
            for (int leaf = 0; leaf < shape.leaves(); leaf++) {
                int input = layer.input(kernel, leaf, position);
                if (nodes[leaf] && input != ConvLayer.BORDER) {
                    inputs[input] = true;
                }
            }
        }
    }
}
