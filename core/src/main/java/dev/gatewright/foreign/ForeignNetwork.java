package dev.gatewright.foreign;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.model.FormatException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A network as it was found in a file.
 *
 * @param kind of file, in words
 * @param inputs bits that it reads at least
 * @param exact whether it reads exactly so many
 * @param gates as its own system counts them
 * @param sums whether its outputs are summed, to scores of classes
 * @param classes that its file names
 * @param tau that its file names
 * @param thresholds that its file names
 * @param usual the order of the bits of thresholds that is usual there
 * @param circuit makes the circuit, given the bits
 */
record ForeignNetwork(
        String kind,
        int inputs,
        boolean exact,
        long gates,
        boolean sums,
        OptionalInt classes,
        OptionalDouble tau,
        Optional<Cuts> thresholds,
        ImportOptions.BitOrder usual,
        Maker circuit) {
    /** Makes a circuit of so many inputs, whose outputs divide into the classes where its system sees to that. */
    @FunctionalInterface
    interface Maker {
        Circuit of(int inputs, int classes) throws FormatException;
    }
}
