package dev.gatewright.engine;

/** Tests of 64 floats at once, in a vector form and in a scalar twin that equals it bit for bit. */
sealed interface FloatTests permits ScalarFloatTests, VectorFloatTests {
    /**
     * Whether {@code test} holds between {@code column[from + i]} and {@code value}, in bit {@code i}.
     *
     * @param count how many floats, 1 to 64; the bits of further ones are false
     */
    long word(FloatBits.Test test, float[] column, int from, int count, float value);
}
