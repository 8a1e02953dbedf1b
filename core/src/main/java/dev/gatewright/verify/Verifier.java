package dev.gatewright.verify;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;
import java.util.HashSet;
import java.util.Set;

/** Checks what every circuit promises. For tests, and for finding the pass that broke it. */
public final class Verifier {
    private Verifier() {}

    /**
     * Does nothing if the circuit is topologically ordered and in normal form, with no two equal gates.
     *
     * @throws IllegalStateException with one sentence that names the gate or output otherwise
     */
    public static void verify(Circuit circuit) {
        Set<String> seen = new HashSet<>();
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int arity = circuit.arity(gate);
            StringBuilder key = new StringBuilder(Long.toHexString(circuit.table(gate)));
            check((circuit.table(gate) & ~TruthTable.mask(arity)) == 0, gate, "has a table too wide");
            check(arity > 1 || circuit.table(gate) == TruthTable.NOT, gate, "only passes a wire on");
            int previous = Circuit.CONSTANTS - 1;
            for (int i = 0; i < arity; i++) {
                int wire = circuit.wire(gate, i);
                check(wire < circuit.gateWire(gate), gate, "reads a wire that is not driven yet");
                check(wire > previous, gate, "reads constants, or wires not in ascending order");
                check(TruthTable.dependsOn(circuit.table(gate), arity, i), gate, "ignores a wire it reads");
                previous = wire;
                key.append(',').append(wire);
            }
            check(seen.add(key.toString()), gate, "equals an earlier gate");
        }
        for (int i = 0; i < circuit.outputs(); i++) {
            if (circuit.output(i) < 0 || circuit.output(i) >= circuit.wires()) {
                throw new IllegalStateException(
                        "output " + i + " is wire " + circuit.output(i) + " of " + circuit.wires());
            }
        }
    }

    private static void check(boolean holds, int gate, String complaint) {
        if (!holds) {
            throw new IllegalStateException("gate " + gate + " " + complaint);
        }
    }
}
