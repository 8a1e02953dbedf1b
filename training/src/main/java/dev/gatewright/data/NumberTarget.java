package dev.gatewright.data;

import java.util.Arrays;
import java.util.Objects;

/** One finite number a row. */
public final class NumberTarget implements Target {
    private final String name;
    private final float[] values;

    /** Wraps {@code values} without a copy. */
    public NumberTarget(String name, float[] values) {
        this.name = Objects.requireNonNull(name);
        this.values = values;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rows() {
        return values.length;
    }

    public float value(int row) {
        return values[row];
    }

    @Override
    public NumberTarget select(int[] rows) {
        float[] selected = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = values[rows[i]];
        }
        return new NumberTarget(name, selected);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberTarget that && name.equals(that.name) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(values));
    }
}
