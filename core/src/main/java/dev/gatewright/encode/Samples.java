package dev.gatewright.encode;

/** Raw samples, as a user has them, before any encoding. */
public sealed interface Samples permits Table, Images {
    int rows();

    /** The given rows, in the given order. */
    Samples select(int[] rows);
}
