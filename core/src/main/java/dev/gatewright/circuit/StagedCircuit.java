package dev.gatewright.circuit;

import java.util.List;

/**
 * A circuit as stages, one after the other: what convolutions are before they are written out. Each stage reads the
 * wires after the one before it, the first the inputs; the wires after the last are the outputs.
 */
public record StagedCircuit(List<Stage> stages) implements CircuitForm {
    /** Circuits of more gates are not written out: beyond, that takes gigabytes. */
    public static final long MOST_UNROLLED = 1L << 25;

    /** Wires of all planes with their borders, at most: what a block of samples keeps. */
    public static final long MOST_WIRES = 1L << 26;

    /**
     * @throws IllegalArgumentException with one sentence if there are no stages, they do not fit each other, or have too
     *     many wires; a stage of several positions must give whole planes to the next
     */
    public StagedCircuit {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a circuit without stages");
        }
        long wires = stages.getLast().outputs();
        for (int i = 0; i < stages.size(); i++) {
            Grid grid = stages.get(i).grid();
            wires += (long) grid.channels() * grid.padded().size();
            if (i > 0) {
                requireFit(stages.get(i - 1), stages.get(i), i);
            }
        }
        if (wires > MOST_WIRES) {
            throw new IllegalArgumentException("stages of " + wires + " wires in all; expected at most " + MOST_WIRES);
        }
    }

    private static void requireFit(Stage giver, Stage reader, int at) {
        int positions = giver.grid().positions().size();
        if (reader.inputs() != giver.outputs()) {
            throw new IllegalArgumentException("stage " + at + " reads " + reader.inputs()
                    + " wires where the one before gives " + giver.outputs());
        }
        if (positions > 1 && positions % reader.grid().plane().size() != 0) {
            throw new IllegalArgumentException(
                    "stage " + at + " reads planes of " + reader.grid().plane() + " where the one before gives "
                            + giver.grid().positions());
        }
    }

    @Override
    public int inputs() {
        return stages.getFirst().inputs();
    }

    @Override
    public int outputs() {
        return stages.getLast().outputs();
    }

    @Override
    public long unrolledGates() {
        return stages.stream().mapToLong(Stage::unrolledGates).sum();
    }

    /** Gates that are kept: a kernel's count once. */
    public long kernelGates() {
        return stages.stream().mapToLong(stage -> stage.kernel().gates()).sum();
    }

    /** {@inheritDoc} The builder folds what is constant at the border and shares what neighbours have in common. */
    @Override
    public Circuit flat() {
        if (unrolledGates() > MOST_UNROLLED) {
            throw new IllegalArgumentException("the circuit has " + unrolledGates()
                    + " gates when its convolutions are written out, which this needs; up to " + MOST_UNROLLED
                    + " are");
        }
        int arity = stages.stream()
                .mapToInt(stage -> stage.kernel().maxArity())
                .max()
                .orElseThrow();
        CircuitBuilder builder = new CircuitBuilder(inputs(), arity);
        int[] wires = new int[inputs()];
        for (int i = 0; i < wires.length; i++) {
            wires[i] = builder.input(i);
        }
        for (Stage stage : stages) {
            wires = stage.unroll(builder, wires);
        }
        return builder.build(wires);
    }

    @Override
    public String toString() {
        return "StagedCircuit[" + stages.size() + " stages, " + inputs() + " inputs, " + kernelGates()
                + " gates of kernels, " + unrolledGates() + " written out, " + outputs() + " outputs]";
    }
}
