package dev.gatewright.circuit;

/**
 * A kernel that stands at every position of a grid. Output {@code o} at position {@code p} is wire
 * {@code o · positions + p} after the stage: each output of the kernel gives a plane.
 *
 * @param kernel what is computed at every position
 */
public record Stage(Circuit kernel, Grid grid) {
    /** @throws IllegalArgumentException with one sentence if kernel and grid do not fit each other */
    public Stage {
        if (kernel.inputs() != grid.kernelInputs()) {
            throw new IllegalArgumentException("a kernel of " + kernel.inputs() + " inputs where the windows of "
                    + grid.channels() + " planes have " + grid.kernelInputs() + " wires");
        }
        long outputs = (long) kernel.outputs() * grid.positions().size();
        if (outputs > Grid.MOST_WIRES) {
            throw new IllegalArgumentException("a stage of " + outputs + " wires; expected at most " + Grid.MOST_WIRES);
        }
    }

    /** A stage of one position. */
    public static Stage flat(Circuit circuit) {
        return new Stage(circuit, Grid.flat(circuit.inputs()));
    }

    public int inputs() {
        return grid.inputs();
    }

    /** Wires after the stage. */
    public int outputs() {
        return kernel.outputs() * grid.positions().size();
    }

    /** Gates of the kernel at every position. */
    public long unrolledGates() {
        return (long) kernel.gates() * grid.positions().size();
    }

    /** Wire before the stage → whether the kernel reads it at some position. */
    public boolean[] inputsRead() {
        Fanout fanout = Fanout.of(kernel);
        boolean[] read = new boolean[inputs()];
        int positions = grid.positions().size();
        for (int input = 0; input < kernel.inputs(); input++) {
            for (int at = 0; fanout.readers(kernel.inputWire(input)) > 0 && at < positions; at++) {
                int source = grid.source(input, at);
                if (source != Grid.BORDER) {
                    read[source] = true;
                }
            }
        }
        return read;
    }

    /** Adds the kernel at every position to a builder; the wires after the stage, given those before it. */
    int[] unroll(CircuitBuilder builder, int[] before) {
        int positions = grid.positions().size();
        int[] inputs = new int[kernel.inputs()];
        int[] after = new int[outputs()];
        for (int position = 0; position < positions; position++) {
            for (int input = 0; input < inputs.length; input++) {
                int source = grid.source(input, position);
                inputs[input] = source == Grid.BORDER ? 0 : before[source];
            }
            int[] outputs = kernel.addTo(builder, inputs);
            for (int output = 0; output < outputs.length; output++) {
                after[output * positions + position] = outputs[output];
            }
        }
        return after;
    }
}
