package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Leaves out what stages hand on in vain: planes that the next stage never reads, that are false throughout, or equal
 * to an earlier one. Inputs, outputs and the function stay. Takes time linear in the gates.
 */
final class PruneChannels {
    /** In place of a plane's number. */
    private static final int FALSE = -1;

    private PruneChannels() {}

    static StagedCircuit apply(StagedCircuit circuit) {
        List<Stage> stages = new ArrayList<>(circuit.stages());
        for (int i = stages.size() - 2; i >= 0; i--) {
            between(stages, i);
        }
        return new StagedCircuit(stages);
    }

    /** Narrows what stage {@code at} gives and the next reads; leaves both as they are where every plane is needed. */
    private static void between(List<Stage> stages, int at) {
        Stage giver = stages.get(at);
        Stage reader = stages.get(at + 1);
        int positions = giver.grid().positions().size();
        int plane = reader.grid().plane().size();
        if (positions % plane != 0) {
            return;
        }
        // A plane that is given may be several to the reader: one a position, where it is written out.
        int each = positions / plane;
        int[] same = equalPlanes(giver.kernel());
        boolean[] used = used(reader, each, same);
        int[] moved = new int[same.length];
        int left = 0;
        int[] outputs = new int[same.length];
        for (int output = 0; output < same.length; output++) {
            if (used[output]) {
                outputs[left] = giver.kernel().output(output);
                moved[output] = left++;
            }
        }
        if (left == same.length) {
            return;
        }
        stages.set(at, new Stage(withOutputs(giver.kernel(), Arrays.copyOf(outputs, left)), giver.grid()));
        Grid grid = reader.grid().withChannels(left * each);
        stages.set(at + 1, new Stage(reading(reader, grid, each, same, moved), grid));
    }

    /** Output → the first that equals it, or {@link #FALSE}. */
    private static int[] equalPlanes(Circuit kernel) {
        int[] first = new int[kernel.wires()];
        Arrays.fill(first, FALSE);
        int[] same = new int[kernel.outputs()];
        for (int output = 0; output < same.length; output++) {
            int wire = kernel.output(output);
            first[wire] = first[wire] == FALSE && wire != 0 ? output : first[wire];
            same[output] = first[wire];
        }
        return same;
    }

    /** The outputs of the giver's kernel that the reader cannot do without. */
    private static boolean[] used(Stage reader, int each, int[] same) {
        Circuit kernel = reader.kernel();
        boolean[] live = Live.wires(kernel);
        boolean[] used = new boolean[same.length];
        int window = reader.grid().window().size();
        for (int input = 0; input < kernel.inputs(); input++) {
            int plane = same[input / window / each];
            if (live[kernel.inputWire(input)] && plane != FALSE) {
                used[plane] = true;
            }
        }
        return used;
    }

    private static Circuit withOutputs(Circuit kernel, int[] outputs) {
        CircuitBuilder builder = CircuitBuilder.like(kernel);
        Rebuild rebuild = new Rebuild(kernel);
        for (int gate = 0; gate < kernel.gates(); gate++) {
            rebuild.move(gate, builder.gate(kernel.table(gate), rebuild.reads(gate)));
        }
        return rebuild.build(builder, outputs);
    }

    /** The reader's kernel on the planes that are left; gates that nothing needs go too, as they may read others. */
    private static Circuit reading(Stage reader, Grid grid, int each, int[] same, int[] moved) {
        Circuit kernel = reader.kernel();
        int window = grid.window().size();
        boolean[] live = Live.wires(kernel);
        CircuitBuilder builder = new CircuitBuilder(grid.kernelInputs(), kernel.maxArity());
        Rebuild rebuild = new Rebuild(kernel);
        for (int input = 0; input < kernel.inputs(); input++) {
            int channel = input / window;
            int plane = same[channel / each];
            boolean gone = plane == FALSE || !live[kernel.inputWire(input)];
            rebuild.moveInput(
                    input, gone ? 0 : builder.input((moved[plane] * each + channel % each) * window + input % window));
        }
        for (int gate = 0; gate < kernel.gates(); gate++) {
            if (live[kernel.gateWire(gate)]) {
                rebuild.move(gate, builder.gate(kernel.table(gate), rebuild.reads(gate)));
            }
        }
        return rebuild.build(builder);
    }
}
