package dev.gatewright.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counting and comparing as gates: outputs fall into contiguous groups of equal size, the true ones of each are counted, and
 * the largest is found, the lowest at a tie.
 */
public final class Votes {
    private Votes() {}

    /** The bits of a number from 0 to {@code most}; at least one. */
    public static int width(int most) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(most));
    }

    /**
     * The circuit with the counts as outputs, the lowest bit of the first group first, then, on request, the index of the
     * largest.
     *
     * @throws IllegalArgumentException if the outputs do not divide into the groups
     */
    public static Circuit counted(Circuit circuit, int groups, boolean largest, Popcount popcount) {
        if (groups < 1 || circuit.outputs() % groups != 0 || circuit.outputs() == 0) {
            throw new IllegalArgumentException(circuit.outputs() + " outputs for " + groups + " groups");
        }
        CircuitBuilder builder = new CircuitBuilder(circuit.inputs(), circuit.maxArity());
        List<Integer> outputs = Arrays.stream(copy(circuit, builder)).boxed().toList();
        BuilderNumbers numbers = new BuilderNumbers(builder);
        int size = outputs.size() / groups;
        List<List<Integer>> counts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (int from = 0; from < outputs.size(); from += size) {
            counts.add(popcount.of(outputs.subList(from, from + size), numbers));
            ends.addAll(counts.getLast());
        }
        if (largest) {
            ends.addAll(Tournament.winner(counts, numbers));
        }
        return builder.build(ends.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Adds the gates of a circuit to a builder of as many inputs; the wires of its outputs there. */
    public static int[] copy(Circuit circuit, CircuitBuilder builder) {
        int[] places = new int[circuit.inputs()];
        Arrays.setAll(places, input -> input);
        return copy(circuit, builder, places);
    }

    /** The same where input {@code i} of the circuit is input {@code places[i]} of the builder. */
    public static int[] copy(Circuit circuit, CircuitBuilder builder, int[] places) {
        return wired(circuit, builder, Arrays.stream(places).map(builder::input).toArray());
    }

    /** The same where input {@code i} of the circuit is the wire {@code inputs[i]} of the builder. */
    public static int[] wired(Circuit circuit, CircuitBuilder builder, int[] inputs) {
        int[] wires = new int[circuit.wires()];
        wires[1] = 1;
        System.arraycopy(inputs, 0, wires, Circuit.CONSTANTS, inputs.length);
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int[] reads = new int[circuit.arity(gate)];
            for (int i = 0; i < reads.length; i++) {
                reads[i] = wires[circuit.wire(gate, i)];
            }
            wires[circuit.gateWire(gate)] = builder.gate(circuit.table(gate), reads);
        }
        int[] outputs = new int[circuit.outputs()];
        Arrays.setAll(outputs, i -> wires[circuit.output(i)]);
        return outputs;
    }
}
