package dev.gatewright.cli.bench;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import java.util.Arrays;

/**
 * Two-input gates as a network learns them, every one of them kept: constants, wires and twins too. It is what the
 * peers compile; {@link #circuit} is where ours begin.
 *
 * <p>Wires {@code 0} to {@code inputs − 1} are the inputs, wire {@code inputs + g} is driven by gate {@code g}; gates
 * are in topological order.
 */
public final class RawNet {
    private final int inputs;
    private final int groups;
    private final byte[] tables;
    private final int[] a;
    private final int[] b;
    private final int[] outputs;

    RawNet(int inputs, int groups, byte[] tables, int[] a, int[] b, int[] outputs) {
        if (groups < 1 || outputs.length % groups != 0) {
            throw new IllegalArgumentException(
                    outputs.length + " outputs do not divide into " + groups + " groups of equal size");
        }
        this.inputs = inputs;
        this.groups = groups;
        this.tables = tables;
        this.a = a;
        this.b = b;
        this.outputs = outputs;
    }

    /**
     * The gates of a circuit, with those of more than two wires split at their last wire into several. The outputs
     * form {@code groups} contiguous groups of equal size.
     *
     * @throws IllegalArgumentException if they do not divide, or the circuit has no inputs
     */
    public static RawNet of(Circuit circuit, int groups) {
        if (circuit.inputs() == 0) {
            throw new IllegalArgumentException("a circuit of no inputs");
        }
        RawNetBuilder builder = new RawNetBuilder(circuit.inputs());
        int[] wires = new int[circuit.wires()];
        for (int constant = 0; constant < Circuit.CONSTANTS; constant++) {
            wires[constant] = -1;
        }
        for (int input = 0; input < circuit.inputs(); input++) {
            wires[circuit.inputWire(input)] = input;
        }
        for (int gate = 0; gate < circuit.gates(); gate++) {
            wires[circuit.gateWire(gate)] =
                    split(builder, circuit, wires, gate, circuit.table(gate), circuit.arity(gate));
        }
        int[] outputs = new int[circuit.outputs()];
        for (int output = 0; output < outputs.length; output++) {
            int wire = circuit.output(output);
            if (wire < Circuit.CONSTANTS && wires[wire] < 0) {
                wires[wire] = builder.gate(wire == 0 ? TruthTable.FALSE : TruthTable.TRUE, 0, 0);
            }
            outputs[output] = wires[wire];
        }
        return builder.build(groups, outputs);
    }

    private static int split(RawNetBuilder to, Circuit circuit, int[] wires, int gate, long table, int arity) {
        int first = wires[circuit.wire(gate, 0)];
        if (arity == 1) {
            return to.gate((int) (table | table << 2), first, first);
        }
        if (arity == 2) {
            return to.gate((int) table, first, wires[circuit.wire(gate, 1)]);
        }
        int last = wires[circuit.wire(gate, arity - 1)];
        long low = table & TruthTable.mask(arity - 1);
        long high = table >>> (1 << arity - 1);
        int without = to.gate(TruthTable.A_AND_NOT_B, split(to, circuit, wires, gate, low, arity - 1), last);
        int with = to.gate(TruthTable.AND, split(to, circuit, wires, gate, high, arity - 1), last);
        return to.gate(TruthTable.OR, without, with);
    }

    public int inputs() {
        return inputs;
    }

    public int gates() {
        return tables.length;
    }

    public int outputs() {
        return outputs.length;
    }

    /** How many contiguous groups of equal size the outputs form: classes. */
    public int groups() {
        return groups;
    }

    /** The two-input table of gate {@code gate}; see {@link TruthTable}. */
    public int table(int gate) {
        return tables[gate];
    }

    /** The first wire that gate {@code gate} reads. */
    public int a(int gate) {
        return a[gate];
    }

    /** The second wire that gate {@code gate} reads. */
    public int b(int gate) {
        return b[gate];
    }

    /** The wire of output {@code output}. */
    public int output(int output) {
        return outputs[output];
    }

    /** How many times each wire is read, outputs included. */
    int[] reads() {
        int[] reads = new int[inputs + gates()];
        for (int gate = 0; gate < gates(); gate++) {
            reads[a[gate]]++;
            reads[b[gate]]++;
        }
        for (int wire : outputs) {
            reads[wire]++;
        }
        return reads;
    }

    /** The longest way from an input to each gate, from 1. */
    int[] levels() {
        int[] levels = new int[gates()];
        for (int gate = 0; gate < levels.length; gate++) {
            levels[gate] = 1 + Math.max(level(levels, a[gate]), level(levels, b[gate]));
        }
        return levels;
    }

    private int level(int[] levels, int wire) {
        return wire < inputs ? 0 : levels[wire - inputs];
    }

    /** The same function as a circuit, normalised by its builder. */
    public Circuit circuit() {
        CircuitBuilder builder = new CircuitBuilder(inputs);
        int[] wires = new int[inputs + gates()];
        for (int input = 0; input < inputs; input++) {
            wires[input] = builder.input(input);
        }
        for (int gate = 0; gate < gates(); gate++) {
            wires[inputs + gate] = builder.gate(tables[gate], wires[a[gate]], wires[b[gate]]);
        }
        return builder.build(Arrays.stream(outputs).map(wire -> wires[wire]).toArray());
    }

    @Override
    public String toString() {
        return "RawNet[" + inputs + " inputs, " + gates() + " gates, " + outputs() + " outputs]";
    }
}
