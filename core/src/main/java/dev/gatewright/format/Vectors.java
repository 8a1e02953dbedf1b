package dev.gatewright.format;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.encode.Samples;
import java.util.Objects;

/**
 * What a test bench applies and expects.
 *
 * @param samples raw rows
 * @param in their bits
 * @param outputs what the circuit gives for them
 */
public record Vectors(Samples samples, BitMatrix in, BitMatrix outputs) {
    public Vectors {
        Objects.requireNonNull(samples);
        if (samples.rows() != in.samples() || in.samples() != outputs.samples() || in.samples() == 0) {
            throw new IllegalArgumentException(samples.rows() + " rows, " + in.samples() + " vectors and "
                    + outputs.samples() + " results where the same number of each was expected, and one at least");
        }
    }

    /** How many there are. */
    public int count() {
        return in.samples();
    }
}
