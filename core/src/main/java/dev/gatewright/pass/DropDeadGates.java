package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;

/** Leaves out the gates that no output needs. */
public final class DropDeadGates implements Pass {
    @Override
    public Circuit apply(Circuit circuit) {
        boolean[] live = new boolean[circuit.wires()];
        for (int i = 0; i < circuit.outputs(); i++) {
            live[circuit.output(i)] = true;
        }
        for (int gate = circuit.gates() - 1; gate >= 0; gate--) {
            for (int i = live[circuit.gateWire(gate)] ? circuit.arity(gate) : 0; i > 0; i--) {
                live[circuit.wire(gate, i - 1)] = true;
            }
        }
        CircuitBuilder builder = new CircuitBuilder(circuit.inputs(), circuit.maxArity());
        Rebuild rebuild = new Rebuild(circuit);
        for (int gate = 0; gate < circuit.gates(); gate++) {
            if (live[circuit.gateWire(gate)]) {
                rebuild.move(gate, builder.gate(circuit.table(gate), rebuild.reads(gate)));
            }
        }
        return rebuild.build(builder);
    }
}
