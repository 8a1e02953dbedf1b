package dev.gatewright.circuit;

import dev.gatewright.logic.TruthTable;
import java.lang.foreign.MemorySegment;

/** The flat arrays of a circuit, for storing it whole and bringing it back without a builder's work and memory. */
public final class CircuitArrays {
    /** Gates of at most this many wires have tables of one byte, gates of more have tables of one long. */
    public static final int SMALL_ARITY = 3;

    private CircuitArrays() {}

    /** The wires that gates read, as ints: {@code maxArity()} a gate, −1 where a gate reads fewer. Read-only, no copy. */
    public static MemorySegment wires(Circuit circuit) {
        return MemorySegment.ofArray(circuit.wireArray()).asReadOnly();
    }

    /** The tables, one a gate: bytes if {@code maxArity() ≤ 3}, else longs. Read-only, no copy. */
    public static MemorySegment tables(Circuit circuit) {
        return switch (circuit.tableArray()) {
            case byte[] small -> MemorySegment.ofArray(small).asReadOnly();
            case long[] large -> MemorySegment.ofArray(large).asReadOnly();
            default -> throw new AssertionError("tables are bytes or longs");
        };
    }

    /**
     * The circuit of the given arrays, which it takes over. Everything a builder guarantees about a single gate is
     * checked; only that no two gates are equal is not, as it changes no result. Takes time linear in the wires.
     *
     * @throws IllegalArgumentException with one sentence if the arrays are not a circuit in normal form
     */
    public static Circuit restore(int inputs, int maxArity, int[] wires, byte[] tables, int[] outputs) {
        checkArity(maxArity, 1, SMALL_ARITY);
        return checked(inputs, tables.length, maxArity, wires, tables, null, outputs);
    }

    /** As {@link #restore(int, int, int[], byte[], int[])}, for circuits whose gates may read four to six wires. */
    public static Circuit restore(int inputs, int maxArity, int[] wires, long[] tables, int[] outputs) {
        checkArity(maxArity, SMALL_ARITY + 1, TruthTable.MAX_INPUTS);
        return checked(inputs, tables.length, maxArity, wires, null, tables, outputs);
    }

    private static void checkArity(int maxArity, int from, int to) {
        if (maxArity < from || maxArity > to) {
            throw new IllegalArgumentException(
                    "gates of up to " + maxArity + " wires where " + from + " to " + to + " were expected");
        }
    }

    private static Circuit checked(
            int inputs, int gates, int maxArity, int[] wires, byte[] small, long[] large, int[] outputs) {
        if (inputs < 0 || (long) Circuit.CONSTANTS + inputs + gates > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("a circuit of " + inputs + " inputs and " + gates + " gates");
        }
        if (wires.length != (long) gates * maxArity) {
            throw new IllegalArgumentException(
                    wires.length + " wires where " + gates + " gates have room for " + maxArity + " each");
        }
        Circuit circuit = new Circuit(inputs, gates, maxArity, wires, small, large, outputs);
        for (int gate = 0; gate < gates; gate++) {
            checkGate(circuit, gate, wires);
        }
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] < 0 || outputs[i] >= circuit.wires()) {
                throw new IllegalArgumentException("output " + i + " is wire " + outputs[i] + " where wires 0 to "
                        + (circuit.wires() - 1) + " exist");
            }
        }
        return circuit;
    }

    private static void checkGate(Circuit circuit, int gate, int[] wires) {
        int stride = circuit.maxArity();
        int end = circuit.gateWire(gate);
        int previous = Circuit.CONSTANTS - 1;
        int arity = 0;
        while (arity < stride && wires[gate * stride + arity] != Circuit.UNUSED) {
            int wire = wires[gate * stride + arity];
            if (wire <= previous || wire >= end) {
                throw new IllegalArgumentException("gate " + gate + " reads wire " + wire + " where one from "
                        + (previous + 1) + " to " + (end - 1) + " was expected");
            }
            previous = wire;
            arity++;
        }
        for (int i = arity; i < stride; i++) {
            if (wires[gate * stride + i] != Circuit.UNUSED) {
                throw new IllegalArgumentException("gate " + gate + " has a gap among the wires it reads");
            }
        }
        long table = circuit.table(gate);
        boolean normal = arity > 0 && (table & ~TruthTable.mask(arity)) == 0 && !(arity == 1 && table == 0b10);
        for (int i = 0; normal && i < arity; i++) {
            normal = TruthTable.dependsOn(table, arity, i);
        }
        if (!normal) {
            throw new IllegalArgumentException("gate " + gate + " has table " + Long.toHexString(table)
                    + ", which is not one of a normalised gate of " + arity + " wires");
        }
    }
}
