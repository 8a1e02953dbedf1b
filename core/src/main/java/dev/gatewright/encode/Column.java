package dev.gatewright.encode;

/** One named column of raw values. */
public sealed interface Column permits NumberColumn, CategoryColumn {
    String name();

    int rows();

    /** Whether the value of this row is missing. */
    boolean missing(int row);

    /** The given rows, in the given order. */
    Column select(int[] rows);
}
