package dev.gatewright.encode;

import java.util.Arrays;
import java.util.Objects;

/** A column of numbers; a missing value is NaN. A column of true and false holds 1 and 0. */
public final class NumberColumn implements Column {
    private final String name;
    private final boolean binary;
    private final float[] values;

    /** Wraps {@code values} without a copy; {@code binary} says that they are truth values, 0 or 1. */
    public NumberColumn(String name, boolean binary, float[] values) {
        this.name = Objects.requireNonNull(name);
        this.binary = binary;
        this.values = values;
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether the values are truth values, 0 or 1. */
    public boolean binary() {
        return binary;
    }

    @Override
    public int rows() {
        return values.length;
    }

    public float value(int row) {
        return values[row];
    }

    /** Writes rows {@code first} to {@code first + rows} to {@code into[at]} and on. */
    void copy(int first, int rows, float[] into, int at) {
        System.arraycopy(values, first, into, at, rows);
    }

    @Override
    public boolean missing(int row) {
        return Float.isNaN(values[row]);
    }

    @Override
    public NumberColumn select(int[] rows) {
        float[] selected = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = values[rows[i]];
        }
        return new NumberColumn(name, binary, selected);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberColumn that
                && name.equals(that.name)
                && binary == that.binary
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, binary, Arrays.hashCode(values));
    }
}
