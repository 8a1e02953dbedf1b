package dev.gatewright.verify;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.Stage;
import dev.gatewright.logic.TruthTable;

/**
 * The judge: evaluates a circuit one sample and one gate at a time, as its definition reads. Every engine, pass and
 * format is compared with it.
 */
public final class ReferenceEvaluator {
    private ReferenceEvaluator() {}

    /**
     * The outputs of the circuit for every sample.
     *
     * @throws IllegalArgumentException if {@code in} has other than {@code circuit.inputs()} bits
     */
    public static BitMatrix evaluate(CircuitForm circuit, BitMatrix in) {
        if (in.bits() != circuit.inputs()) {
            throw new IllegalArgumentException(
                    "samples of " + in.bits() + " bits where the circuit has " + circuit.inputs() + " inputs");
        }
        BitMatrix out = new BitMatrix(in.samples(), circuit.outputs());
        boolean[] sample = new boolean[circuit.inputs()];
        for (int s = 0; s < in.samples(); s++) {
            for (int i = 0; i < sample.length; i++) {
                sample[i] = in.get(s, i);
            }
            boolean[] outputs = evaluate(circuit, sample);
            for (int o = 0; o < outputs.length; o++) {
                out.set(s, o, outputs[o]);
            }
        }
        return out;
    }

    /** The outputs of the circuit for one sample. */
    public static boolean[] evaluate(CircuitForm circuit, boolean[] sample) {
        boolean[] wires = sample;
        for (Stage stage : circuit.stages()) {
            wires = evaluate(stage, wires);
        }
        return wires;
    }

    private static boolean[] evaluate(Stage stage, boolean[] before) {
        int positions = stage.grid().positions().size();
        boolean[] after = new boolean[stage.outputs()];
        for (int position = 0; position < positions; position++) {
            boolean[] seen = new boolean[stage.kernel().inputs()];
            for (int i = 0; i < seen.length; i++) {
                int source = stage.grid().source(i, position);
                seen[i] = source != Grid.BORDER && before[source];
            }
            boolean[] outputs = gates(stage.kernel(), seen);
            for (int o = 0; o < outputs.length; o++) {
                after[o * positions + position] = outputs[o];
            }
        }
        return after;
    }

    private static boolean[] gates(Circuit circuit, boolean[] sample) {
        boolean[] wires = new boolean[circuit.wires()];
        wires[1] = true;
        for (int i = 0; i < circuit.inputs(); i++) {
            wires[circuit.inputWire(i)] = sample[i];
        }
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int index = 0;
            for (int j = 0; j < circuit.arity(gate); j++) {
                index |= wires[circuit.wire(gate, j)] ? 1 << j : 0;
            }
            wires[circuit.gateWire(gate)] = TruthTable.value(circuit.table(gate), index);
        }
        boolean[] outputs = new boolean[circuit.outputs()];
        for (int o = 0; o < outputs.length; o++) {
            outputs[o] = wires[circuit.output(o)];
        }
        return outputs;
    }
}
