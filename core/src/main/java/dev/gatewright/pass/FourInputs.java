package dev.gatewright.pass;

import java.util.Arrays;

/**
 * The 222 classes of functions of four inputs that differ only in the order of the inputs and in inverters at inputs
 * and output. A class is represented by its smallest table.
 *
 * <p>The maps are computed when the class is loaded, in some milliseconds: 768 transforms of each representative.
 */
final class FourInputs {
    static final int INPUTS = 4;

    private static final int TABLES = 1 << 16;
    private static final int[] REPRESENTATIVE = new int[TABLES];
    private static final short[] TRANSFORM = new short[TABLES];
    private static final int[] REPRESENTATIVES;

    static {
        Arrays.fill(REPRESENTATIVE, -1);
        int[] found = new int[TABLES];
        int count = 0;
        for (int table = 0; table < TABLES; table++) {
            if (REPRESENTATIVE[table] < 0) {
                found[count++] = table;
                fill(table);
            }
        }
        REPRESENTATIVES = Arrays.copyOf(found, count);
    }

    private FourInputs() {}

    private static void fill(int representative) {
        for (int order = 0; order < 256; order++) {
            if (!isPermutation(order)) {
                continue;
            }
            for (int inverted = 0; inverted < 32; inverted++) {
                int transform = order << 5 | inverted;
                int table = apply(representative, transform);
                if (REPRESENTATIVE[table] < 0) {
                    REPRESENTATIVE[table] = representative;
                    TRANSFORM[table] = (short) transform;
                }
            }
        }
    }

    /** Whether two bits an input, as in a transform, name every input once. */
    static boolean isPermutation(int order) {
        return (1 << (order & 3) | 1 << (order >> 2 & 3) | 1 << (order >> 4 & 3) | 1 << (order >> 6)) == 15;
    }

    /** The function of a representative read through a transform: {@code table(x) = representative(z) ^ out}. */
    static int apply(int representative, int transform) {
        int table = 0;
        for (int x = 0; x < 16; x++) {
            int z = 0;
            for (int j = 0; j < INPUTS; j++) {
                z |= (x >> input(transform, j) & 1 ^ inverted(transform, j)) << j;
            }
            table |= (representative >> z & 1 ^ invertedOutput(transform)) << x;
        }
        return table;
    }

    /** The smallest table of every class, ascending. */
    static int[] representatives() {
        return REPRESENTATIVES.clone();
    }

    /** The smallest table of the class of {@code table}. */
    static int representative(int table) {
        return REPRESENTATIVE[table];
    }

    /** A transform that takes the representative of {@code table} to {@code table}. */
    static int transform(int table) {
        return TRANSFORM[table] & 0x1FFF;
    }

    /** Which input of the function drives input {@code j} of the representative. */
    static int input(int transform, int j) {
        return transform >> 5 + 2 * j & 3;
    }

    /** 1 where input {@code j} of the representative is driven by the inverse. */
    static int inverted(int transform, int j) {
        return transform >> j & 1;
    }

    /** 1 where the function is the inverse of the representative. */
    static int invertedOutput(int transform) {
        return transform >> 4 & 1;
    }
}
