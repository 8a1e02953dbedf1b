package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.encode.Encoder;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a format writes: a circuit with a name, and all that a reader of the file needs to know to use it.
 *
 * @param name what the user calls it; any text, which a format makes legal in its language ({@link Names})
 * @param circuit all of it written out
 * @param form the same as it is stored
 * @param score what the outputs mean
 * @param target the name of what is predicted
 * @param labels the names of the classes in order; empty where there are none
 * @param facts where the circuit comes from, as named facts
 */
public record Design(
        String name,
        Circuit circuit,
        CircuitForm form,
        Encoder encoder,
        Score score,
        String target,
        List<String> labels,
        SortedMap<String, String> facts) {
    /** What the outputs of the circuit mean together. */
    public sealed interface Score {
        /**
         * The outputs are {@code classes} contiguous groups of equal size; the class with the most true outputs wins, the
         * lowest at a tie. A class's score is its count divided by {@code tau}.
         */
        record Votes(int classes, float tau) implements Score {}

        /** A number: {@code offset + scale · (number of true outputs)}. */
        record Tally(float scale, float offset) implements Score {}

        /** The outputs as they are. */
        record Bits() implements Score {}
    }

    /** A design whose circuit has no other form. */
    public Design(
            String name,
            Circuit circuit,
            Encoder encoder,
            Score score,
            String target,
            List<String> labels,
            SortedMap<String, String> facts) {
        this(name, circuit, circuit, encoder, score, target, labels, facts);
    }

    /** @throws IllegalArgumentException if the parts do not fit each other */
    public Design {
        Objects.requireNonNull(name);
        Objects.requireNonNull(target);
        labels = List.copyOf(labels);
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        if (encoder.bits() != circuit.inputs()) {
            throw new IllegalArgumentException("the encoder makes " + encoder.bits() + " bits where the circuit has "
                    + circuit.inputs() + " inputs");
        }
        if (form.inputs() != circuit.inputs() || form.outputs() != circuit.outputs()) {
            throw new IllegalArgumentException(form + " where the circuit written out is " + circuit);
        }
        if (circuit.outputs() == 0) {
            throw new IllegalArgumentException("the circuit has no outputs, so there is nothing to write");
        }
        if (score instanceof Score.Votes votes
                && (votes.classes() < 1
                        || circuit.outputs() % votes.classes() != 0
                        || labels.size() != votes.classes())) {
            throw new IllegalArgumentException(circuit.outputs() + " outputs and " + labels.size() + " labels for "
                    + votes.classes() + " classes");
        }
    }

    /** How many groups the outputs fall into: classes, or one where a number is counted, or none. */
    public int groups() {
        return switch (score) {
            case Score.Votes votes -> votes.classes();
            case Score.Tally ignored -> 1;
            case Score.Bits ignored -> 0;
        };
    }
}
