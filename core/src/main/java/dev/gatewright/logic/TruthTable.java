package dev.gatewright.logic;

import java.util.List;

/**
 * Truth tables of up to six inputs, held in the low 2ᵏ bits of a {@code long}.
 *
 * <p>The one convention of the system: bit {@code i} of a table is the output for the inputs whose wire {@code j}
 * carries bit {@code j} of {@code i}. With two inputs, {@code a = i & 1} and {@code b = i >> 1 & 1}. The published
 * gate numbers of the field (difflogic's 0..15) swap bits 0 and 3 of ours and appear only at borders.
 */
public final class TruthTable {
    /** A gate reads at most this many wires, so that a table fits one word. */
    public static final int MAX_INPUTS = 6;

    // Two-input tables by name.
    public static final int FALSE = 0b0000;
    public static final int NOR = 0b0001;
    public static final int A_AND_NOT_B = 0b0010;
    public static final int NOT_B = 0b0011;
    public static final int B_AND_NOT_A = 0b0100;
    public static final int NOT_A = 0b0101;
    public static final int XOR = 0b0110;
    public static final int NAND = 0b0111;
    public static final int AND = 0b1000;
    public static final int XNOR = 0b1001;
    public static final int A = 0b1010;
    public static final int A_OR_NOT_B = 0b1011;
    public static final int B = 0b1100;
    public static final int B_OR_NOT_A = 0b1101;
    public static final int OR = 0b1110;
    public static final int TRUE = 0b1111;

    /** The one-input table of an inverter. */
    public static final int NOT = 0b01;

    private static final List<String> NAMES = List.of(
            "false", "nor", "a&~b", "~b", "b&~a", "~a", "xor", "nand", "and", "xnor", "a", "a|~b", "b", "b|~a", "or",
            "true");

    /** The positions of a table at which an input is 0, an entry an input. */
    private static final long[] ZERO_HALF = {
        0x5555555555555555L, 0x3333333333333333L, 0x0F0F0F0F0F0F0F0FL,
        0x00FF00FF00FF00FFL, 0x0000FFFF0000FFFFL, 0x00000000FFFFFFFFL
    };

    private TruthTable() {}

    /** The bits a table of {@code inputs} inputs uses. */
    public static long mask(int inputs) {
        return inputs == MAX_INPUTS ? -1L : (1L << (1 << inputs)) - 1;
    }

    /** The output for the input assignment {@code index}. */
    public static boolean value(long table, int index) {
        return (table >>> index & 1) != 0;
    }

    /** Whether the output ever changes with input {@code input}. */
    public static boolean dependsOn(long table, int inputs, int input) {
        return ((table >>> (1 << input) ^ table) & ZERO_HALF[input] & mask(inputs)) != 0;
    }

    /** The same function read through an inverter at input {@code input}. */
    public static long invertInput(long table, int inputs, int input) {
        int distance = 1 << input;
        long half = ZERO_HALF[input] & mask(inputs);
        return (table & half) << distance | table >>> distance & half;
    }

    /** The table over the other inputs, of one that does not depend on input {@code input}. */
    public static long without(long table, int inputs, int input) {
        return Long.compress(table, ZERO_HALF[input] & mask(inputs));
    }

    /** The table of six inputs that is input {@code input} itself. */
    public static long variable(int input) {
        return ~ZERO_HALF[input];
    }

    /** Sixty-four evaluations of a table at once, one a bit; {@code words} holds a word an input. */
    public static long apply(long table, long[] words, int inputs) {
        if (inputs == 2) {
            return apply((int) table, words[0], words[1]);
        }
        long word = 0;
        for (long left = table; left != 0; left &= left - 1) {
            int index = Long.numberOfTrailingZeros(left);
            long and = -1;
            for (int i = 0; i < inputs; i++) {
                and &= (index >> i & 1) != 0 ? words[i] : ~words[i];
            }
            word |= and;
        }
        return word;
    }

    /** Sixty-four evaluations of a two-input table at once, one a bit. */
    public static long apply(int table, long a, long b) {
        long word = 0;
        word |= (table & 1) != 0 ? ~a & ~b : 0;
        word |= (table & 2) != 0 ? a & ~b : 0;
        word |= (table & 4) != 0 ? ~a & b : 0;
        word |= (table & 8) != 0 ? a & b : 0;
        return word;
    }

    /** The name of a two-input table, for reports. */
    public static String name(int table) {
        return NAMES.get(table);
    }

    /** The field's published gate number (difflogic's) of a two-input table, or back: the map is its own inverse. */
    public static int published(int table) {
        return table & 0b0110 | (table & 1) << 3 | table >> 3 & 1;
    }
}
