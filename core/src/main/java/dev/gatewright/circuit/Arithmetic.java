package dev.gatewright.circuit;

import dev.gatewright.logic.TruthTable;
import java.util.Arrays;

/** Unsigned numbers as wires of a builder, the lowest bit first, computed with gates of two inputs. */
public final class Arithmetic {
    private Arithmetic() {}

    /**
     * The sum of two numbers of the same width, which it has too: the carry out of the highest bit is lost.
     *
     * @throws IllegalArgumentException if the widths differ
     */
    public static int[] add(CircuitBuilder builder, int[] a, int[] b) {
        return add(builder, a, b, 0);
    }

    /** As {@link #add(CircuitBuilder, int[], int[])}, and one more where the wire {@code carryIn} is true. */
    public static int[] add(CircuitBuilder builder, int[] a, int[] b, int carryIn) {
        sameWidth(a, b);
        int[] sum = new int[a.length];
        int carry = carryIn;
        for (int i = 0; i < sum.length; i++) {
            int half = builder.gate(TruthTable.XOR, a[i], b[i]);
            sum[i] = builder.gate(TruthTable.XOR, half, carry);
            int both = builder.gate(TruthTable.AND, a[i], b[i]);
            carry = builder.gate(TruthTable.OR, both, builder.gate(TruthTable.AND, half, carry));
        }
        return sum;
    }

    /**
     * {@code a - b} of two numbers of the same width, which it has too: the borrow from beyond the highest bit is lost.
     *
     * @throws IllegalArgumentException if the widths differ
     */
    public static int[] subtract(CircuitBuilder builder, int[] a, int[] b) {
        int[] inverse = new int[b.length];
        Arrays.setAll(inverse, i -> builder.not(b[i]));
        return add(builder, a, inverse, 1);
    }

    /**
     * Whether {@code a} is greater than {@code b}.
     *
     * @throws IllegalArgumentException if the widths differ
     */
    public static int greater(CircuitBuilder builder, int[] a, int[] b) {
        sameWidth(a, b);
        int greater = 0;
        for (int i = 0; i < a.length; i++) {
            int here = builder.gate(TruthTable.A_AND_NOT_B, a[i], b[i]);
            int same = builder.gate(TruthTable.XNOR, a[i], b[i]);
            greater = builder.gate(TruthTable.OR, here, builder.gate(TruthTable.AND, same, greater));
        }
        return greater;
    }

    /** Bit by bit {@code yes} where {@code condition} is true, else {@code no}. */
    public static int[] choose(CircuitBuilder builder, int condition, int[] yes, int[] no) {
        sameWidth(yes, no);
        int[] chosen = new int[yes.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = choose(builder, condition, yes[i], no[i]);
        }
        return chosen;
    }

    private static int choose(CircuitBuilder builder, int condition, int yes, int no) {
        return builder.gate(
                TruthTable.OR,
                builder.gate(TruthTable.AND, condition, yes),
                builder.gate(TruthTable.B_AND_NOT_A, condition, no));
    }

    /** The wire that carries a table of up to six wires, by choices from the last wire on. */
    public static int table(CircuitBuilder builder, long table, int[] wires) {
        return table(builder, table, wires, wires.length);
    }

    private static int table(CircuitBuilder builder, long table, int[] wires, int count) {
        if (count <= 2) {
            return count == 2 ? builder.gate(table, wires[0], wires[1]) : few(builder, table, wires, count);
        }
        int rest = count - 1;
        long all = TruthTable.mask(rest);
        return choose(
                builder,
                wires[rest],
                table(builder, table >>> (1 << rest) & all, wires, rest),
                table(builder, table & all, wires, rest));
    }

    private static int few(CircuitBuilder builder, long table, int[] wires, int count) {
        return count == 1 ? builder.gate(table, wires[0]) : builder.gate(table);
    }

    private static void sameWidth(int[] a, int[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("numbers of " + a.length + " and " + b.length + " bits");
        }
    }
}
