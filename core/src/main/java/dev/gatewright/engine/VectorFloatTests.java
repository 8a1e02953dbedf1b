package dev.gatewright.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** On the widest vectors of the machine. */
final class VectorFloatTests implements FloatTests {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private final ScalarFloatTests scalar = new ScalarFloatTests();

    @Override
    public long word(FloatBits.Test test, float[] column, int from, int count, float value) {
        if (count < Long.SIZE) {
            return scalar.word(test, column, from, count, value);
        }
        return switch (test) {
            case GREATER -> greater(column, from, value);
            case EQUALS -> equal(column, from, value);
            case MISSING -> missing(column, from);
        };
    }

    private static long greater(float[] column, int from, float value) {
        long word = 0;
        for (int i = 0; i < Long.SIZE; i += SPECIES.length()) {
            FloatVector floats = FloatVector.fromArray(SPECIES, column, from + i);
            word |= floats.compare(VectorOperators.GT, value).toLong() << i;
        }
        return word;
    }

    private static long equal(float[] column, int from, float value) {
        long word = 0;
        for (int i = 0; i < Long.SIZE; i += SPECIES.length()) {
            FloatVector floats = FloatVector.fromArray(SPECIES, column, from + i);
            word |= floats.compare(VectorOperators.EQ, value).toLong() << i;
        }
        return word;
    }

    private static long missing(float[] column, int from) {
        long word = 0;
        for (int i = 0; i < Long.SIZE; i += SPECIES.length()) {
            word |= FloatVector.fromArray(SPECIES, column, from + i)
                            .test(VectorOperators.IS_NAN)
                            .toLong()
                    << i;
        }
        return word;
    }
}
