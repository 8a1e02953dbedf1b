package dev.gatewright.engine;

import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * In which slots of a block the wires before, between and after the stages are. Planes lie with their borders, which
 * stay false; so what a kernel reads at a position is where it reads at the first one, moved by one number.
 */
final class StageLayout {
    private final List<Stage> stages;
    /** Stage → the slot of the first wire before it, its border included; at the end, that of the first output. */
    private final int[] starts;

    private final int slots;

    StageLayout(StagedCircuit circuit) {
        stages = circuit.stages();
        starts = new int[stages.size() + 1];
        // Slot 0 is false.
        int at = 1;
        for (int i = 0; i < stages.size(); i++) {
            starts[i] = at;
            Grid grid = stages.get(i).grid();
            at += grid.channels() * grid.padded().size();
        }
        starts[stages.size()] = at;
        slots = at + circuit.outputs();
    }

    /** Slots of all wires; what comes after is free for other uses. */
    int slots() {
        return slots;
    }

    /**
     * Where a part of a stage's kernel reads and writes at some positions; it may keep values in the slots after all
     * wires.
     */
    StagePlace place(int stage, KernelPart part, int[] positions) {
        int[] origins = origins(stage);
        int[] targets = targets(stage);
        int[] targetOffsets = targetOffsets(stage);
        return new StagePlace(
                Arrays.stream(positions).map(position -> origins[position]).toArray(),
                Arrays.stream(part.inputs()).map(input -> offset(stage, input)).toArray(),
                Arrays.stream(positions).map(position -> targets[position]).toArray(),
                Arrays.stream(part.outputs())
                        .map(output -> targetOffsets[output])
                        .toArray(),
                slots);
    }

    /** Position → the slot of the corner of its window in the first plane. */
    int[] origins(int stage) {
        Grid grid = stages.get(stage).grid();
        int columns = grid.positions().columns();
        return IntStream.range(0, grid.positions().size())
                .map(position -> starts[stage]
                        + position
                                / columns
                                * grid.stride().rows()
                                * grid.padded().columns()
                        + position % columns * grid.stride().columns())
                .toArray();
    }

    /** Slots from a window's corner to what an input of the kernel reads. */
    int offset(int stage, int input) {
        Grid grid = stages.get(stage).grid();
        int inWindow = input % grid.window().size();
        return input / grid.window().size() * grid.padded().size()
                + inWindow / grid.window().columns() * grid.padded().columns()
                + inWindow % grid.window().columns();
    }

    /** Position → the slot of the first output of the kernel there. */
    int[] targets(int stage) {
        return IntStream.range(0, stages.get(stage).grid().positions().size())
                .map(position -> slot(stage + 1, position))
                .toArray();
    }

    /** Output of the kernel → slots from that of its first output at the same position. */
    int[] targetOffsets(int stage) {
        int positions = stages.get(stage).grid().positions().size();
        int first = slot(stage + 1, 0);
        return IntStream.range(0, stages.get(stage).kernel().outputs())
                .map(output -> slot(stage + 1, output * positions) - first)
                .toArray();
    }

    /** The slot of a wire before {@code stage}, or of an output. */
    private int slot(int stage, int wire) {
        if (stage == stages.size()) {
            return starts[stage] + wire;
        }
        Grid grid = stages.get(stage).grid();
        int plane = grid.plane().size();
        int inPlane = wire % plane;
        return starts[stage]
                + wire / plane * grid.padded().size()
                + (inPlane / grid.plane().columns() + grid.pad().rows())
                        * grid.padded().columns()
                + inPlane % grid.plane().columns()
                + grid.pad().columns();
    }

    /**
     * What a block needs to know: no instructions, but where inputs and outputs are.
     *
     * @param own slots to be had after those of all wires
     */
    Schedule schedule(int own) {
        boolean[] read = stages.getFirst().inputsRead();
        int[] inputsRead =
                IntStream.range(0, read.length).filter(input -> read[input]).toArray();
        int outputs = stages.getLast().outputs();
        int after = starts[stages.size()];
        return new Schedule(
                read.length,
                slots + own,
                0,
                new byte[0],
                new int[0],
                new int[0],
                0,
                inputsRead,
                Arrays.stream(inputsRead).map(input -> slot(0, input)).toArray(),
                IntStream.range(after, after + outputs).toArray(),
                new boolean[outputs]);
    }
}
