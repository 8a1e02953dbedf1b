package dev.gatewright.network;

import dev.gatewright.encode.Encoder;
import java.util.Optional;

/**
 * Wires that form volumes: plane after plane, each slice after slice, each row-major, so that wire
 * {@code ((c · slices + z) · rows + y) · columns + x} is the bit in slice z, row y, column x of plane c. Images are
 * volumes of one slice.
 */
public record Planes(int channels, int slices, int rows, int columns) {
    /** Planes of images. */
    public Planes(int channels, int rows, int columns) {
        this(channels, 1, rows, columns);
    }

    /** Wires of all planes. */
    public int size() {
        return Math.multiplyExact(channels * slices, Math.multiplyExact(rows, columns));
    }

    /** The same wires as images, each slice a plane of its own. */
    public Planes images() {
        return new Planes(Math.multiplyExact(channels, slices), rows, columns);
    }

    /**
     * What the bits of an encoder form: a plane for each threshold, then one for each feature, with the colours as slices.
     * As images, these are all colours for the first threshold, then all for the second. Empty for tables, and where some
     * pixels lack a threshold that others have.
     */
    public static Optional<Planes> of(Encoder encoder) {
        return switch (encoder.inputs()) {
            case Encoder.Inputs.Columns ignored -> Optional.empty();
            case Encoder.Inputs.Pixels image -> {
                int pixels = image.size();
                for (int bit = 0; bit < encoder.bits(); bit++) {
                    // The first of a plane says whether it is of the pixels or of a feature of them.
                    int feature = encoder.column(bit / pixels * pixels) / pixels;
                    if (encoder.column(bit) != feature * pixels + bit % pixels) {
                        yield Optional.empty();
                    }
                }
                yield encoder.bits() % pixels != 0
                        ? Optional.empty()
                        : Optional.of(
                                new Planes(encoder.bits() / pixels, image.channels(), image.height(), image.width()));
            }
        };
    }

    @Override
    public String toString() {
        return channels + "×" + (slices == 1 ? "" : slices + "×") + rows + "×" + columns;
    }
}
