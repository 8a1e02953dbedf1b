package dev.gatewright.circuit;

import java.util.List;

/**
 * A circuit in one of its forms: written out gate by gate, or as stages whose kernels stand at many positions. A form is
 * what is stored and run; everything that walks gates asks for {@link #flat()}.
 */
public sealed interface CircuitForm permits Circuit, StagedCircuit {
    int inputs();

    int outputs();

    /** What the circuit consists of; a circuit that is written out is one stage of one position. */
    List<Stage> stages();

    /** Gates of the circuit written out: one that stands at many positions counts at each. */
    long unrolledGates();

    /**
     * The circuit written out gate by gate. Computed anew by every call where this is another form.
     *
     * @throws IllegalArgumentException with one sentence if it is too large to be written out
     */
    Circuit flat();
}
