package dev.gatewright.encode;

import java.util.Arrays;

/** Bits on their way into an encoder, in growing arrays. */
final class EncoderParts {
    private int[] columns = new int[64];
    private byte[] tests = new byte[64];
    private float[] values = new float[64];
    private int size;

    void add(int column, Encoder.Test test, float value) {
        if (size == columns.length) {
            columns = Arrays.copyOf(columns, 2 * size);
            tests = Arrays.copyOf(tests, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        columns[size] = column;
        tests[size] = test.code();
        values[size++] = value;
    }

    int size() {
        return size;
    }

    Encoder encoder(Encoder.Inputs inputs) {
        if (size == 0) {
            throw new InputException("no column of the training data varies, so there is nothing to learn from");
        }
        return new Encoder(
                inputs, Arrays.copyOf(columns, size), Arrays.copyOf(tests, size), Arrays.copyOf(values, size));
    }
}
