package dev.gatewright.verify;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;

/** Evaluates a circuit on 64 assignments at once, one a lane. Keeps one word a wire. */
final class WordSimulator {
    private final Circuit circuit;
    private final long[] wires;
    private final long[] cofactors = new long[1 << TruthTable.MAX_INPUTS];

    WordSimulator(Circuit circuit) {
        this.circuit = circuit;
        this.wires = new long[circuit.wires()];
        wires[1] = -1;
    }

    /** The lanes in which any output differs from the other's. */
    long difference(WordSimulator other, long[] in) {
        run(in);
        other.run(in);
        long difference = 0;
        for (int output = 0; output < circuit.outputs(); output++) {
            difference |= wires[circuit.output(output)] ^ other.wires[other.circuit.output(output)];
        }
        return difference;
    }

    private void run(long[] in) {
        System.arraycopy(in, 0, wires, Circuit.CONSTANTS, in.length);
        int gates = circuit.gates();
        for (int gate = 0; gate < gates; gate++) {
            int arity = circuit.arity(gate);
            wires[circuit.gateWire(gate)] = arity == 2
                    ? TruthTable.apply(
                            (int) circuit.table(gate), wires[circuit.wire(gate, 0)], wires[circuit.wire(gate, 1)])
                    : general(gate, arity);
        }
    }

    /** Chooses between halves of the table by the last wire, then quarters by the one before, and so on. */
    private long general(int gate, int arity) {
        long table = circuit.table(gate);
        for (int i = 0; i < 1 << arity; i++) {
            cofactors[i] = -(table >>> i & 1);
        }
        for (int j = arity - 1; j >= 0; j--) {
            long select = wires[circuit.wire(gate, j)];
            for (int i = 0; i < 1 << j; i++) {
                cofactors[i] ^= select & (cofactors[i] ^ cofactors[i | 1 << j]);
            }
        }
        return cofactors[0];
    }
}
