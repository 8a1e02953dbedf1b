package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatTestsTest {
    private static final float[] SPECIAL = {
        0f,
        -0f,
        1,
        -1,
        0.5f,
        Float.NaN,
        Float.MAX_VALUE,
        Float.MIN_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.intBitsToFloat(0xFFC00001)
    };

    @Test
    void twinsAgreeWithJava() {
        Random random = new Random(3);
        for (FloatTests tests :
                new FloatTests[] {new ScalarFloatTests(), Kernels.best().floatTests()}) {
            for (int round = 0; round < 2000; round++) {
                float[] column = new float[90];
                for (int i = 0; i < column.length; i++) {
                    column[i] = random.nextBoolean() ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextFloat();
                }
                int from = random.nextInt(26);
                int count = random.nextBoolean() ? 64 : 1 + random.nextInt(64);
                float value = SPECIAL[random.nextInt(5)];
                for (FloatBits.Test test : FloatBits.Test.values()) {
                    long word = tests.word(test, column, from, count, value);
                    for (int i = 0; i < 64; i++) {
                        boolean expected = i < count && holds(test, column[from + i], value);
                        assertThat(word >>> i & 1)
                                .as("%s round %s bit %s", test, round, i)
                                .isEqualTo(expected ? 1 : 0);
                    }
                }
            }
        }
    }

    private static boolean holds(FloatBits.Test test, float number, float value) {
        return switch (test) {
            case GREATER -> number > value;
            case EQUALS -> number == value;
            case MISSING -> Float.isNaN(number);
        };
    }
}
