package dev.gatewright.data;

/** What is to be learnt: one class or one number a row. */
public sealed interface Target permits ClassTarget, NumberTarget {
    /** The name of the column it came from. */
    String name();

    int rows();

    /** The given rows, in the given order. */
    Target select(int[] rows);
}
