package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Fanout;
import java.util.function.IntUnaryOperator;

/**
 * Moves a circuit into an {@link Xag}, gate by gate from the inputs on, and lets a rewriter put something else in the
 * place of each new gate. Wires that later gates will read count as holds all along, so at every moment the network
 * knows which gates would die with a gate.
 */
final class Walk {
    private Walk() {}

    /**
     * The rewritten circuit. The rewriter is handed the literal of every gate that somebody reads, and returns a
     * literal of the same function.
     *
     * @throws IllegalArgumentException if a gate has more than two inputs
     */
    static Circuit rewrite(Circuit circuit, Xag xag, IntUnaryOperator rewriter) {
        Fanout fanout = Fanout.of(circuit);
        int[] moved = new int[circuit.wires()];
        moved[1] = Xag.TRUE;
        for (int i = 0; i < circuit.inputs(); i++) {
            moved[circuit.inputWire(i)] = i + 1 << 1;
            xag.hold(i + 1, fanout.readers(circuit.inputWire(i)));
        }
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int wire = circuit.gateWire(gate);
            int arity = circuit.arity(gate);
            int a = moved[circuit.wire(gate, 0)];
            int b = arity == 1 ? a : moved[circuit.wire(gate, 1)];
            int readers = fanout.readers(wire);
            // An inverter is the nor of a wire with itself.
            int literal = xag.gate((int) circuit.table(gate), a, b);
            xag.hold(literal >> 1, readers);
            xag.release(a >> 1, 1);
            xag.release(b >> 1, arity - 1);
            if (readers > 0 && xag.isGate(literal >> 1)) {
                int better = rewriter.applyAsInt(literal);
                xag.hold(better >> 1, readers);
                xag.release(literal >> 1, readers);
                literal = better;
            }
            moved[wire] = literal;
        }
        int[] outputs = new int[circuit.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = moved[circuit.output(i)];
        }
        return xag.circuit(outputs);
    }
}
