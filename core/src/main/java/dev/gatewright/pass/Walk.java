package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.Fanout;
import dev.gatewright.circuit.Levels;
import java.util.Arrays;

/**
 * Moves a circuit into an {@link Xag}, from the inputs on, and lets a rewriter put something else in the place of each
 * new gate. Gates that follow each other and read none of each other move together, so that each knows the others. Wires that later gates will read count as holds all along, so at every moment the network
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
    /** Node → the literal that took its place plus one, or 0. */
    private int[] better = {};

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
        int from = 0;
        while (from < circuit.gates()) {
            int to = from;
            for (; to < circuit.gates() && !reads(to, from); to++) {
                move(to, fanout.readers(circuit.gateWire(to)));
            }
            for (int gate = from; gate < to; gate++) {
                improve(gate, fanout.readers(circuit.gateWire(gate)), rewriter);
            }
            from = to;
        }
        int[] outputs = new int[circuit.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = moved[circuit.output(i)];
        }
        return xag.circuit(outputs);
    }

    /** Whether a gate reads another from {@code first} on. */
    private boolean reads(int gate, int first) {
        return circuit.gateOf(circuit.wire(gate, circuit.arity(gate) - 1)) >= first;
    }

    private void move(int gate, int readers) {
        int arity = circuit.arity(gate);
        int a = moved[circuit.wire(gate, 0)];
        int b = arity == 1 ? a : moved[circuit.wire(gate, 1)];
        // An inverter is the nor of a wire with itself.
        int literal = xag.gate((int) circuit.table(gate), a, b);
        int node = literal >> 1;
        if (node < better.length && better[node] != 0) {
            literal = better[node] - 1 ^ literal & 1;
        }
        xag.hold(literal >> 1, readers);
        xag.release(a >> 1, 1);
        xag.release(b >> 1, arity - 1);
        moved[circuit.gateWire(gate)] = literal;
    }

    private void improve(int gate, int readers, Rewriter rewriter) {
        int literal = moved[circuit.gateWire(gate)];
        int node = literal >> 1;
        if (readers == 0 || !xag.isGate(node)) {
            return;
        }
        if (node >= better.length) {
            better = Arrays.copyOf(better, xag.nodes() + xag.nodes() / 4);
        }
        int found = better[node] != 0 ? better[node] - 1 ^ literal & 1 : rewriter.rewrite(gate, literal);
        if (found != literal) {
            xag.hold(found >> 1, readers);
            xag.release(node, readers);
            better[node] = (found ^ literal & 1) + 1;
            moved[circuit.gateWire(gate)] = found;
        }
    }

    /** The circuit with its gates in the order of their levels, in which a walk knows most of what is to come. */
    static Circuit byLevel(Circuit circuit) {
        Levels levels = Levels.of(circuit);
        int deepest = 0;
        for (int gate = 0; gate < circuit.gates(); gate++) {
            deepest = Math.max(deepest, levels.level(circuit.gateWire(gate)));
        }
        int[] starts = new int[deepest + 2];
        for (int gate = 0; gate < circuit.gates(); gate++) {
            starts[levels.level(circuit.gateWire(gate)) + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] order = new int[circuit.gates()];
        for (int gate = 0; gate < circuit.gates(); gate++) {
            order[starts[levels.level(circuit.gateWire(gate))]++] = gate;
        }
        CircuitBuilder builder = CircuitBuilder.like(circuit);
        Rebuild rebuild = new Rebuild(circuit);
        for (int gate : order) {
            rebuild.move(gate, builder.gate(circuit.table(gate), rebuild.reads(gate)));
        }
        return rebuild.build(builder);
    }
}
