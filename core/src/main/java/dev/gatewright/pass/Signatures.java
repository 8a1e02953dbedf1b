package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;
import java.util.List;

/**
 * Hashes of what the wires of a circuit carry under some assignments of its inputs, the same for a wire and its inverse:
 * wires that compute equal or complementary functions have equal signatures, others hardly ever.
 */
final class Signatures {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final long[] hashes;
    private final boolean[] inverted;

    /** Simulates a circuit of two-input gates on words of 64 assignments, one long an input. */
    Signatures(Circuit circuit, List<long[]> words) {
        hashes = new long[circuit.wires()];
        inverted = new boolean[circuit.wires()];
        long[] wires = new long[circuit.wires()];
        for (int word = 0; word < words.size(); word++) {
            simulate(circuit, words.get(word), wires);
            for (int wire = 0; wire < wires.length; wire++) {
                if (word == 0) {
                    inverted[wire] = (wires[wire] & 1) != 0;
                }
                long hash = (hashes[wire] ^ (inverted[wire] ? ~wires[wire] : wires[wire])) * FACTOR;
                hashes[wire] = hash ^ hash >>> 29;
            }
        }
    }

    private static void simulate(Circuit circuit, long[] in, long[] wires) {
        wires[1] = -1;
        System.arraycopy(in, 0, wires, Circuit.CONSTANTS, in.length);
        for (int gate = 0; gate < circuit.gates(); gate++) {
            long a = wires[circuit.wire(gate, 0)];
            wires[circuit.gateWire(gate)] = circuit.arity(gate) == 1
                    ? ~a
                    : TruthTable.apply((int) circuit.table(gate), a, wires[circuit.wire(gate, 1)]);
        }
    }

    long hash(int wire) {
        return hashes[wire];
    }

    /** Whether the signature is that of the wire's inverse. */
    boolean inverted(int wire) {
        return inverted[wire];
    }

    /** For every wire the first one of the same signature, itself where there is none before. */
    int[] firstAlike() {
        int[] first = new int[hashes.length];
        int[] table = new int[Integer.highestOneBit(hashes.length) * 4];
        for (int wire = 0; wire < first.length; wire++) {
            int slot = (int) (hashes[wire] >>> 20) & table.length - 1;
            while (table[slot] != 0 && hashes[table[slot] - 1] != hashes[wire]) {
                slot = slot + 1 & table.length - 1;
            }
            if (table[slot] == 0) {
                table[slot] = wire + 1;
            }
            first[wire] = table[slot] - 1;
        }
        return first;
    }
}
