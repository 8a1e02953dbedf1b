package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;

/** Which wires outputs depend on by the gates between them. */
final class Live {
    private Live() {}

    /** Wire → whether some output needs it. Takes time linear in the gates. */
    static boolean[] wires(Circuit circuit) {
        boolean[] live = new boolean[circuit.wires()];
        for (int i = 0; i < circuit.outputs(); i++) {
            live[circuit.output(i)] = true;
        }
        for (int gate = circuit.gates() - 1; gate >= 0; gate--) {
            for (int i = live[circuit.gateWire(gate)] ? circuit.arity(gate) : 0; i > 0; i--) {
                live[circuit.wire(gate, i - 1)] = true;
            }
        }
        return live;
    }
}
