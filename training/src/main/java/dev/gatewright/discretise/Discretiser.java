package dev.gatewright.discretise;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.network.Connections;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.LogicNetwork;

/** From a relaxed network to a circuit: every gate becomes the truth table its parameters favour. */
public final class Discretiser {
    private Discretiser() {}

    /** The truth tables that the network's gates stand for now, layer after layer. */
    public static byte[] tables(LogicNetwork network) {
        byte[] tables = new byte[network.gates()];
        int at = 0;
        for (DenseLayer layer : network.layers()) {
            for (int gate = 0; gate < layer.gates(); gate++) {
                tables[at++] = (byte) layer.table(gate);
            }
        }
        return tables;
    }

    /** The wires that the network's gates read now, two a gate, each an input of the gate's layer. */
    public static int[] wires(LogicNetwork network) {
        int[] wires = new int[2 * network.gates()];
        int at = 0;
        for (DenseLayer layer : network.layers()) {
            Connections connections = layer.connections();
            for (int gate = 0; gate < layer.gates(); gate++) {
                wires[at++] = connections.a(gate);
                wires[at++] = connections.b(gate);
            }
        }
        return wires;
    }

    /** The circuit that {@code network} stands for now; see {@link #circuit(LogicNetwork, byte[], int[])}. */
    public static Circuit circuit(LogicNetwork network) {
        return circuit(network, tables(network), wires(network));
    }

    /** The circuit of the network's wires of now with the given truth tables. */
    public static Circuit circuit(LogicNetwork network, byte[] tables) {
        return circuit(network, tables, wires(network));
    }

    /**
     * The circuit of the given truth tables and wires: one output a gate of the last layer, in order. The builder has
     * already folded constants and pass-through gates and shared equal ones. Takes time linear in the gates.
     *
     * @throws IllegalArgumentException if there is not one table and two wires a gate
     */
    public static Circuit circuit(LogicNetwork network, byte[] tables, int[] gateWires) {
        if (gateWires.length != 2 * network.gates()) {
            throw new IllegalArgumentException(gateWires.length + " wires for " + network.gates() + " gates");
        }
        if (tables.length != network.gates()) {
            throw new IllegalArgumentException(tables.length + " tables for " + network.gates() + " gates");
        }
        CircuitBuilder builder = new CircuitBuilder(network.inputs());
        int[] wires = new int[network.inputs()];
        for (int i = 0; i < wires.length; i++) {
            wires[i] = builder.input(i);
        }
        int at = 0;
        for (DenseLayer layer : network.layers()) {
            int[] outputs = new int[layer.gates()];
            for (int gate = 0; gate < outputs.length; gate++) {
                int a = wires[gateWires[2 * at]];
                int b = wires[gateWires[2 * at + 1]];
                outputs[gate] = builder.gate(tables[at++], a, b);
            }
            wires = outputs;
        }
        return builder.build(wires);
    }
}
