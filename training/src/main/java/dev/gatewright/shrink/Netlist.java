package dev.gatewright.shrink;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.pass.DropDeadGates;
import java.util.Arrays;

/**
 * A circuit whose gates may change their truth tables, with what every wire carries for every sample and who reads it.
 * Memory: an eighth of a byte a wire and sample.
 */
final class Netlist {
    private static final int[] NOBODY = {};

    final Circuit circuit;
    final int words;
    /** Wire → what it carries, lanes beyond the last sample false. */
    final long[][] values;
    /** Wire → the gates that read it, ascending. */
    final int[][] readers;
    /** Wire → the outputs that it drives. */
    final int[][] drives;

    private final long[] tables;
    private final long lastLanes;

    Netlist(Circuit circuit, BitMatrix bits) {
        this.circuit = circuit;
        words = bits.wordsPerPlane();
        lastLanes = -1L >>> -bits.samples();
        readers = readers(circuit);
        drives = drives(circuit);
        tables = new long[circuit.gates()];
        Arrays.setAll(tables, circuit::table);
        values = new long[circuit.wires()][];
        values[0] = new long[words];
        values[1] = new long[words];
        Arrays.fill(values[1], -1);
        values[1][words - 1] &= lastLanes;
        for (int input = 0; input < circuit.inputs(); input++) {
            values[circuit.inputWire(input)] = Arrays.copyOfRange(bits.planes(), input * words, (input + 1) * words);
        }
        for (int gate = 0; gate < circuit.gates(); gate++) {
            long[] row = new long[words];
            evaluate(gate, tables[gate], values, row);
            values[circuit.gateWire(gate)] = row;
        }
    }

    private static int[][] readers(Circuit circuit) {
        int[][] readers = new int[circuit.wires()][];
        Arrays.fill(readers, NOBODY);
        for (int gate = 0; gate < circuit.gates(); gate++) {
            for (int i = 0; i < circuit.arity(gate); i++) {
                add(readers, circuit.wire(gate, i), gate);
            }
        }
        return readers;
    }

    private static int[][] drives(Circuit circuit) {
        int[][] drives = new int[circuit.wires()][];
        Arrays.fill(drives, NOBODY);
        for (int output = 0; output < circuit.outputs(); output++) {
            add(drives, circuit.output(output), output);
        }
        return drives;
    }

    private static void add(int[][] lists, int wire, int item) {
        int[] longer = Arrays.copyOf(lists[wire], lists[wire].length + 1);
        longer[longer.length - 1] = item;
        lists[wire] = longer;
    }

    /** The truth table that a gate has now. */
    long table(int gate) {
        return tables[gate];
    }

    /** Gives a gate another table; what wires carry follows by {@link Probe#keep}. */
    void change(int gate, long table) {
        tables[gate] = table;
    }

    /** What gate {@code gate} gives with table {@code table} where wires carry {@code carried}. */
    void evaluate(int gate, long table, long[][] carried, long[] row) {
        int arity = circuit.arity(gate);
        long monomials = monomials(table, arity);
        long[] a = carried[circuit.wire(gate, 0)];
        long[] b = arity > 1 ? carried[circuit.wire(gate, 1)] : a;
        long none = -(monomials & 1);
        long first = -(monomials >>> 1 & 1);
        long second = arity > 1 ? -(monomials >>> 2 & 1) : 0;
        long both = arity > 1 ? -(monomials >>> 3 & 1) : 0;
        for (int i = 0; i < words; i++) {
            row[i] = none ^ first & a[i] ^ second & b[i] ^ both & a[i] & b[i];
        }
        for (int monomial = 4; monomial < 1 << arity; monomial++) {
            if ((monomials >>> monomial & 1) != 0) {
                addProduct(gate, monomial, carried, row);
            }
        }
        row[words - 1] &= lastLanes;
    }

    private void addProduct(int gate, int monomial, long[][] carried, long[] row) {
        for (int i = 0; i < words; i++) {
            long product = -1;
            for (int factors = monomial; factors != 0; factors &= factors - 1) {
                product &= carried[circuit.wire(gate, Integer.numberOfTrailingZeros(factors))][i];
            }
            row[i] ^= product;
        }
    }

    /** The table as a sum modulo 2 of products of inputs: bit {@code m} says whether that of the inputs in m is there. */
    private static long monomials(long table, int arity) {
        long sum = table;
        for (int i = 0; i < arity; i++) {
            for (int m = 0; m < 1 << arity; m++) {
                if ((m >> i & 1) != 0) {
                    sum ^= (sum >>> (m ^ 1 << i) & 1) << m;
                }
            }
        }
        return sum;
    }

    /** The circuit of the present tables, without gates that nobody needs. */
    Circuit build() {
        CircuitBuilder builder = new CircuitBuilder(circuit.inputs(), circuit.maxArity());
        int[] wires = new int[circuit.wires()];
        for (int wire = 0; wire < Circuit.CONSTANTS + circuit.inputs(); wire++) {
            wires[wire] = wire;
        }
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int[] reads = new int[circuit.arity(gate)];
            for (int i = 0; i < reads.length; i++) {
                reads[i] = wires[circuit.wire(gate, i)];
            }
            wires[circuit.gateWire(gate)] = builder.gate(tables[gate], reads);
        }
        int[] outputs = new int[circuit.outputs()];
        Arrays.setAll(outputs, i -> wires[circuit.output(i)]);
        return new DropDeadGates().apply(builder.build(outputs));
    }
}
