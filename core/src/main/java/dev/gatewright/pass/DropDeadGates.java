package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;

/** Leaves out the gates that no output needs. */
public final class DropDeadGates implements Pass {
    @Override
    public Circuit apply(Circuit circuit) {
        boolean[] live = Live.wires(circuit);
        CircuitBuilder builder = CircuitBuilder.like(circuit);
        Rebuild rebuild = new Rebuild(circuit);
        for (int gate = 0; gate < circuit.gates(); gate++) {
            if (live[circuit.gateWire(gate)]) {
                rebuild.move(gate, builder.gate(circuit.table(gate), rebuild.reads(gate)));
            }
        }
        return rebuild.build(builder);
    }
}
