package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import java.util.List;
import java.util.Optional;

/**
 * A circuit that a file holds, of gates of two inputs, with the file's names of its inputs and outputs, bit by bit.
 *
 * @param circuit all of it written out
 * @param instances the same with instances of modules left out, where the file has some
 */
public record ReadCircuit(Circuit circuit, List<String> inputs, List<String> outputs, Optional<Instances> instances) {
    /**
     * A circuit around instances.
     *
     * @param around its inputs are those of the file and then the outputs of each instance; its outputs are those of the file
     *     and then the inputs of each instance
     * @param modules what is instanced, instance by instance
     */
    public record Instances(Circuit around, List<Circuit> modules) {
        public Instances {
            modules = List.copyOf(modules);
        }
    }

    /** A circuit without instances. */
    public ReadCircuit(Circuit circuit, List<String> inputs, List<String> outputs) {
        this(circuit, inputs, outputs, Optional.empty());
    }

    public ReadCircuit {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (inputs.size() != circuit.inputs() || outputs.size() != circuit.outputs()) {
            throw new IllegalArgumentException(inputs.size() + " and " + outputs.size() + " names for " + circuit);
        }
    }
}
