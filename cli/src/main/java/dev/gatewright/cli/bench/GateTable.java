package dev.gatewright.cli.bench;

import java.util.Arrays;

/**
 * A network as data: gates sorted by level and function, so that a loop runs over each stretch of equal gates.
 *
 * @param a the first wire of each gate, in this order
 * @param b the second
 * @param runs pairs: a function, and the gate after the last that it is for
 * @param outputs the wire of each output
 */
record GateTable(int[] a, int[] b, int[] runs, int[] outputs) {
    static GateTable of(RawNet net) {
        int[] levels = net.levels();
        long[] order = new long[net.gates()];
        Arrays.setAll(order, gate -> ((long) levels[gate] << 4 | net.table(gate)) << 32 | gate);
        Arrays.sort(order);
        int[] wires = new int[net.inputs() + net.gates()];
        Arrays.setAll(wires, wire -> wire);
        int[] a = new int[order.length];
        int[] b = new int[order.length];
        int[] runs = new int[2 * order.length];
        int used = 0;
        for (int at = 0; at < order.length; at++) {
            int gate = (int) order[at];
            wires[net.inputs() + gate] = net.inputs() + at;
            a[at] = wires[net.a(gate)];
            b[at] = wires[net.b(gate)];
            if (at == 0 || order[at - 1] >>> 32 != order[at] >>> 32) {
                runs[used] = net.table(gate);
                used += 2;
            }
            runs[used - 1] = at + 1;
        }
        int[] outputs = new int[net.outputs()];
        Arrays.setAll(outputs, output -> wires[net.output(output)]);
        return new GateTable(a, b, Arrays.copyOf(runs, used), outputs);
    }
}
