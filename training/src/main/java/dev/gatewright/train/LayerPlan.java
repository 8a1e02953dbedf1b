package dev.gatewright.train;

import dev.gatewright.network.Connections;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Where one layer's gates read and write in the memory of a tile, in the order of its {@link Trails}.
 *
 * <p>Step {@code k} reads rows {@code enter[k]} and {@code leave[k]} of the layer's input rows and writes row
 * {@code out[k]} of its output rows. On the way back it reads row {@code outGradient[k]} and writes rows
 * {@code enterGradient[k]} and {@code leaveGradient[k]}: {@code gradient = keep · old + new}, where {@code keepEnter[k]} and
 * {@code keepLeave[k]} are 0 at the first visit of a row and 1 after, so that gradient rows need no clearing.
 * Where wires are learnt they change from step to step: gates
 * and wires then stand in their own order, both factors are 1, and gradient rows need clearing.
 */
final class LayerPlan {
    final int gates;
    final int inputRows;
    final int[] enter;
    final int[] leave;
    final int[] out;
    final int[] enterGradient;
    final int[] leaveGradient;
    final int[] outGradient;
    final float[] keepEnter;
    final float[] keepLeave;
    /** Step → gate. */
    final int[] order;
    /** Step → whether the gate is entered by its second wire. */
    final boolean[] swapped;
    /** Input wire → row. */
    final int[] rowOfWire;
    /** Of the inputs. */
    final GradientRows gradients;

    /** The plan of a layer whose wires are learnt, which whoever learns them writes to {@code enter} and {@code leave}. */
    LayerPlan(int inputs, int gates, IntUnaryOperator outputRow, GradientRows outputGradients) {
        this.gates = gates;
        inputRows = inputs;
        gradients = GradientRows.inOrder(inputs);
        enter = new int[gates];
        leave = new int[gates];
        out = new int[gates];
        keepEnter = new float[gates];
        keepLeave = new float[gates];
        order = new int[gates];
        swapped = new boolean[gates];
        rowOfWire = new int[inputs];
        Arrays.setAll(out, outputRow);
        enterGradient = enter;
        leaveGradient = leave;
        outGradient = new int[gates];
        Arrays.setAll(outGradient, gate -> outputGradients.ofWire()[gate]);
        Arrays.fill(keepEnter, 1);
        Arrays.fill(keepLeave, 1);
        Arrays.setAll(order, gate -> gate);
        Arrays.setAll(rowOfWire, wire -> wire);
    }

    /** Makes a slot of learnt wires read row {@code row}; slots beyond those of the gates feed none. */
    void read(int slot, int row) {
        if (slot / 2 < gates) {
            (slot % 2 == 0 ? enter : leave)[slot / 2] = row;
        }
    }

    /**
     * @param ranked whether input wires are stored by first visit (else in their own order)
     * @param outputRow gate → row of its output
     * @param gradients of the inputs
     * @param outputGradients of the outputs
     */
    LayerPlan(
            Connections connections,
            Trails trails,
            boolean ranked,
            IntUnaryOperator outputRow,
            GradientRows gradients,
            GradientRows outputGradients) {
        this.gradients = gradients;
        gates = connections.gates();
        inputRows = connections.inputs();
        enter = new int[gates];
        leave = new int[gates];
        out = new int[gates];
        enterGradient = new int[gates];
        leaveGradient = new int[gates];
        outGradient = new int[gates];
        keepEnter = new float[gates];
        keepLeave = new float[gates];
        order = trails.order;
        swapped = trails.swapped;
        rowOfWire = new int[inputRows];
        for (int wire = 0; wire < inputRows; wire++) {
            rowOfWire[wire] = ranked ? trails.rank[wire] : wire;
        }
        boolean[] visited = new boolean[inputRows];
        for (int k = 0; k < gates; k++) {
            int gate = order[k];
            int first = swapped[k] ? connections.b(gate) : connections.a(gate);
            int second = swapped[k] ? connections.a(gate) : connections.b(gate);
            enter[k] = rowOfWire[first];
            leave[k] = rowOfWire[second];
            out[k] = outputRow.applyAsInt(gate);
            enterGradient[k] = gradients.ofWire()[first];
            leaveGradient[k] = gradients.ofWire()[second];
            outGradient[k] = outputGradients.ofWire()[gate];
            keepEnter[k] = visited[enter[k]] ? 1 : 0;
            visited[enter[k]] = true;
            keepLeave[k] = visited[leave[k]] ? 1 : 0;
            visited[leave[k]] = true;
        }
    }
}
