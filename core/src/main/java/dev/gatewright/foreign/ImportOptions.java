package dev.gatewright.foreign;

import dev.gatewright.encode.Encoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a user knows of a network and its file does not say.
 *
 * @param inputs bits that the network reads, where neither file nor images say
 * @param image the shape of the images that are read; none for rows of a table
 * @param thresholds of every column or pixel, pixels counting from 0 to 1; empty for the file's own, or for none
 * @param order of the bits that thresholds make; none for what is usual with the system
 * @param classes how many there are, where the file does not say
 * @param labels names of the classes; empty for their numbers
 * @param tau what group sums are divided by, where the file does not say; 1 if nobody does
 * @param target the name of what is predicted
 * @param wiring a second file with the wires, for weights that were saved without
 * @param tables how a torchlogix layer's numbers become tables, where that is not plain from their shape
 * @param learned how torchlogix's learned thresholds are put together
 */
public record ImportOptions(
        OptionalInt inputs,
        Optional<Encoder.Inputs.Pixels> image,
        List<Float> thresholds,
        Optional<BitOrder> order,
        OptionalInt classes,
        List<String> labels,
        OptionalDouble tau,
        String target,
        Optional<Path> wiring,
        Optional<Tables> tables,
        Learned learned) {
    /** Where bit {@code t} of {@code T} of a pixel in row-major place {@code p} of channel {@code c} stands. */
    public enum BitOrder {
        /** All bits of one pixel or column side by side. */
        PIXEL,
        /** One plane of pixels a bit, the bits of a channel side by side. */
        CHANNEL,
        /** All pixels or columns at the first threshold, then all at the second. */
        THRESHOLD
    }

    /** What the numbers of a torchlogix layer stand for. */
    public enum Tables {
        /** A number a function of two inputs: the largest is chosen. */
        RAW,
        /** Walsh coefficients: true where their sum is below zero. */
        WARP,
        /** A number an entry of the table: true where it is above zero. */
        LIGHT
    }

    /** How differences of torchlogix's learned thresholds add up. */
    public enum Learned {
        /** The first as it is, the others through a softplus of temperature 0.1: torchlogix since September 2026. */
        SOFTPLUS,
        /** All as they are: torchlogix before. */
        PLAIN
    }

    public ImportOptions {
        thresholds = List.copyOf(thresholds);
        labels = List.copyOf(labels);
    }

    /** Nothing but what the file says. */
    public static ImportOptions defaults() {
        return new ImportOptions(
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                OptionalDouble.empty(),
                "class",
                Optional.empty(),
                Optional.empty(),
                Learned.SOFTPLUS);
    }
}
