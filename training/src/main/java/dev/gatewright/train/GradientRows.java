package dev.gatewright.train;

import dev.gatewright.network.Connections;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where the gradients of a layer's inputs stand in the memory of a tile.
 *
 * <p>A gate's output gradient is read once, on the gate's step, and its row is then free. <em>In place</em>, the wire
 * visited first on that step takes it, while it is in the nearest cache: a layer then touches one row a gate instead of
 * two, and half the memory.
 *
 * @param ofWire input wire → row
 * @param count rows there are, some of them perhaps never used
 * @param inPlace whether these are the rows of the gradients of the layer's outputs
 * @param idle rows of wires that no gate reads, whose gradient is zero
 */
record GradientRows(int[] ofWire, int count, boolean inPlace, int[] idle) {
    /** Those of the class sums: neighbouring outputs share one. */
    static GradientRows ofGroups(int outputs, int group) {
        return new GradientRows(
                IntStream.range(0, outputs).map(output -> output / group).toArray(),
                outputs / group,
                false,
                new int[0]);
    }

    /** In memory of their own, in the order of the wires, all of which may be read. */
    static GradientRows inOrder(int wires) {
        return new GradientRows(IntStream.range(0, wires).toArray(), wires, false, new int[0]);
    }

    /** In memory of their own, in the order in which the trails visit the wires. */
    static GradientRows byVisit(Trails trails) {
        int wires = trails.rank.length;
        return new GradientRows(
                trails.rank, wires, false, IntStream.range(trails.used, wires).toArray());
    }

    /**
     * In the rows of the gradients of the outputs, no two of which share one; there are at most as many rows as there, or
     * as there are gates and wires.
     */
    static GradientRows inPlace(Connections connections, Trails trails, GradientRows outputs) {
        int[] rows = new int[connections.inputs()];
        Arrays.fill(rows, -1);
        int[] free = outputs.free();
        int left = outputs.count - outputs.ofWire.length;
        int count = outputs.count;
        for (int gate : trails.order) {
            free[left++] = outputs.ofWire[gate];
            for (int i = 0; i < 2; i++) {
                int wire = connections.wire(gate, i);
                if (rows[wire] < 0) {
                    rows[wire] = left > 0 ? free[--left] : count++;
                }
            }
        }
        int[] idle = new int[rows.length - trails.used];
        int idles = 0;
        for (int wire = 0; wire < rows.length; wire++) {
            if (rows[wire] < 0) {
                rows[wire] = left > 0 ? free[--left] : count++;
                idle[idles++] = rows[wire];
            }
        }
        return new GradientRows(rows, count, true, idle);
    }

    /** Room for all rows, those first that no wire has. */
    private int[] free() {
        boolean[] taken = new boolean[count];
        for (int row : ofWire) {
            taken[row] = true;
        }
        return Arrays.copyOf(
                IntStream.range(0, count).filter(row -> !taken[row]).toArray(), count);
    }

    /** Clears the gradients of wires that no gate reads; those of the outputs must have been read by then. */
    void clearIdle(float[] slab, int from) {
        for (int row : idle) {
            int start = from + row * Kernels.TILE;
            Arrays.fill(slab, start, start + Kernels.TILE, 0);
        }
    }
}
