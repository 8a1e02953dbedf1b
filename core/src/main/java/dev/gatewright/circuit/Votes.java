package dev.gatewright.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counting and comparing as gates: outputs fall into contiguous groups of equal size, a balanced tree of adders counts the
 * true ones of each, a balanced tree of comparators finds the largest, the lowest at a tie.
 */
public final class Votes {
    private final CircuitBuilder builder;

    private Votes(CircuitBuilder builder) {
        this.builder = builder;
    }

    /** The bits of a number from 0 to {@code most}; at least one. */
    public static int width(int most) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(most));
    }

    /**
     * The circuit with the counts as outputs, the lowest bit of the first group first, then, on request, the index of the
     * largest.
     *
     * @param circuit of gates of two inputs
     * @throws IllegalArgumentException if the outputs do not divide into the groups
     */
    public static Circuit counted(Circuit circuit, int groups, boolean largest) {
        if (groups < 1 || circuit.outputs() % groups != 0 || circuit.outputs() == 0) {
            throw new IllegalArgumentException(circuit.outputs() + " outputs for " + groups + " groups");
        }
        CircuitBuilder builder = new CircuitBuilder(circuit.inputs(), circuit.maxArity());
        int[] outputs = copy(circuit, builder);
        Votes votes = new Votes(builder);
        int size = outputs.length / groups;
        List<int[]> counts = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            counts.add(votes.count(Arrays.copyOfRange(outputs, group * size, (group + 1) * size)));
        }
        IntStream ends = counts.stream().flatMapToInt(Arrays::stream);
        return builder.build((largest ? IntStream.concat(ends, Arrays.stream(votes.largest(counts))) : ends).toArray());
    }

    /** Adds the gates of a circuit to a builder of as many inputs; the wires of its outputs there. */
    public static int[] copy(Circuit circuit, CircuitBuilder builder) {
        int[] wires = new int[circuit.wires()];
        wires[1] = 1;
        for (int i = 0; i < circuit.inputs(); i++) {
            wires[circuit.inputWire(i)] = builder.input(i);
        }
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

    private int[] count(int[] bits) {
        List<int[]> sums = new ArrayList<>();
        int[] most = new int[bits.length];
        Arrays.fill(most, 1);
        for (int bit : bits) {
            sums.add(new int[] {bit});
        }
        while (sums.size() > 1) {
            List<int[]> next = new ArrayList<>();
            for (int i = 0; i + 1 < sums.size(); i += 2) {
                most[i / 2] = most[i] + most[i + 1];
                int width = width(most[i / 2]);
                next.add(Arithmetic.add(
                        builder, Arrays.copyOf(sums.get(i), width), Arrays.copyOf(sums.get(i + 1), width)));
            }
            if (sums.size() % 2 == 1) {
                most[next.size()] = most[sums.size() - 1];
                next.add(sums.getLast());
            }
            sums = next;
        }
        return sums.getFirst();
    }

    private record Best(int[] value, int[] index) {}

    private int[] largest(List<int[]> counts) {
        List<Best> best = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            int[] index = new int[width(counts.size() - 1)];
            for (int bit = 0; bit < index.length; bit++) {
                index[bit] = i >> bit & 1;
            }
            best.add(new Best(counts.get(i), index));
        }
        while (best.size() > 1) {
            List<Best> next = new ArrayList<>();
            for (int i = 0; i + 1 < best.size(); i += 2) {
                Best low = best.get(i);
                Best high = best.get(i + 1);
                int more = Arithmetic.greater(builder, high.value, low.value);
                next.add(new Best(
                        Arithmetic.choose(builder, more, high.value, low.value),
                        Arithmetic.choose(builder, more, high.index, low.index)));
            }
            if (best.size() % 2 == 1) {
                next.add(best.getLast());
            }
            best = next;
        }
        return best.getFirst().index;
    }
}
