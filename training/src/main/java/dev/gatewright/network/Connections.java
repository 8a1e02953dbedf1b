package dev.gatewright.network;

import dev.gatewright.logic.TruthTable;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Which wires the gates of a layer read: the same number of its inputs each, one to six. Immutable. */
public final class Connections {
    private final int inputs;
    private final int[][] wires;

    /**
     * Takes ownership of the arrays: gate {@code g} reads as its input {@code i} the layer's input {@code wires[i][g]}.
     *
     * @throws IllegalArgumentException if the arrays differ in length, are none or too many, or an entry is no input
     */
    public Connections(int inputs, int[]... wires) {
        if (wires.length < 1 || wires.length > TruthTable.MAX_INPUTS) {
            throw new IllegalArgumentException("gates of " + wires.length + " wires; expected 1 to 6");
        }
        for (int i = 0; i < wires.length; i++) {
            if (wires[i].length != wires[0].length) {
                throw new IllegalArgumentException(
                        wires[0].length + " wires for input 0 of the gates and " + wires[i].length + " for " + i);
            }
            for (int gate = 0; gate < wires[i].length; gate++) {
                if (wires[i][gate] < 0 || wires[i][gate] >= inputs) {
                    throw new IllegalArgumentException(
                            "gate " + gate + " reads input " + wires[i][gate] + " of " + inputs);
                }
            }
        }
        this.inputs = inputs;
        this.wires = wires;
    }

    /** The same gates in a random order. */
    Connections shuffled(RandomGenerator random) {
        int[][] shuffled = new int[arity()][];
        Arrays.setAll(shuffled, input -> wires[input].clone());
        for (int gate = gates() - 1; gate > 0; gate--) {
            int other = random.nextInt(gate + 1);
            for (int[] of : shuffled) {
                int wire = of[gate];
                of[gate] = of[other];
                of[other] = wire;
            }
        }
        return new Connections(inputs, shuffled);
    }

    public int inputs() {
        return inputs;
    }

    public int gates() {
        return wires[0].length;
    }

    /** Wires that a gate reads. */
    public int arity() {
        return wires.length;
    }

    /** What gate {@code gate} reads as its input {@code input}. */
    public int wire(int gate, int input) {
        return wires[input][gate];
    }

    /** The first input that gate {@code gate} reads. */
    public int a(int gate) {
        return wires[0][gate];
    }

    /** The second input that gate {@code gate} reads. */
    public int b(int gate) {
        return wires[1][gate];
    }
}
