package dev.gatewright.train;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of convolutions: of 512 bits where the machine prefers them, else of 256. Lanes are samples, and samples are
 * summed as {@link ConvStrip#LANES} says either way, so both widths give the same bytes.
 */
final class ConvVectors {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.length() >= ConvStrip.LANES
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_256;

    /** Samples of a vector. */
    static final int WIDTH = SPECIES.length();

    private ConvVectors() {}

    static FloatVector load(float[] slab, int at) {
        return FloatVector.fromArray(SPECIES, slab, at);
    }

    static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    static FloatVector zero() {
        return FloatVector.zero(SPECIES);
    }
}
