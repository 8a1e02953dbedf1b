package dev.gatewright.circuit;

/** A number of rows and of columns, or a row and a column. */
public record Extent(int rows, int columns) {
    /** One row of one column. */
    public static final Extent ONE = new Extent(1, 1);

    /** Rows times columns. */
    public int size() {
        return Math.multiplyExact(rows, columns);
    }

    @Override
    public String toString() {
        return rows + "×" + columns;
    }
}
