package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A rule that draws the wires of a layer. */
public sealed interface Wiring permits Wiring.Random, Wiring.Unique, ButterflyWiring, LocalWiring, Wiring.Learned {
    /** The name by which a network description picks this wiring. */
    String name();

    /**
     * Draws the wires of {@code gates} two-input gates over {@code inputs} inputs.
     *
     * @throws InputException if the rule cannot wire these sizes
     */
    default Connections connect(int inputs, int gates, RandomGenerator random) {
        return connect(inputs, gates, 2, random);
    }

    /**
     * Draws the wires of {@code gates} gates over {@code inputs} inputs, {@code arity} a gate.
     *
     * @throws InputException if the rule cannot wire these sizes
     */
    Connections connect(int inputs, int gates, int arity, RandomGenerator random);

    /** This wiring for layer {@code layer} of a network, counted from 0: another one where layers differ by rule. */
    default Wiring inLayer(int layer) {
        return this;
    }

    /** Whether gates beside each other read wires near each other. */
    default boolean ordered() {
        return false;
    }

    /** Every wiring that stays as drawn, the default first. */
    static List<Wiring> fixed() {
        return List.of(new Unique(), new Random(), new ButterflyWiring(0), LocalWiring.DEFAULT);
    }

    /**
     * Balanced and random: every input is read ⌊arity·gates/inputs⌋ or ⌈arity·gates/inputs⌉ times (difflogic's
     * {@code random}). Two-input gates may read a wire twice; larger gates read distinct ones.
     */
    record Random() implements Wiring {
        @Override
        public String name() {
            return "random";
        }

        @Override
        public Connections connect(int inputs, int gates, int arity, RandomGenerator random) {
            WiringSizes.requireReach(inputs, gates, arity);
            return arity == 2 ? pairs(inputs, gates, random) : dealt(inputs, gates, arity, random);
        }

        private static Connections pairs(int inputs, int gates, RandomGenerator random) {
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

        /** Deals one shuffled deck of inputs after the other; what a gate holds already stays in the deck for the next. */
        private static Connections dealt(int inputs, int gates, int arity, RandomGenerator random) {
            int[][] wires = new int[arity][gates];
            int[] deck = permutation(inputs, random);
            int dealt = 0;
            for (int gate = 0; gate < gates; gate++) {
                for (int i = 0; i < arity; i++) {
                    if (dealt == inputs) {
                        deck = permutation(inputs, random);
                        dealt = 0;
                    }
                    int at = dealt;
                    while (holds(wires, gate, i, deck[at])) {
                        at++;
                    }
                    wires[i][gate] = deck[at];
                    deck[at] = deck[dealt];
                    dealt++;
                }
            }
            return new Connections(inputs, wires);
        }

        private static boolean holds(int[][] wires, int gate, int count, int wire) {
            for (int i = 0; i < count; i++) {
                if (wires[i][gate] == wire) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * All sets distinct, neighbours first. For pairs: (0,1), (2,3), …, then (1,2), (3,4), …, then pairs two apart, three
     * apart, …, until there are enough; the gates are then shuffled (difflogic's {@code unique}, the default of its
     * experiments). Larger gates read runs: (0,1,2), (3,4,5), …, then the same from 1 and from 2 on, then runs of every
     * second wire, every third, …. Where the inputs have fewer such sets than gates, they start over.
     */
    record Unique() implements Wiring {
        @Override
        public String name() {
            return "unique";
        }

        @Override
        public Connections connect(int inputs, int gates, int arity, RandomGenerator random) {
            WiringSizes.requireReach(inputs, gates, arity);
            int[][] wires = new int[arity][gates];
            int[] order = permutation(gates, random);
            int at = 0;
            while (at < gates) {
                for (int first = 0; first < arity; first++) {
                    for (int i = first; i + arity <= inputs && at < gates; i += arity, at++) {
                        run(wires, order[at], i, 1);
                    }
                }
                for (int apart = 2; (arity - 1) * apart < inputs; apart++) {
                    for (int i = 0; i + (arity - 1) * apart < inputs && at < gates; i++, at++) {
                        run(wires, order[at], i, apart);
                    }
                }
            }
            return new Connections(inputs, wires);
        }

        private static void run(int[][] wires, int gate, int from, int apart) {
            for (int i = 0; i < wires.length; i++) {
                wires[i][gate] = from + i * apart;
            }
        }
    }

    /**
     * Learned: each gate input chooses among {@code candidates} wires by trained logits, one wire in the forward pass
     * and the softmax of the logits backward (straight-through), after Fojcik et al. (LILogic Net, 2511.12340).
     *
     * @param candidates drawn for each gate input, 2 or more, or {@link #ALL}
     * @param rate factor on the learning rate of gates, above zero
     * @param temperature what logits are divided by in the softmax, above zero
     * @param renew steps after which the worst candidate of each gate input gives way to one drawn anew; 0 for never
     * @param window side of the square of pixels, one a gate, that all candidates of the gate lie in; 0 for the whole image
     */
    record Learned(int candidates, double rate, double temperature, int renew, int window) implements Wiring {
        /** Every wire is a candidate. */
        public static final int ALL = 0;

        public static final Learned DEFAULT = new Learned(ALL, 1, 1, 0, 0);

        /** @throws InputException if an option is out of its range */
        public Learned {
            if (candidates != ALL && candidates < 2) {
                throw new InputException(
                        "--network: wiring=learned:candidates=" + candidates + "; expected all or at least 2");
            }
            requirePositive("rate", rate);
            requirePositive("temperature", temperature);
            if (renew < 0 || renew > 0 && candidates == ALL) {
                throw new InputException("--network: wiring=learned:renew=" + renew
                        + (renew < 0
                                ? "; expected at least 1 step"
                                : " where every wire is a candidate; expected candidates=NUMBER"));
            }
            if (window < 0 || window > 0 && renew > 0) {
                throw new InputException("--network: wiring=learned:window=" + window
                        + (window < 0 ? "; expected at least 1 pixel" : " beside renew; expected one of them"));
            }
        }

        private static void requirePositive(String key, double value) {
            if (!(value > 0 && value <= 1e6)) {
                throw new InputException(
                        "--network: wiring=learned:" + key + "=" + value + "; expected a number above 0");
            }
        }

        /** The options that differ from the default after the name, such as {@code learned:candidates=32:rate=0.5}. */
        @Override
        public String name() {
            return "learned"
                    + (candidates == ALL ? "" : ":candidates=" + candidates)
                    + (rate == DEFAULT.rate ? "" : ":rate=" + rate)
                    + (temperature == DEFAULT.temperature ? "" : ":temperature=" + temperature)
                    + (renew == DEFAULT.renew ? "" : ":renew=" + renew)
                    + (window == DEFAULT.window ? "" : ":window=" + window);
        }

        /** Draws candidates and logits of {@code gates} gates of {@code arity} inputs that form no image. */
        public LearnedWires draw(int inputs, int gates, int arity, RandomGenerator random) {
            return draw(inputs, Optional.empty(), gates, arity, random);
        }

        /**
         * Draws candidates and logits of {@code gates} gates of {@code arity} inputs.
         *
         * @param images what the inputs form, where they form images
         * @throws InputException if a window does not fit them
         */
        LearnedWires draw(int inputs, Optional<Planes> images, int gates, int arity, RandomGenerator random) {
            Optional<Patches> patches =
                    window == DEFAULT.window ? Optional.empty() : Optional.of(new Patches(images, this));
            return new LearnedWires(this, inputs, patches, gates, arity, random);
        }

        @Override
        public Connections connect(int inputs, int gates, int arity, RandomGenerator random) {
            return draw(inputs, gates, arity, random).connections();
        }

        /** Whether a description names this wiring, with options or without. */
        static boolean isNamed(String value) {
            return value.equals(DEFAULT.name()) || value.startsWith(DEFAULT.name() + ":");
        }

        /** Reads what {@link #name} gives. */
        static Learned named(String value) {
            return parse(value.substring(DEFAULT.name().length()));
        }

        /** Reads what follows {@code learned} in a description: nothing, or options that a colon precedes. */
        private static Learned parse(String options) {
            int candidates = DEFAULT.candidates;
            double rate = DEFAULT.rate;
            double temperature = DEFAULT.temperature;
            int renew = DEFAULT.renew;
            int window = DEFAULT.window;
            for (String option :
                    options.isEmpty() ? new String[0] : options.substring(1).split(":", -1)) {
                int equals = option.indexOf('=');
                String value = option.substring(equals + 1).strip();
                try {
                    switch (equals < 0 ? "" : option.substring(0, equals).strip()) {
                        case "candidates" -> candidates = value.equals("all") ? ALL : wires(value);
                        case "rate" -> rate = Double.parseDouble(value);
                        case "temperature" -> temperature = Double.parseDouble(value);
                        case "renew" -> renew = Integer.parseInt(value);
                        case "window" -> window = Integer.parseInt(value);
                        default -> throw unreadable(option);
                    }
                } catch (NumberFormatException e) {
                    throw unreadable(option);
                }
            }
            return new Learned(candidates, rate, temperature, renew, window);
        }

        private static int wires(String value) {
            int wires = Integer.parseInt(value);
            if (wires < 2) {
                throw new InputException(
                        "--network: wiring=learned:candidates=" + value + "; expected all or at least 2");
            }
            return wires;
        }

        private static InputException unreadable(String option) {
            return new InputException("--network: '" + option
                    + "' after wiring=learned; expected candidates=NUMBER, rate=NUMBER, temperature=NUMBER,"
                    + " renew=STEPS or window=PIXELS");
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
