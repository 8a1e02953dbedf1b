package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;

/**
 * Computes equal gates once. Builders share as they go, so this finds something only in circuits that come from
 * storage.
 */
public final class ShareGates implements Pass {
    @Override
    public Circuit apply(Circuit circuit) {
        CircuitBuilder builder = CircuitBuilder.like(circuit);
        Rebuild rebuild = new Rebuild(circuit);
        for (int gate = 0; gate < circuit.gates(); gate++) {
            rebuild.move(gate, builder.gate(circuit.table(gate), rebuild.reads(gate)));
        }
        return rebuild.build(builder);
    }
}
