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
        List<Integer> outputs = Arrays.stream(circuit.addTo(builder)).boxed().toList();
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
}
