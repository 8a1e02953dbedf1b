package dev.gatewright.train;

/**
 * Exponential, sine and cosine in float, from operations that every machine and {@link VectorKernels} round alike.
 * Relative error of exp below 2e-7; absolute error of sin and cos below 3e-7 for arguments of up to a thousand.
 */
final class FloatMath {
    static final float EXP_MIN = -87f;
    static final float EXP_MAX = 88f;
    static final float LOG2_E = 1.44269504f;
    /** ln 2 in two parts, the first exact in few bits. */
    static final float LN2_HIGH = 0.693359375f;

    static final float LN2_LOW = -2.12194440e-4f;
    /** Adding and subtracting this rounds to an integer, which then stands in the low bits. */
    static final float ROUND = 0x1.8p23f;

    static final float[] EXP = {
        1.9875691500e-4f, 1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f
    };

    static final float INVERSE_PI = 0.318309886f;
    /** π in three parts (Cody and Waite). */
    static final float PI_1 = 3.140625f;

    static final float PI_2 = 9.67502593994140625e-4f;
    static final float PI_3 = 1.50995788317e-7f;

    static final float[] SIN = {-2.3889859e-08f, 2.7525562e-06f, -0.00019840874f, 0.0083333310f, -0.16666667f};
    static final float[] COS = {-2.6051615e-07f, 2.4760495e-05f, -0.0013888378f, 0.041666638f, -0.5f};

    private FloatMath() {}

    /** {@code eˣ}, with x held within [−87, 88]. */
    static float exp(float x) {
        float held = Math.min(Math.max(x, EXP_MIN), EXP_MAX);
        float rounded = Math.fma(held, LOG2_E, ROUND);
        float n = rounded - ROUND;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, held));
        float p = EXP[0];
        for (int i = 1; i < EXP.length; i++) {
            p = Math.fma(p, r, EXP[i]);
        }
        float e = Math.fma(p, r * r, r) + 1;
        return e * Float.intBitsToFloat(Float.floatToRawIntBits(rounded) + 127 << 23);
    }

    static float sin(float x) {
        float rounded = Math.fma(x, INVERSE_PI, ROUND);
        float r = reduce(x, rounded - ROUND);
        float square = r * r;
        float p = SIN[0];
        for (int i = 1; i < SIN.length; i++) {
            p = Math.fma(p, square, SIN[i]);
        }
        return flip(Math.fma(p * square, r, r), rounded);
    }

    static float cos(float x) {
        float rounded = Math.fma(x, INVERSE_PI, ROUND);
        float r = reduce(x, rounded - ROUND);
        float square = r * r;
        float p = COS[0];
        for (int i = 1; i < COS.length; i++) {
            p = Math.fma(p, square, COS[i]);
        }
        return flip(Math.fma(p, square, 1), rounded);
    }

    private static float reduce(float x, float n) {
        return Math.fma(n, -PI_3, Math.fma(n, -PI_2, Math.fma(n, -PI_1, x)));
    }

    /** Negates where the number of half turns is odd. */
    private static float flip(float value, float rounded) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ Float.floatToRawIntBits(rounded) << 31);
    }
}
