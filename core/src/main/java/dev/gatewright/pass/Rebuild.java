package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import java.util.Arrays;

/** Hands the gates of one circuit to a builder in order, remembering where each wire went. */
final class Rebuild {
    private final Circuit circuit;
    private final int[] moved;

    Rebuild(Circuit circuit) {
        this.circuit = circuit;
        this.moved = new int[circuit.wires()];
        for (int wire = 0; wire < Circuit.CONSTANTS + circuit.inputs(); wire++) {
            moved[wire] = wire;
        }
    }

    /** Where the wires that {@code gate} reads went. */
    int[] reads(int gate) {
        int[] reads = new int[circuit.arity(gate)];
        for (int i = 0; i < reads.length; i++) {
            reads[i] = moved[circuit.wire(gate, i)];
        }
        return reads;
    }

    /** Notes that the wire of {@code gate} is now {@code wire}. */
    void move(int gate, int wire) {
        moved[circuit.gateWire(gate)] = wire;
    }

    /** Notes that input {@code input} is now {@code wire}. */
    void moveInput(int input, int wire) {
        moved[circuit.inputWire(input)] = wire;
    }

    /** The new circuit, once every gate that matters has moved. */
    Circuit build(CircuitBuilder builder) {
        int[] outputs = new int[circuit.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = circuit.output(i);
        }
        return build(builder, outputs);
    }

    /** The new circuit with other outputs, which are wires of the old one. */
    Circuit build(CircuitBuilder builder, int[] outputs) {
        return builder.build(Arrays.stream(outputs).map(wire -> moved[wire]).toArray());
    }
}
