package dev.gatewright.verify;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.Stage;
import dev.gatewright.logic.TruthTable;
import java.util.List;

/** Evaluates a circuit on 64 assignments at once, one a lane. Keeps one word a wire of the largest kernel. */
final class WordSimulator {
    private final List<Stage> stages;
    private final long[] wires;
    private final long[] cofactors = new long[1 << TruthTable.MAX_INPUTS];

    WordSimulator(CircuitForm circuit) {
        this.stages = circuit.stages();
        this.wires = new long
                [stages.stream().mapToInt(stage -> stage.kernel().wires()).max().orElseThrow()];
        wires[1] = -1;
    }

    /** The lanes in which any output differs from the other's. */
    long difference(WordSimulator other, long[] in) {
        long[] mine = run(in);
        long[] others = other.run(in);
        long difference = 0;
        for (int output = 0; output < mine.length; output++) {
            difference |= mine[output] ^ others[output];
        }
        return difference;
    }

    private long[] run(long[] in) {
        long[] words = in;
        for (Stage stage : stages) {
            words = run(stage, words);
        }
        return words;
    }

    private long[] run(Stage stage, long[] before) {
        Circuit kernel = stage.kernel();
        int positions = stage.grid().positions().size();
        long[] after = new long[stage.outputs()];
        for (int position = 0; position < positions; position++) {
            for (int input = 0; input < kernel.inputs(); input++) {
                int source = stage.grid().source(input, position);
                wires[kernel.inputWire(input)] = source == Grid.BORDER ? 0 : before[source];
            }
            run(kernel);
            for (int output = 0; output < kernel.outputs(); output++) {
                after[output * positions + position] = wires[kernel.output(output)];
            }
        }
        return after;
    }

    private void run(Circuit circuit) {
        int gates = circuit.gates();
        for (int gate = 0; gate < gates; gate++) {
            int arity = circuit.arity(gate);
            wires[circuit.gateWire(gate)] = arity == 2
                    ? TruthTable.apply(
                            (int) circuit.table(gate), wires[circuit.wire(gate, 0)], wires[circuit.wire(gate, 1)])
                    : general(circuit, gate, arity);
        }
    }

    /** Chooses between halves of the table by the last wire, then quarters by the one before, and so on. */
    private long general(Circuit circuit, int gate, int arity) {
        long table = circuit.table(gate);
        for (int i = 0; i < 1 << arity; i++) {
            cofactors[i] = -(table >>> i & 1);
        }
        for (int j = arity - 1; j >= 0; j--) {
            long select = wires[circuit.wire(gate, j)];
            for (int i = 0; i < 1 << j; i++) {
                cofactors[i] ^= select & (cofactors[i] ^ cofactors[i | 1 << j]);
            }
        }
        return cofactors[0];
    }
}
