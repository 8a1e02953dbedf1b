package dev.gatewright.network;

import java.util.Optional;

/** A layer of relaxed gates, each of the same number of wires, with its parameters, which a trainer changes. */
public sealed interface Layer permits ConvLayer, WiredLayer {
    /** Wires that the gates may read. */
    int inputs();

    /** Wires that the next layer may read. */
    int outputs();

    /** Gates with parameters of their own. */
    int gates();

    /** Gates of the layer written out as a circuit, before any simplification. */
    long unrolledGates();

    /** Wires that a gate reads, 2 to 6. */
    int arity();

    /** The live parameters, gate after gate. */
    float[] parameters();

    int parametersPerGate();

    /** The truth table that gate {@code gate} would become now. */
    long table(int gate);

    /** The wires with their candidates, where they are learnt. */
    Optional<LearnedWires> learnedWires();
}
