package dev.gatewright.circuit;

import dev.gatewright.logic.TruthTable;
import java.util.Arrays;
import java.util.Objects;

/**
 * The only way to make a circuit, and it normalises: every gate added has its inputs in ascending order, reads no
 * constant, no wire twice and no wire it ignores, and equals no gate added before. A pass is a walk over a circuit
 * that hands its gates to a builder.
 *
 * <p>Adding a gate takes expected constant time (2ᵏ·k steps for k wires).
 */
public final class CircuitBuilder {
    /** Keeps {@code gates · arity} within a Java array. */
    private static final int MAX_WIRES = Integer.MAX_VALUE - 16;
    /** Keeps the table of shared gates, twice the gates rounded up to a power of two, within a Java array. */
    private static final int MAX_GATES = 1 << 29;

    private final int inputs;
    private final int stride;
    private int gates;
    private int[] wires;
    private long[] largeTables;
    private byte[] smallTables;
    /** Open addressing: gate + 1, or 0 where free. */
    private int[] shared = new int[64];

    private final int[] distinct = new int[TruthTable.MAX_INPUTS];

    /** A builder of a circuit of two-input gates. */
    public CircuitBuilder(int inputs) {
        this(inputs, 2);
    }

    /**
     * A builder of a circuit whose gates read up to {@code maxArity} wires.
     *
     * @throws IllegalArgumentException if {@code inputs < 0} or {@code maxArity} is not in 1..6
     */
    public CircuitBuilder(int inputs, int maxArity) {
        if (inputs < 0 || inputs > MAX_WIRES - Circuit.CONSTANTS) {
            throw new IllegalArgumentException("a circuit of " + inputs + " inputs");
        }
        if (maxArity < 1 || maxArity > TruthTable.MAX_INPUTS) {
            throw new IllegalArgumentException("gates of up to " + maxArity + " wires; expected 1 to 6");
        }
        this.inputs = inputs;
        this.stride = maxArity;
        this.wires = new int[16 * maxArity];
        if (maxArity <= 3) {
            smallTables = new byte[16];
        } else {
            largeTables = new long[16];
        }
    }

    /** A builder of circuits with the inputs and the arity of {@code circuit}, with room for as many gates. */
    public static CircuitBuilder like(Circuit circuit) {
        CircuitBuilder builder = new CircuitBuilder(circuit.inputs(), circuit.maxArity());
        builder.reserve(circuit.gates());
        return builder;
    }

    /** Changes nothing but the time that growing takes. */
    private void reserve(int expected) {
        int room = Math.max(expected, 16);
        wires = new int[room * stride];
        if (smallTables != null) {
            smallTables = new byte[room];
        } else {
            largeTables = new long[room];
        }
        shared = new int[(int) Math.min(1L << 30, Long.highestOneBit(room) * 4)];
    }

    /** Gates so far, after normalisation. */
    public int gates() {
        return gates;
    }

    /** The wire of input {@code input}. */
    public int input(int input) {
        return Circuit.CONSTANTS + Objects.checkIndex(input, inputs);
    }

    /** The gate that drives {@code wire}, or a negative number for constants and inputs. */
    public int gateOf(int wire) {
        return wire - Circuit.CONSTANTS - inputs;
    }

    /** How many wires gate {@code gate} reads, after normalisation. */
    public int arity(int gate) {
        int arity = stride;
        while (wires[Objects.checkIndex(gate, gates) * stride + arity - 1] == Circuit.UNUSED) {
            arity--;
        }
        return arity;
    }

    /** Wire {@code input} that gate {@code gate} reads, after normalisation. */
    public int wire(int gate, int input) {
        return wires[Objects.checkIndex(gate, gates) * stride + Objects.checkIndex(input, stride)];
    }

    /** The truth table of gate {@code gate}, after normalisation. */
    public long table(int gate) {
        return smallTables != null ? smallTables[gate] & 0xFF : largeTables[gate];
    }

    /** The inverse of a wire. */
    public int not(int wire) {
        return gate(TruthTable.NOT, wire);
    }

    /**
     * The wire that carries {@code table} of the given wires: an old one where normalisation finds it, else that of a
     * new gate.
     *
     * @throws IllegalArgumentException if a wire does not exist yet, there are more of them than this builder's
     *     arity after normalisation, or the table has bits beyond 2^(number of wires)
     */
    public int gate(long table, int... reads) {
        if (reads.length > TruthTable.MAX_INPUTS || (table & ~TruthTable.mask(reads.length)) != 0) {
            throw new IllegalArgumentException(
                    "table " + Long.toHexString(table) + " does not fit a gate of " + reads.length + " wires");
        }
        if (isNormalPair(table, reads)) {
            distinct[0] = reads[0];
            distinct[1] = reads[1];
            return share(table, 2);
        }
        int count = distinctWires(reads);
        long normal = over(reads, table, count);
        for (int i = count - 1; i >= 0; i--) {
            if (!TruthTable.dependsOn(normal, count, i)) {
                normal = TruthTable.without(normal, count, i);
                System.arraycopy(distinct, i + 1, distinct, i, count - i - 1);
                count--;
            }
        }
        if (count == 0) {
            return (int) normal;
        }
        if (count == 1 && normal == 0b10) {
            return distinct[0];
        }
        if (count > stride) {
            throw new IllegalArgumentException(
                    "a gate of " + count + " wires where at most " + stride + " are allowed");
        }
        return share(normal, count);
    }

    /** Whether nothing is left to normalise: the way of most gates, since most circuits are of two inputs a gate. */
    private boolean isNormalPair(long table, int[] reads) {
        return reads.length == 2
                && stride >= 2
                && reads[0] >= Circuit.CONSTANTS
                && reads[0] < reads[1]
                && reads[1] < Circuit.CONSTANTS + inputs + gates
                && TruthTable.dependsOn(table, 2, 0)
                && TruthTable.dependsOn(table, 2, 1);
    }

    /** Collects the non-constant wires, ascending and once each, into {@code distinct}. */
    private int distinctWires(int[] reads) {
        int count = 0;
        int end = Circuit.CONSTANTS + inputs + gates;
        for (int wire : reads) {
            if (wire < 0 || wire >= end) {
                throw new IllegalArgumentException(
                        "a gate reads wire " + wire + " where wires 0 to " + (end - 1) + " exist");
            }
            if (wire < Circuit.CONSTANTS) {
                continue;
            }
            int at = count;
            while (at > 0 && distinct[at - 1] > wire) {
                at--;
            }
            if (at > 0 && distinct[at - 1] == wire) {
                continue;
            }
            System.arraycopy(distinct, at, distinct, at + 1, count - at);
            distinct[at] = wire;
            count++;
        }
        return count;
    }

    /** The table over the first {@code count} distinct wires; a wire not among them is read as false. */
    private long over(int[] reads, long table, int count) {
        long result = 0;
        for (int assignment = 0; assignment < 1 << count; assignment++) {
            int index = 0;
            for (int j = 0; j < reads.length; j++) {
                index |= carried(reads[j], assignment, count) << j;
            }
            result |= (table >>> index & 1) << assignment;
        }
        return result;
    }

    private int carried(int wire, int assignment, int count) {
        if (wire < Circuit.CONSTANTS) {
            return wire;
        }
        for (int i = 0; i < count; i++) {
            if (distinct[i] == wire) {
                return assignment >> i & 1;
            }
        }
        return 0;
    }

    private int share(long table, int count) {
        if (gates * 2 >= shared.length) {
            rehash();
        }
        int slot = slot(hash(table, distinct, 0, count));
        while (shared[slot] != 0) {
            int gate = shared[slot] - 1;
            if (table(gate) == table && sameWires(gate, count)) {
                return Circuit.CONSTANTS + inputs + gate;
            }
            slot = slot + 1 & shared.length - 1;
        }
        append(table, count);
        shared[slot] = gates;
        return Circuit.CONSTANTS + inputs + gates - 1;
    }

    private void append(long table, int count) {
        if (gates == MAX_GATES
                || (long) (gates + 1) * stride > MAX_WIRES
                || (long) Circuit.CONSTANTS + inputs + gates >= MAX_WIRES) {
            throw new IllegalStateException("a circuit of more than " + gates + " gates of " + stride + " wires");
        }
        if ((gates + 1) * stride > wires.length) {
            int capacity = (int) Math.min((long) wires.length * 3 / 2 / stride + 1, MAX_WIRES / stride);
            wires = Arrays.copyOf(wires, capacity * stride);
            if (smallTables != null) {
                smallTables = Arrays.copyOf(smallTables, capacity);
            } else {
                largeTables = Arrays.copyOf(largeTables, capacity);
            }
        }
        int at = gates * stride;
        for (int i = 0; i < stride; i++) {
            wires[at + i] = i < count ? distinct[i] : Circuit.UNUSED;
        }
        if (smallTables != null) {
            smallTables[gates] = (byte) table;
        } else {
            largeTables[gates] = table;
        }
        gates++;
    }

    private boolean sameWires(int gate, int count) {
        int at = gate * stride;
        for (int i = 0; i < stride; i++) {
            if (wires[at + i] != (i < count ? distinct[i] : Circuit.UNUSED)) {
                return false;
            }
        }
        return true;
    }

    private void rehash() {
        shared = new int[Math.max(64, shared.length * 2)];
        for (int gate = 0; gate < gates; gate++) {
            int slot = slot(hash(table(gate), wires, gate * stride, arity(gate)));
            while (shared[slot] != 0) {
                slot = slot + 1 & shared.length - 1;
            }
            shared[slot] = gate + 1;
        }
    }

    private int slot(long hash) {
        return (int) (hash ^ hash >>> 32) & shared.length - 1;
    }

    private static long hash(long table, int[] wires, int from, int count) {
        long hash = table * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < count; i++) {
            hash = (hash ^ wires[from + i]) * 0xD1B54A32D192ED03L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /**
     * The circuit of all gates added so far, with the given wires as outputs. The builder may go on to be used.
     *
     * @throws IllegalArgumentException if an output wire does not exist
     */
    public Circuit build(int... outputs) {
        int end = Circuit.CONSTANTS + inputs + gates;
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] < 0 || outputs[i] >= end) {
                throw new IllegalArgumentException(
                        "output " + i + " is wire " + outputs[i] + " where wires 0 to " + (end - 1) + " exist");
            }
        }
        return new Circuit(
                inputs,
                gates,
                stride,
                Arrays.copyOf(wires, gates * stride),
                smallTables != null ? Arrays.copyOf(smallTables, gates) : null,
                largeTables != null ? Arrays.copyOf(largeTables, gates) : null,
                outputs.clone());
    }
}
