package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;

/**
 * Computes a function and its complement once, and lets gates read through inverters: tables are adapted, inverters
 * stay only at outputs.
 *
 * <p>Every gate is first brought to the polarity in which all-false inputs give false, so that complements become equal
 * and are shared. A gate whose outputs all want the complement is then stored complemented. A gate wanted both ways at
 * outputs costs an inverter, where it had cost two gates.
 */
public final class AbsorbInverters implements Pass {
    @Override
    public Circuit apply(Circuit circuit) {
        int[] literals = new int[circuit.wires()];
        Circuit positive = positive(circuit, literals);
        boolean[] inverted = invertedAtOutputs(circuit, positive, literals);
        CircuitBuilder builder = CircuitBuilder.like(circuit);
        int[] moved = new int[positive.wires()];
        for (int wire = 0; wire < Circuit.CONSTANTS + circuit.inputs(); wire++) {
            moved[wire] = wire;
        }
        for (int gate = 0; gate < positive.gates(); gate++) {
            int[] reads = new int[positive.arity(gate)];
            long table = positive.table(gate);
            for (int i = 0; i < reads.length; i++) {
                int wire = positive.wire(gate, i);
                reads[i] = moved[wire];
                table = inverted[wire] ? TruthTable.invertInput(table, reads.length, i) : table;
            }
            table = inverted[positive.gateWire(gate)] ? ~table & TruthTable.mask(reads.length) : table;
            moved[positive.gateWire(gate)] = builder.gate(table, reads);
        }
        int[] outputs = new int[circuit.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            int literal = literals[circuit.output(i)];
            int wire = moved[literal >>> 1];
            outputs[i] = inverted[literal >>> 1] == ((literal & 1) != 0) ? wire : builder.not(wire);
        }
        return builder.build(outputs);
    }

    /** All gates in positive polarity; {@code literals} gets twice the wire, plus one where it is complemented. */
    private static Circuit positive(Circuit circuit, int[] literals) {
        CircuitBuilder builder = CircuitBuilder.like(circuit);
        for (int wire = 0; wire < Circuit.CONSTANTS + circuit.inputs(); wire++) {
            literals[wire] = wire << 1;
        }
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int[] reads = new int[circuit.arity(gate)];
            long table = circuit.table(gate);
            for (int i = 0; i < reads.length; i++) {
                int literal = literals[circuit.wire(gate, i)];
                reads[i] = literal >>> 1;
                table = (literal & 1) != 0 ? TruthTable.invertInput(table, reads.length, i) : table;
            }
            int complemented = (int) (table & 1);
            table = complemented != 0 ? ~table & TruthTable.mask(reads.length) : table;
            literals[circuit.gateWire(gate)] = builder.gate(table, reads) << 1 | complemented;
        }
        return builder.build();
    }

    /** The gates which outputs read complemented, and never as they are. */
    private static boolean[] invertedAtOutputs(Circuit circuit, Circuit positive, int[] literals) {
        boolean[] inverted = new boolean[positive.wires()];
        for (int pass = 1; pass >= 0; pass--) {
            for (int i = 0; i < circuit.outputs(); i++) {
                int literal = literals[circuit.output(i)];
                if ((literal & 1) == pass && positive.gateOf(literal >>> 1) >= 0) {
                    inverted[literal >>> 1] = pass != 0;
                }
            }
        }
        return inverted;
    }
}
