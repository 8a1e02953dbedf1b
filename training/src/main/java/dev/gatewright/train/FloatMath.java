package dev.gatewright.train;

/**
 * Exponential, logarithm, sine and cosine in float, from operations that every machine and {@link VectorKernels} round
 * alike, and numbers that look random. Relative error of exp below 2e-7 and of ln below 3e-7; absolute error of sin and
 * cos below 3e-7 for arguments of up to a thousand.
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

    /** Cephes' polynomial for ln(1 + x) around 0. */
    static final float[] LN = {
        7.0376836292e-2f,
        -1.1514610310e-1f,
        1.1676998740e-1f,
        -1.2420140846e-1f,
        1.4249322787e-1f,
        -1.6668057665e-1f,
        2.0000714765e-1f,
        -2.4999993993e-1f,
        3.3333331174e-1f
    };

    static final int SIGNIFICAND = 0x7fffff;
    /** The bits of √½, and their distance to those of 1. */
    static final int ROOT = 0x3f3504f3;

    static final int ROOT_TO_ONE = 0x3f800000 - ROOT;
    /** 2²³, in whose low bits an integer may stand. */
    static final int WHOLE = 0x4b000000;

    static final float WHOLE_AND_BIAS = 0x1p23f + 127;

    static final int ONE = 0x3f800000;
    static final float ALMOST_ONE = 0x1.fffffep-1f;
    /** Steps of a mixing function of 32 bits that changes half of them whichever one changes (Wellons, "lowbias32"). */
    static final int MIX_1 = 0x7feb352d;

    static final int MIX_2 = 0x846ca68b;

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

    /** {@code ln x} of a normal number above zero. */
    static float ln(float x) {
        int bits = Float.floatToRawIntBits(x) + ROOT_TO_ONE;
        float e = Float.intBitsToFloat(bits >>> 23 | WHOLE) - WHOLE_AND_BIAS;
        float m = Float.intBitsToFloat((bits & SIGNIFICAND) + ROOT) - 1;
        float p = LN[0];
        for (int i = 1; i < LN.length; i++) {
            p = Math.fma(p, m, LN[i]);
        }
        float square = m * m;
        float low = Math.fma(e, LN2_LOW, Math.fma(square, -0.5f, p * m * square));
        return Math.fma(e, LN2_HIGH, m + low);
    }

    /** A number in [2⁻²⁴, 1 − 2⁻²⁴] that only {@code counter} and {@code key} decide, uniform over either. */
    static float uniform(int counter, long key) {
        int h = mix(mix(counter ^ (int) key) ^ (int) (key >>> 32));
        return Float.intBitsToFloat(h >>> 9 | ONE) - ALMOST_ONE;
    }

    private static int mix(int x) {
        int h = (x ^ x >>> 16) * MIX_1;
        h = (h ^ h >>> 15) * MIX_2;
        return h ^ h >>> 16;
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
