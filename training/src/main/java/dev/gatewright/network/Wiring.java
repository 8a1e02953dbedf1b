package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import java.util.List;
import java.util.random.RandomGenerator;

/** A rule that draws the fixed wires of a layer. */
public sealed interface Wiring {
    /** The name by which a network description picks this wiring. */
    String name();

    /**
     * Draws the wires of {@code gates} gates over {@code inputs} inputs.
     *
     * @throws InputException if the rule cannot wire these sizes
     */
    Connections connect(int inputs, int gates, RandomGenerator random);

    /** Every wiring, the default first. */
    static List<Wiring> all() {
        return List.of(new Unique(), new Random());
    }

    /**
     * Balanced and random: every input is read ⌊2·gates/inputs⌋ or ⌈2·gates/inputs⌉ times (difflogic's
     * {@code random}).
     */
    record Random() implements Wiring {
        @Override
        public String name() {
            return "random";
        }

        @Override
        public Connections connect(int inputs, int gates, RandomGenerator random) {
            requireReach(inputs, gates);
            int[] relabel = permutation(inputs, random);
            int[] slots = permutation(2 * gates, random);
            int[] a = new int[gates];
            int[] b = new int[gates];
            for (int gate = 0; gate < gates; gate++) {
                a[gate] = relabel[slots[gate] % inputs];
                b[gate] = relabel[slots[gates + gate] % inputs];
            }
            return new Connections(inputs, a, b);
        }
    }

    /**
     * All pairs distinct, neighbours first: (0,1), (2,3), …, then (1,2), (3,4), …, then pairs two apart, three apart,
     * …, until there are enough; the gates are then shuffled (difflogic's {@code unique}, the default of its
     * experiments). Where the inputs have fewer distinct pairs than gates, the pairs start over.
     */
    record Unique() implements Wiring {
        @Override
        public String name() {
            return "unique";
        }

        @Override
        public Connections connect(int inputs, int gates, RandomGenerator random) {
            requireReach(inputs, gates);
            int[] a = new int[gates];
            int[] b = new int[gates];
            int[] order = permutation(gates, random);
            int at = 0;
            while (at < gates) {
                for (int first = 0; first < 2; first++) {
                    for (int i = first; i + 1 < inputs && at < gates; i += 2, at++) {
                        a[order[at]] = i;
                        b[order[at]] = i + 1;
                    }
                }
                for (int offset = 2; offset < inputs; offset++) {
                    for (int i = 0; i + offset < inputs && at < gates; i++, at++) {
                        a[order[at]] = i;
                        b[order[at]] = i + offset;
                    }
                }
            }
            return new Connections(inputs, a, b);
        }
    }

    private static void requireReach(int inputs, int gates) {
        if (inputs < 2) {
            throw new InputException("a layer of two-input gates over " + inputs + " wire(s); expected at least 2");
        }
        if (2L * gates < inputs) {
            throw new InputException("a layer of " + gates + " gates over " + inputs
                    + " wires leaves wires unread; expected at least " + (inputs + 1) / 2 + " gates");
        }
        if (gates > Integer.MAX_VALUE / 2) {
            throw new InputException("a layer of " + gates + " gates; expected at most " + Integer.MAX_VALUE / 2);
        }
    }

    /** A uniformly drawn permutation (Fisher–Yates). */
    static int[] permutation(int size, RandomGenerator random) {
        int[] permutation = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            permutation[i] = permutation[j];
            permutation[j] = i;
        }
        return permutation;
    }
}
