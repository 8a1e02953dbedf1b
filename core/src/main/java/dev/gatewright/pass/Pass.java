package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import java.util.function.UnaryOperator;

/**
 * A circuit in, a circuit that computes the same function out, with no more gates, in the same order of inputs and
 * outputs. Where nothing is to be done the result equals the circuit given.
 */
@FunctionalInterface
public interface Pass extends UnaryOperator<Circuit> {
    /** This pass, then {@code next}. */
    default Pass then(Pass next) {
        return circuit -> next.apply(apply(circuit));
    }

    /** This pass again and again, until it changes nothing. */
    default Pass untilStable() {
        return circuit -> {
            Circuit before = circuit;
            Circuit after = apply(before);
            while (!after.equals(before)) {
                before = after;
                after = apply(before);
            }
            return after;
        };
    }
}
