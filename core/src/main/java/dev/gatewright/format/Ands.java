package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;
import java.io.IOException;

/**
 * A circuit as conjunctions of two literals, gate after gate: one for a gate of two inputs that is no exclusive or, three
 * for that. A literal is twice a variable, plus one for its inverse; variable 0 is false, then come the inputs, then the
 * conjunctions.
 */
final class Ands {
    /** Takes conjunctions in topological order; {@code left > right}. */
    @FunctionalInterface
    interface Sink {
        void and(int literal, int left, int right) throws IOException;
    }

    private final Circuit circuit;
    private final Sink sink;
    private final int[] literals;
    private int variable;

    private Ands(Circuit circuit, Sink sink) {
        this.circuit = circuit;
        this.sink = sink;
        literals = new int[circuit.wires()];
        variable = circuit.inputs();
    }

    /** How many conjunctions there will be. */
    static int count(Circuit circuit) throws IOException {
        Ands ands = new Ands(circuit, (literal, left, right) -> {});
        ands.run();
        return ands.variable - circuit.inputs();
    }

    /** Hands all conjunctions to the sink; the literals of the outputs. */
    static int[] write(Circuit circuit, Sink sink) throws IOException {
        Ands ands = new Ands(circuit, sink);
        ands.run();
        int[] outputs = new int[circuit.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = ands.literals[circuit.output(i)];
        }
        return outputs;
    }

    private void run() throws IOException {
        literals[1] = 1;
        for (int i = 0; i < circuit.inputs(); i++) {
            literals[circuit.inputWire(i)] = 2 * (i + 1);
        }
        for (int gate = 0; gate < circuit.gates(); gate++) {
            literals[circuit.gateWire(gate)] = table(gate, circuit.table(gate), circuit.arity(gate));
        }
    }

    /** The literal of a table over the first so many inputs of a gate. */
    private int table(int gate, long table, int inputs) throws IOException {
        if (table == 0 || table == TruthTable.mask(inputs)) {
            return table == 0 ? 0 : 1;
        }
        int rest = inputs - 1;
        long all = TruthTable.mask(rest);
        long low = table & all;
        long high = table >>> (1 << rest) & all;
        int select = literals[circuit.wire(gate, rest)];
        int zero = table(gate, low, rest);
        if (low == high) {
            return zero;
        }
        if (low == (~high & all) && low != 0 && high != 0) {
            return and(and(select, zero) ^ 1, and(select ^ 1, zero ^ 1) ^ 1);
        }
        int one = table(gate, high, rest);
        if (low == all || high == all) {
            return low == all ? and(select, one ^ 1) ^ 1 : and(select ^ 1, zero ^ 1) ^ 1;
        }
        return and(and(select, one) ^ 1, and(select ^ 1, zero) ^ 1) ^ 1;
    }

    private int and(int a, int b) throws IOException {
        if (a <= 1 || b <= 1) {
            return Math.min(a, b) == 0 ? 0 : Math.max(a, b);
        }
        variable = Math.addExact(variable, 1);
        int literal = Math.multiplyExact(2, variable);
        sink.and(literal, Math.max(a, b), Math.min(a, b));
        return literal;
    }
}
