package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;

/** What wires are called in most formats: inputs {@code x[i]}, gates {@code gN}. */
final class Wires {
    private Wires() {}

    /** The name of a wire that is no constant. */
    static String name(Circuit circuit, int wire) {
        int gate = circuit.gateOf(wire);
        return gate < 0 ? "x[" + (wire - Circuit.CONSTANTS) + "]" : "g" + gate;
    }

    /** The names of the wires that a gate reads. */
    static String[] names(Circuit circuit, int gate) {
        String[] names = new String[circuit.arity(gate)];
        for (int i = 0; i < names.length; i++) {
            names[i] = name(circuit, circuit.wire(gate, i));
        }
        return names;
    }
}
