package dev.gatewright.engine;

/** One float after the other. */
final class ScalarFloatTests implements FloatTests {
    @Override
    public long word(FloatBits.Test test, float[] column, int from, int count, float value) {
        return switch (test) {
            case GREATER -> greater(column, from, count, value);
            case EQUALS -> equal(column, from, count, value);
            case MISSING -> missing(column, from, count);
        };
    }

    private static long greater(float[] column, int from, int count, float value) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (column[from + i] > value ? 1L : 0L) << i;
        }
        return word;
    }

    private static long equal(float[] column, int from, int count, float value) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (column[from + i] == value ? 1L : 0L) << i;
        }
        return word;
    }

    private static long missing(float[] column, int from, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (Float.isNaN(column[from + i]) ? 1L : 0L) << i;
        }
        return word;
    }
}
