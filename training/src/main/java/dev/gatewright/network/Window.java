package dev.gatewright.network;

import dev.gatewright.encode.InputException;

/** A number of slices, rows and columns: the size of a field, of a border, of a step or of what is pooled. */
public record Window(int slices, int rows, int columns) {
    /** One slice, one row, one column. */
    public static final Window ONE = new Window(1, 1, 1);

    /** Positions that it covers. */
    public int size() {
        return slices * rows * columns;
    }

    /** What a description says of it: one number where all are equal, else such as {@code 1x5}, or {@code 1x5x5} of volumes. */
    String name(boolean volume) {
        boolean equal = rows == columns && (!volume || slices == rows);
        return equal ? "" + rows : (volume ? slices + "x" : "") + rows + "x" + columns;
    }

    /** The size in words: {@code 3×5}, or {@code 2×3×5} of volumes. */
    String words(boolean volume) {
        return (volume ? slices + "×" : "") + rows + "×" + columns;
    }

    /**
     * Reads what {@link #name} gives; all numbers from {@code min} to {@code max}. Of images there are {@code min} slices,
     * which makes no difference to them.
     */
    static Window parse(String text, String stage, int min, int max, boolean volume) {
        String[] parts = text.split("x", -1);
        if (parts.length != 1 && parts.length != (volume ? 3 : 2)) {
            throw new InputException("--network: '" + text + "' in '" + stage + "'; expected one number or "
                    + (volume ? "three such as 1x3x3" : "two such as 1x5"));
        }
        int[] sizes = new int[parts.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = NetworkParser.number(parts[i], stage, min, max);
        }
        return new Window(volume ? sizes[0] : min, sizes[volume ? sizes.length / 2 : 0], sizes[sizes.length - 1]);
    }
}
