package dev.gatewright.circuit;

import dev.gatewright.logic.TruthTable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * An immutable network of logic gates: the waist between learning and running.
 *
 * <p>Wire 0 is false, wire 1 is true, then come the inputs, then one wire a gate, in topological order. A gate is a
 * truth table ({@link TruthTable}) over the one to six wires it reads. Only {@link CircuitBuilder} makes
 * circuits; {@link CircuitArrays} brings them back from storage.
 *
 * <p>Storage is flat: {@code 4 · maxArity} bytes of wires and 1 byte of table a gate (8 where a gate reads more than
 * three wires), so 61 million two-input gates take 550 MB.
 */
public final class Circuit implements CircuitForm {
    /** Wires before the first input: false and true. */
    public static final int CONSTANTS = 2;

    static final int UNUSED = -1;

    private final int inputs;
    private final int gates;
    private final int stride;
    private final int[] wires;
    private final byte[] smallTables;
    private final long[] largeTables;
    private final int[] outputs;

    /** Takes ownership of the arrays; exactly one of the table arrays is not null. */
    Circuit(int inputs, int gates, int stride, int[] wires, byte[] smallTables, long[] largeTables, int[] outputs) {
        this.inputs = inputs;
        this.gates = gates;
        this.stride = stride;
        this.wires = wires;
        this.smallTables = smallTables;
        this.largeTables = largeTables;
        this.outputs = outputs;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    public int gates() {
        return gates;
    }

    @Override
    public int outputs() {
        return outputs.length;
    }

    @Override
    public List<Stage> stages() {
        return List.of(Stage.flat(this));
    }

    @Override
    public long unrolledGates() {
        return gates;
    }

    /** This circuit itself. */
    @Override
    public Circuit flat() {
        return this;
    }

    /** Constants, inputs and gates together. */
    public int wires() {
        return CONSTANTS + inputs + gates;
    }

    /** The wire that carries input {@code input}. */
    public int inputWire(int input) {
        return CONSTANTS + Objects.checkIndex(input, inputs);
    }

    /** The wire that gate {@code gate} drives. */
    public int gateWire(int gate) {
        return CONSTANTS + inputs + Objects.checkIndex(gate, gates);
    }

    /** The gate that drives {@code wire}, or a negative number for constants and inputs. */
    public int gateOf(int wire) {
        return wire - CONSTANTS - inputs;
    }

    /** How many wires gate {@code gate} reads, 1 to 6. */
    public int arity(int gate) {
        int arity = stride;
        while (wires[gate * stride + arity - 1] == UNUSED) {
            arity--;
        }
        return arity;
    }

    /** The largest arity a gate of this circuit may have; 2 for a circuit fresh from a network. */
    public int maxArity() {
        return stride;
    }

    /** Wire {@code input} that gate {@code gate} reads, for {@code 0 ≤ input < arity(gate)}. */
    public int wire(int gate, int input) {
        return wires[gate * stride + Objects.checkIndex(input, stride)];
    }

    /** The truth table of gate {@code gate}, over {@code arity(gate)} inputs. */
    public long table(int gate) {
        return smallTables != null ? smallTables[gate] & 0xFF : largeTables[gate];
    }

    /** The wire that drives output {@code output}. */
    public int output(int output) {
        return outputs[output];
    }

    /** Adds the gates to a builder of as many inputs; the wires of the outputs there. */
    public int[] addTo(CircuitBuilder builder) {
        int[] same = new int[inputs];
        Arrays.setAll(same, builder::input);
        return addTo(builder, same);
    }

    /** Adds the gates to a builder, input {@code i} being its wire {@code before[i]}; the wires of the outputs there. */
    public int[] addTo(CircuitBuilder builder, int[] before) {
        int[] there = new int[wires()];
        there[1] = 1;
        System.arraycopy(before, 0, there, CONSTANTS, inputs);
        int[][] reads = new int[stride + 1][];
        Arrays.setAll(reads, int[]::new);
        for (int gate = 0; gate < gates; gate++) {
            int[] read = reads[arity(gate)];
            for (int i = 0; i < read.length; i++) {
                read[i] = there[wire(gate, i)];
            }
            there[gateWire(gate)] = builder.gate(table(gate), read);
        }
        int[] after = new int[outputs.length];
        Arrays.setAll(after, output -> there[outputs[output]]);
        return after;
    }

    /** The wires of all gates, {@code maxArity()} a gate, −1 where unused: live storage, kept inside the package. */
    int[] wireArray() {
        return wires;
    }

    /** A {@code byte[]} or a {@code long[]}, an entry a gate: live storage, kept inside the package. */
    Object tableArray() {
        return smallTables != null ? smallTables : largeTables;
    }

    /** Same wires, tables and outputs in the same order; not whether the functions are equal. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Circuit that)
                || inputs != that.inputs
                || gates != that.gates
                || !Arrays.equals(outputs, that.outputs)) {
            return false;
        }
        for (int gate = 0; gate < gates; gate++) {
            int arity = arity(gate);
            if (arity != that.arity(gate) || table(gate) != that.table(gate)) {
                return false;
            }
            for (int i = 0; i < arity; i++) {
                if (wire(gate, i) != that.wire(gate, i)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputs, gates, Arrays.hashCode(outputs));
    }

    @Override
    public String toString() {
        return "Circuit[" + inputs + " inputs, " + gates + " gates, " + outputs.length + " outputs]";
    }
}
