package dev.gatewright.foreign;

import dev.gatewright.logic.TruthTable;
import dev.gatewright.model.FormatException;

/** From the conventions of other systems to ours: bit {@code i} of a table is the output where input j is bit j of i. */
final class ForeignTables {
    private ForeignTables() {}

    /** The table of a published gate number, 0 to 15. */
    static long published(int number) throws FormatException {
        if (number < 0 || number > 15) {
            throw new FormatException("has gate number " + number + "; expected 0 to 15");
        }
        return TruthTable.published(number);
    }

    /** The largest of {@code count} numbers, the first at a tie. */
    static int largest(double[] numbers, int from, int count) throws FormatException {
        int largest = 0;
        for (int i = 0; i < count; i++) {
            if (Double.isNaN(numbers[from + i])) {
                throw new FormatException("has a weight that is no number");
            }
            if (numbers[from + i] > numbers[from + largest]) {
                largest = i;
            }
        }
        return largest;
    }

    /** A table whose entry {@code e} has the first input as its highest bit. */
    static long firstInputHighest(boolean[] entries, int arity) {
        long table = 0;
        for (int index = 0; index < 1 << arity; index++) {
            int entry = Integer.reverse(index) >>> Integer.SIZE - arity;
            table |= (entries[entry] ? 1L : 0L) << index;
        }
        return table;
    }

    /** A table of torchlogix by its number, whose highest bit is entry 0. */
    static long numbered(long number, int arity) throws FormatException {
        int entries = 1 << arity;
        if (arity > 5 || number < 0 || number >>> entries != 0) {
            throw new FormatException("has table number " + number + " for gates of " + arity + " inputs");
        }
        boolean[] table = new boolean[entries];
        for (int entry = 0; entry < entries; entry++) {
            table[entry] = (number >>> entries - 1 - entry & 1) != 0;
        }
        return firstInputHighest(table, arity);
    }

    /** The table of Walsh coefficients: true where the transform is below zero. Sylvester's matrix: (−1)^|e ∧ c|. */
    static long walsh(double[] numbers, int from, int arity) {
        int entries = 1 << arity;
        boolean[] table = new boolean[entries];
        for (int entry = 0; entry < entries; entry++) {
            double sum = 0;
            for (int c = 0; c < entries; c++) {
                sum += (Integer.bitCount(entry & c) & 1) == 0 ? numbers[from + c] : -numbers[from + c];
            }
            table[entry] = sum < 0;
        }
        return firstInputHighest(table, arity);
    }

    /** The table of a number an entry: true above zero. */
    static long positive(double[] numbers, int from, int arity) {
        boolean[] table = new boolean[1 << arity];
        for (int entry = 0; entry < table.length; entry++) {
            table[entry] = numbers[from + entry] > 0;
        }
        return firstInputHighest(table, arity);
    }
}
