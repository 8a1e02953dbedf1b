package dev.gatewright.network;

import java.util.Optional;

/** A layer of relaxed gates, each of the same number of wires, with its parameters, which a trainer changes. */
public sealed interface Layer permits DenseLayer, LutLayer {
    /** Wires that the gates may read. */
    int inputs();

    int gates();

    /** Wires that a gate reads, 2 to 6. */
    int arity();

    /** Which input of the layer gate {@code gate} reads as its input {@code input}: of learned wires, the one chosen now. */
    int wire(int gate, int input);

    /** The live parameters, gate after gate. */
    float[] parameters();

    int parametersPerGate();

    /** The truth table that gate {@code gate} would become now. */
    long table(int gate);

    /** The wires with their candidates, where they are learnt. */
    Optional<LearnedWires> learnedWires();
}
