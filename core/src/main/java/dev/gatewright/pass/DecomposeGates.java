package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;

/**
 * Replaces every gate of more than two wires by two-input gates that compute the same.
 *
 * <p>Up to four wires by the shortest chain there is; above by splitting off inputs (see {@link Decomposition}), which
 * is not always shortest. No pipeline holds it, because it adds gates. Gates are taken one by one; what they have in
 * common the passes after this one find. Takes time linear in the gates, some microseconds for one of six wires.
 */
public final class DecomposeGates implements Pass {
    @Override
    public Circuit apply(Circuit circuit) {
        if (circuit.maxArity() <= 2) {
            return circuit;
        }
        CircuitBuilder builder = new CircuitBuilder(circuit.inputs());
        Rebuild rebuild = new Rebuild(circuit);
        for (int gate = 0; gate < circuit.gates(); gate++) {
            rebuild.move(gate, Decomposition.build(circuit.table(gate), rebuild.reads(gate), builder));
        }
        return new AbsorbInverters().apply(rebuild.build(builder));
    }
}
