package dev.gatewright.model;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.encode.Encoder;
import java.util.List;
import java.util.Objects;

/**
 * Everything a prediction needs: raw samples go through the encoder, the circuit and the read-out.
 *
 * @param form the circuit, in the form in which it is stored and run
 * @param target the name of what is predicted
 * @param labels the names of the classes in order; empty where the read-out has no classes
 */
public record Model(
        Encoder encoder, CircuitForm form, Readout readout, String target, List<String> labels, Provenance provenance) {
    /** @throws IllegalArgumentException if the parts do not fit each other */
    public Model {
        Objects.requireNonNull(target);
        Objects.requireNonNull(provenance);
        labels = List.copyOf(labels);
        if (encoder.bits() != form.inputs()) {
            throw new IllegalArgumentException(
                    "the encoder makes " + encoder.bits() + " bits where the circuit has " + form.inputs() + " inputs");
        }
        switch (readout) {
            case Readout.GroupSum sum -> {
                if (form.outputs() == 0 || form.outputs() % sum.classes() != 0) {
                    throw new IllegalArgumentException(
                            form.outputs() + " outputs do not divide into " + sum.classes() + " groups");
                }
                if (labels.size() != sum.classes()) {
                    throw new IllegalArgumentException(
                            labels.size() + " labels where the read-out has " + sum.classes() + " classes");
                }
            }
            case Readout.Regression regression -> {
                if (!labels.isEmpty()) {
                    throw new IllegalArgumentException(labels.size() + " labels where a number is predicted");
                }
            }
            case Readout.Bits bits -> {
                if (!labels.isEmpty()) {
                    throw new IllegalArgumentException(labels.size() + " labels where bits are predicted");
                }
            }
        }
    }

    /** The circuit written out; see {@link CircuitForm#flat()}. */
    public Circuit circuit() {
        return form.flat();
    }

    /** This model with another circuit, which should compute the same function. */
    public Model withCircuit(CircuitForm other) {
        return new Model(encoder, other, readout, target, labels, provenance);
    }

    /** This model with another provenance. */
    public Model withProvenance(Provenance other) {
        return new Model(encoder, form, readout, target, labels, other);
    }
}
