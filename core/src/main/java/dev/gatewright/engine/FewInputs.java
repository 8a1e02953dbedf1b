package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import java.util.Arrays;

/** Rewrites a circuit into gates of few inputs, as many as instructions have. */
final class FewInputs {
    private final CircuitBuilder builder;
    private final int most;

    private FewInputs(CircuitBuilder builder, int most) {
        this.builder = builder;
        this.most = most;
    }

    /**
     * A circuit of the same function whose gates read at most {@code most} wires, 2 or more; {@code circuit} itself if
     * it is one.
     */
    static Circuit of(Circuit circuit, int most) {
        if (circuit.maxArity() <= most) {
            return circuit;
        }
        FewInputs rewriting = new FewInputs(new CircuitBuilder(circuit.inputs(), most), most);
        int[] wires = new int[circuit.wires()];
        for (int wire = 0; wire < Circuit.CONSTANTS + circuit.inputs(); wire++) {
            wires[wire] = wire;
        }
        int[] reads = new int[TruthTable.MAX_INPUTS];
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int arity = circuit.arity(gate);
            for (int i = 0; i < arity; i++) {
                reads[i] = wires[circuit.wire(gate, i)];
            }
            wires[circuit.gateWire(gate)] = rewriting.expand(circuit.table(gate), reads, arity);
        }
        int[] outputs = new int[circuit.outputs()];
        for (int output = 0; output < outputs.length; output++) {
            outputs[output] = wires[circuit.output(output)];
        }
        return rewriting.builder.build(outputs);
    }

    /** Shannon's expansion on the last input; the builder shares cofactors and folds what becomes trivial. */
    private int expand(long table, int[] reads, int arity) {
        if (arity <= most) {
            return builder.gate(table, Arrays.copyOf(reads, arity));
        }
        int half = 1 << arity - 1;
        long low = table & TruthTable.mask(arity - 1);
        long high = table >>> half & TruthTable.mask(arity - 1);
        int select = reads[arity - 1];
        if (low == high) {
            return expand(low, reads, arity - 1);
        }
        if ((low ^ high) == TruthTable.mask(arity - 1)) {
            return builder.gate(TruthTable.XOR, select, expand(low, reads, arity - 1));
        }
        int whenFalse = expand(low, reads, arity - 1);
        int whenTrue = expand(high, reads, arity - 1);
        return builder.gate(
                TruthTable.OR,
                builder.gate(TruthTable.AND, whenTrue, select),
                builder.gate(TruthTable.A_AND_NOT_B, whenFalse, select));
    }
}
