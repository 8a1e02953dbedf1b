package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import java.util.function.UnaryOperator;

/** A circuit in, a circuit that computes the same function out. */
@FunctionalInterface
public interface Pass extends UnaryOperator<Circuit> {
    /** This pass, then {@code next}. */
    default Pass then(Pass next) {
        return circuit -> next.apply(apply(circuit));
    }
}
