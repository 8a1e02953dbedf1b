package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import java.util.List;

/** A circuit that a file holds, of gates of two inputs, with the file's names of its inputs and outputs, bit by bit. */
public record ReadCircuit(Circuit circuit, List<String> inputs, List<String> outputs) {
    public ReadCircuit {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (inputs.size() != circuit.inputs() || outputs.size() != circuit.outputs()) {
            throw new IllegalArgumentException(inputs.size() + " and " + outputs.size() + " names for " + circuit);
        }
    }
}
