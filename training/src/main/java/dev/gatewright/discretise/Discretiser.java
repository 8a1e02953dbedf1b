package dev.gatewright.discretise;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
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

    /** The circuit that {@code network} stands for now; see {@link #circuit(LogicNetwork, byte[])}. */
    public static Circuit circuit(LogicNetwork network) {
        return circuit(network, tables(network));
    }

    /**
     * The circuit of the network's wires with the given truth tables: one output a gate of the last layer, in order.
     * The builder has already folded constants and pass-through gates and shared equal ones. Takes time linear in the
     * gates.
     *
     * @throws IllegalArgumentException if there is not one table a gate
     */
    public static Circuit circuit(LogicNetwork network, byte[] tables) {
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
                int a = wires[layer.connections().a(gate)];
                int b = wires[layer.connections().b(gate)];
                outputs[gate] = builder.gate(tables[at++], a, b);
            }
            wires = outputs;
        }
        return builder.build(wires);
    }
}
