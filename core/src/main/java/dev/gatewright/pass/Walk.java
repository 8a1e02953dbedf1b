package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Fanout;

/**
 * Moves a circuit into an {@link Xag}, gate by gate from the inputs on, and lets a rewriter put something else in the
 * place of each new gate. Wires that later gates will read count as holds all along, so at every moment the network
 * knows which gates would die with a gate.
 */
final class Walk {
    /** Puts something else in the place of a gate. */
    @FunctionalInterface
    interface Rewriter {
        /** A literal of the same function as {@code literal}, which is that of {@code gate} and is read. */
        int rewrite(int gate, int literal);
    }

    private final Circuit circuit;
    private final Xag xag;
    private final int[] moved;

    /** @throws IllegalArgumentException if gates have more than two inputs */
    Walk(Circuit circuit, Xag xag) {
        if (circuit.maxArity() > 2) {
            throw new IllegalArgumentException("gates of " + circuit.maxArity() + " inputs where 2 are expected");
        }
        this.circuit = circuit;
        this.xag = xag;
        moved = new int[circuit.wires()];
        moved[1] = Xag.TRUE;
    }

    /** The literal that a wire of the circuit became, once the walk has passed it. */
    int literal(int wire) {
        return moved[wire];
    }

    /** The rewritten circuit; the walk is over then. */
    Circuit run(Rewriter rewriter) {
        Fanout fanout = Fanout.of(circuit);
        for (int i = 0; i < circuit.inputs(); i++) {
            moved[circuit.inputWire(i)] = i + 1 << 1;
            xag.hold(i + 1, fanout.readers(circuit.inputWire(i)));
        }
        for (int gate = 0; gate < circuit.gates(); gate++) {
            move(gate, fanout.readers(circuit.gateWire(gate)), rewriter);
        }
        int[] outputs = new int[circuit.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = moved[circuit.output(i)];
        }
        return xag.circuit(outputs);
    }

    private void move(int gate, int readers, Rewriter rewriter) {
        int arity = circuit.arity(gate);
        int a = moved[circuit.wire(gate, 0)];
        int b = arity == 1 ? a : moved[circuit.wire(gate, 1)];
        // An inverter is the nor of a wire with itself.
        int literal = xag.gate((int) circuit.table(gate), a, b);
        xag.hold(literal >> 1, readers);
        xag.release(a >> 1, 1);
        xag.release(b >> 1, arity - 1);
        if (readers > 0 && xag.isGate(literal >> 1)) {
            int better = rewriter.rewrite(gate, literal);
            xag.hold(better >> 1, readers);
            xag.release(literal >> 1, readers);
            literal = better;
        }
        moved[circuit.gateWire(gate)] = literal;
    }
}
