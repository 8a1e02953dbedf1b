package dev.gatewright.engine;

import java.util.Objects;

/**
 * How columns of floats become the inputs of a circuit: input {@code i} is whether test {@code tests[i]} holds between
 * column {@code columns[i]} and {@code values[i]}. Only inputs that the circuit reads are ever computed. Immutable.
 */
public final class FloatBits {
    /** What an input asks of its column. */
    public enum Test {
        /** The number is greater than the value; false for NaN. */
        GREATER,
        /** The number is the value. */
        EQUALS,
        /** The number is NaN. */
        MISSING
    }

    private final int width;
    private final int inputs;
    private final int[] inputsRead;
    private final int[] columns;
    private final Test[] tests;
    private final float[] values;

    /**
     * @param width columns that there are
     * @param columns the column that each input looks at
     * @param tests what it asks
     * @param values what it compares with, for tests that do
     * @param inputsRead the inputs to compute
     */
    public FloatBits(int width, int[] columns, Test[] tests, float[] values, int[] inputsRead) {
        if (columns.length != tests.length || columns.length != values.length) {
            throw new IllegalArgumentException(
                    columns.length + " columns, " + tests.length + " tests and " + values.length + " values");
        }
        this.width = width;
        this.inputs = columns.length;
        this.inputsRead = inputsRead.clone();
        this.columns = new int[inputsRead.length];
        this.tests = new Test[inputsRead.length];
        this.values = new float[inputsRead.length];
        for (int i = 0; i < inputsRead.length; i++) {
            this.columns[i] = Objects.checkIndex(columns[inputsRead[i]], width);
            this.tests[i] = Objects.requireNonNull(tests[inputsRead[i]]);
            this.values[i] = values[inputsRead[i]];
        }
    }

    /** Columns that there are. */
    public int width() {
        return width;
    }

    int inputs() {
        return inputs;
    }

    /** How many inputs to compute; the following count them. */
    int count() {
        return inputsRead.length;
    }

    int input(int index) {
        return inputsRead[index];
    }

    int column(int index) {
        return columns[index];
    }

    Test test(int index) {
        return tests[index];
    }

    float value(int index) {
        return values[index];
    }

    /** Whether the test of an input holds for one number. */
    boolean holds(int index, float number) {
        return switch (tests[index]) {
            case GREATER -> number > values[index];
            case EQUALS -> number == values[index];
            case MISSING -> Float.isNaN(number);
        };
    }
}
