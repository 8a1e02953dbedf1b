package dev.gatewright.hardware;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;
import java.util.Arrays;

/** What a wire computes from the leaves of a cut, as a table. */
final class Cone {
    /** The tables of the leaves: in bit {@code i} bit {@code j} of {@code i}. */
    private static final long[] LEAVES = {
        0xAAAAAAAAAAAAAAAAL, 0xCCCCCCCCCCCCCCCCL, 0xF0F0F0F0F0F0F0F0L,
        0xFF00FF00FF00FF00L, 0xFFFF0000FFFF0000L, 0xFFFFFFFF00000000L
    };

    private final Circuit circuit;
    private final long[] values;
    /** The wire that was asked for when a wire was met last. */
    private final int[] met;

    private int[] stack = new int[64];
    private int[] cone = new int[64];

    Cone(Circuit circuit) {
        this.circuit = circuit;
        values = new long[circuit.wires()];
        met = new int[circuit.wires()];
    }

    /** The table of a gate's wire over leaves that lie on every way from the inputs to it; each wire may be asked once. */
    long table(int wire, int[] leaves) {
        values[1] = -1;
        for (int i = 0; i < leaves.length; i++) {
            values[leaves[i]] = LEAVES[i];
            met[leaves[i]] = wire;
        }
        int gates = gates(wire);
        // Wires ascend in topological order.
        Arrays.sort(cone, 0, gates);
        for (int i = 0; i < gates; i++) {
            values[cone[i]] = value(circuit.gateOf(cone[i]));
        }
        return values[wire] & TruthTable.mask(leaves.length);
    }

    /** Collects the wires between the leaves and {@code wire}, itself included. */
    private int gates(int wire) {
        int count = 0;
        int depth = 0;
        stack[depth++] = wire;
        met[wire] = wire;
        while (depth > 0) {
            int next = stack[--depth];
            if (count == cone.length) {
                cone = Arrays.copyOf(cone, 2 * count);
            }
            cone[count++] = next;
            int gate = circuit.gateOf(next);
            for (int i = 0; i < circuit.arity(gate); i++) {
                int read = circuit.wire(gate, i);
                if (met[read] != wire) {
                    met[read] = wire;
                    if (depth == stack.length) {
                        stack = Arrays.copyOf(stack, 2 * depth);
                    }
                    stack[depth++] = read;
                }
            }
        }
        return count;
    }

    private long value(int gate) {
        long a = values[circuit.wire(gate, 0)];
        if (circuit.arity(gate) == 1) {
            return circuit.table(gate) == TruthTable.NOT ? ~a : a;
        }
        return TruthTable.apply((int) circuit.table(gate), a, values[circuit.wire(gate, 1)]);
    }
}
