package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.logic.Satisfiability;

/** Proves outputs of one circuit equal, or finds an assignment on which they differ. */
public final class OutputProofs {
    private final Circuit circuit;
    private final Walk walk;
    private final Equality equality;
    private final int inputs;

    /** Proofs about the outputs of a circuit of two-input gates, wherever the relations hold. */
    public OutputProofs(Circuit circuit, InputRelations relations, Effort effort) {
        this.circuit = circuit;
        inputs = circuit.inputs();
        Xag xag = new Xag(inputs, circuit.gates() + 64);
        walk = new Walk(circuit, xag);
        walk.run((gate, literal) -> literal);
        equality = new Equality(xag, relations, effort);
    }

    /** Unsatisfiable if the outputs are equal, satisfiable if {@link #example} tells where they are not. */
    public Satisfiability.Answer differ(int output, int other) {
        int one = walk.literal(circuit.output(output));
        int two = walk.literal(circuit.output(other));
        if (one == two) {
            return Satisfiability.Answer.UNSATISFIABLE;
        }
        return equality.differ(one, two);
    }

    /** Values of the inputs on which the outputs last asked about differ. */
    public boolean[] example() {
        long[] in = new long[inputs];
        equality.example(in, 0);
        boolean[] example = new boolean[inputs];
        for (int i = 0; i < inputs; i++) {
            example[i] = (in[i] & 1) != 0;
        }
        return example;
    }
}
