package dev.gatewright.pass;

import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import java.util.Arrays;

/**
 * A function of up to six inputs as two-input gates.
 *
 * <p>Functions of four inputs have a shortest chain. A larger one is split, whichever way takes the fewest gates: by
 * two inputs that matter only through one gate of theirs, {@code f = g(h(x, y), …)}; or by one input x with the
 * cofactors f₀ and f₁, as {@code x ? f₁ : f₀} (Shannon), {@code f₀ ⊕ x·(f₀ ⊕ f₁)} or {@code f₁ ⊕ ¬x·(f₀ ⊕ f₁)} (Davio),
 * and by a single gate where a cofactor is constant or the two are opposites.
 */
final class Decomposition {
    /** The places of a table at which an input is 0, an entry an input. */
    private static final long[] ZERO = {
        0x5555555555555555L, 0x3333333333333333L, 0x0F0F0F0F0F0F0F0FL,
        0x00FF00FF00FF00FFL, 0x0000FFFF0000FFFFL, 0x00000000FFFFFFFFL
    };

    /** The wire that is false. */
    private static final int FALSE = 0;

    private static final byte[] CHAIN_GATES = new byte[1 << 16];

    static {
        for (int representative : FourInputs.representatives()) {
            byte[][] chains = Chains.of(representative);
            CHAIN_GATES[representative] = (byte) (chains.length == 0 ? 0 : chains[0].length / 2);
        }
        for (int table = 0; table < CHAIN_GATES.length; table++) {
            CHAIN_GATES[table] = CHAIN_GATES[FourInputs.representative(table)];
        }
    }

    /** How a function is split. */
    private enum Kind {
        PAIR,
        SINGLE,
        SHANNON,
        DAVIO,
        NEGATIVE_DAVIO
    }

    /** A split of a function at input {@code x}, or at inputs {@code x < y}. */
    private record Split(Kind kind, int x, int y, int gates) {}

    private Decomposition() {}

    /** Gates that {@link #build} needs for a function of {@code inputs} inputs. */
    static int gates(long table, int inputs) {
        if (inputs <= FourInputs.INPUTS) {
            return CHAIN_GATES[(int) widened(table, inputs)];
        }
        int ignored = ignored(table, inputs);
        return ignored < 0 ? best(table, inputs).gates() : gates(cofactor(table, inputs, ignored, false), inputs - 1);
    }

    /** Adds gates to a builder and returns the wire that carries {@code table} of the given wires. */
    static int build(long table, int[] wires, CircuitBuilder builder) {
        int inputs = wires.length;
        int ignored = ignored(table, inputs);
        if (ignored >= 0) {
            return build(cofactor(table, inputs, ignored, false), without(wires, ignored), builder);
        }
        if (inputs <= 2) {
            return builder.gate(table, wires);
        }
        if (inputs <= FourInputs.INPUTS) {
            return chain((int) widened(table, inputs), wires, builder);
        }
        Split split = best(table, inputs);
        if (split.kind == Kind.PAIR) {
            int pair = pairTable(table, inputs, split.x, split.y);
            int joined = builder.gate(pair, wires[split.x], wires[split.y]);
            int[] rest = without(without(wires, split.y), split.x);
            int[] reads = Arrays.copyOf(rest, rest.length + 1);
            reads[rest.length] = joined;
            return build(joinedTable(table, inputs, split.x, split.y, pair), reads, builder);
        }
        return split(split, table, wires, builder);
    }

    private static int split(Split split, long table, int[] wires, CircuitBuilder builder) {
        int inputs = wires.length;
        long mask = TruthTable.mask(inputs - 1);
        int x = wires[split.x];
        int[] rest = without(wires, split.x);
        long low = cofactor(table, inputs, split.x, false);
        long high = cofactor(table, inputs, split.x, true);
        return switch (split.kind) {
            case SINGLE -> {
                boolean lowDrives = high == 0 || high == mask;
                int driven = build(lowDrives ? low : high, rest, builder);
                yield builder.gate(singleTable(low, high, mask), x, driven);
            }
            case SHANNON -> {
                int ifFalse = builder.gate(TruthTable.B_AND_NOT_A, x, build(low, rest, builder));
                int ifTrue = builder.gate(TruthTable.AND, x, build(high, rest, builder));
                yield builder.gate(TruthTable.OR, ifFalse, ifTrue);
            }
            case DAVIO -> {
                int change = builder.gate(TruthTable.AND, x, build(low ^ high, rest, builder));
                yield builder.gate(TruthTable.XOR, build(low, rest, builder), change);
            }
            case NEGATIVE_DAVIO -> {
                int change = builder.gate(TruthTable.B_AND_NOT_A, x, build(low ^ high, rest, builder));
                yield builder.gate(TruthTable.XOR, build(high, rest, builder), change);
            }
            case PAIR -> throw new IllegalStateException("a pair is built above");
        };
    }

    /** An input on which a function does not depend, or −1. */
    private static int ignored(long table, int inputs) {
        for (int x = 0; x < inputs; x++) {
            if (!TruthTable.dependsOn(table, inputs, x)) {
                return x;
            }
        }
        return -1;
    }

    private static Split best(long table, int inputs) {
        Split best = null;
        long mask = TruthTable.mask(inputs - 1);
        for (int x = 0; x < inputs; x++) {
            for (int y = x + 1; y < inputs; y++) {
                int pair = pairTable(table, inputs, x, y);
                if (pair >= 0) {
                    long joined = joinedTable(table, inputs, x, y, pair);
                    best = fewer(best, new Split(Kind.PAIR, x, y, 1 + gates(joined, inputs - 1)));
                }
            }
        }
        for (int x = 0; x < inputs; x++) {
            long low = cofactor(table, inputs, x, false);
            long high = cofactor(table, inputs, x, true);
            int lowGates = gates(low, inputs - 1);
            int highGates = gates(high, inputs - 1);
            if (singleTable(low, high, mask) >= 0) {
                best = fewer(best, new Split(Kind.SINGLE, x, x, 1 + Math.max(lowGates, highGates)));
            }
            int change = gates(low ^ high, inputs - 1);
            best = fewer(best, new Split(Kind.DAVIO, x, x, 2 + lowGates + change));
            best = fewer(best, new Split(Kind.NEGATIVE_DAVIO, x, x, 2 + highGates + change));
            best = fewer(best, new Split(Kind.SHANNON, x, x, 3 + lowGates + highGates));
        }
        return best;
    }

    private static Split fewer(Split best, Split other) {
        return best == null || other.gates < best.gates ? other : best;
    }

    /** The two-input table of x and the cofactor that is not constant, or −1 where one gate does not do. */
    private static int singleTable(long low, long high, long mask) {
        if (low == 0) {
            return TruthTable.AND;
        }
        if (low == mask) {
            return TruthTable.B_OR_NOT_A;
        }
        if (high == 0) {
            return TruthTable.B_AND_NOT_A;
        }
        if (high == mask) {
            return TruthTable.OR;
        }
        return (low ^ high) == mask ? TruthTable.XNOR : -1;
    }

    /** The gate of x and y through which alone a function depends on them, or −1. */
    private static int pairTable(long table, int inputs, int x, int y) {
        long first = cofactor(table, inputs, x, y, 0);
        int pair = 0;
        long second = first;
        for (int i = 1; i < 4; i++) {
            long other = cofactor(table, inputs, x, y, i);
            if (other != first && second == first) {
                second = other;
            }
            if (other != first && other != second) {
                return -1;
            }
            pair |= other == first ? 0 : 1 << i;
        }
        return pair;
    }

    /** The function of the inputs but x and y, and of their gate as the last. */
    private static long joinedTable(long table, int inputs, int x, int y, int pair) {
        int half = 1 << inputs - 2;
        long ifFalse = cofactor(table, inputs, x, y, 0);
        long ifTrue = cofactor(table, inputs, x, y, pair == 0 ? 0 : Integer.numberOfTrailingZeros(pair));
        return ifFalse | ifTrue << half;
    }

    private static long cofactor(long table, int inputs, int input, boolean value) {
        return Long.compress(table, (value ? ~ZERO[input] : ZERO[input]) & TruthTable.mask(inputs));
    }

    private static long cofactor(long table, int inputs, int x, int y, int values) {
        long ofX = (values & 1) != 0 ? ~ZERO[x] : ZERO[x];
        long ofY = (values & 2) != 0 ? ~ZERO[y] : ZERO[y];
        return Long.compress(table, ofX & ofY & TruthTable.mask(inputs));
    }

    /** The same function of four inputs, which ignores those it did not have. */
    private static long widened(long table, int inputs) {
        long wide = table;
        for (int i = inputs; i < FourInputs.INPUTS; i++) {
            wide |= wide << (1 << i);
        }
        return wide;
    }

    private static int[] without(int[] wires, int input) {
        int[] rest = new int[wires.length - 1];
        System.arraycopy(wires, 0, rest, 0, input);
        System.arraycopy(wires, input + 1, rest, input, rest.length - input);
        return rest;
    }

    private static int chain(int table, int[] wires, CircuitBuilder builder) {
        byte[] chain = Chains.of(FourInputs.representative(table))[0];
        int transform = FourInputs.transform(table);
        int gates = chain.length / 2;
        int[] carried = new int[FourInputs.INPUTS + gates];
        int inverted = 0;
        for (int j = 0; j < FourInputs.INPUTS; j++) {
            int input = FourInputs.input(transform, j);
            carried[j] = input < wires.length ? wires[input] : FALSE;
            inverted |= FourInputs.inverted(transform, j) << j;
        }
        int output = chain[chain.length - 1] ^ FourInputs.invertedOutput(transform);
        int last = FourInputs.INPUTS + gates - 1;
        for (int k = 0; k < gates; k++) {
            int a = chain[2 * k];
            int b = chain[2 * k + 1];
            int two = a < b
                    ? 1 << (trueAs(a, inverted) | trueAs(b, inverted) << 1)
                    : trueAs(a, inverted) == trueAs(b, inverted) ? TruthTable.XOR : TruthTable.XNOR;
            // Only the output reads the last gate, so an inverter there costs nothing.
            boolean flip = FourInputs.INPUTS + k == last && (output & 1) != 0;
            carried[FourInputs.INPUTS + k] =
                    builder.gate(flip ? two ^ TruthTable.TRUE : two, carried[a >> 1], carried[b >> 1]);
        }
        return carried[last];
    }

    /** The value of what a literal reads for which the literal is true. */
    private static int trueAs(int literal, int invertedInputs) {
        int input = literal >> 1;
        int inverted = input < FourInputs.INPUTS ? invertedInputs >> input & 1 : 0;
        return 1 ^ literal & 1 ^ inverted;
    }
}
