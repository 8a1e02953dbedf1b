package dev.gatewright.engine;

import java.util.Arrays;

/**
 * An order of gates that computes output after output, each with what it still lacks. Where neighbouring outputs depend
 * on neighbouring wires, this goes through the circuit as a wave that touches few slots at a time; where wires are
 * random, {@link LocalOrder} moves less. Takes time and memory linear in the gates.
 */
final class DepthFirstOrder {
    private final Netlist netlist;
    private final boolean[] done;
    private final int[] order;
    private int count;
    private int[] open = new int[64];
    private int depth;

    private DepthFirstOrder(Netlist netlist) {
        this.netlist = netlist;
        this.done = new boolean[netlist.nodes()];
        this.order = new int[netlist.operations()];
        Arrays.fill(done, 0, netlist.node(0), true);
    }

    /** The gates that have an operation, each after its operands. */
    static int[] of(Netlist netlist) {
        DepthFirstOrder order = new DepthFirstOrder(netlist);
        for (int output = 0; output < netlist.outputs(); output++) {
            order.compute(netlist.outputNode(output));
        }
        return order.order;
    }

    private void compute(int root) {
        open(root);
        while (depth > 0) {
            int node = open[depth - 1];
            int gate = netlist.gate(node);
            if (done[node]) {
                depth--;
            } else if (!openMissing(gate)) {
                order[count++] = gate;
                done[node] = true;
                depth--;
            }
        }
    }

    /** Whether an operand is still to be computed; opens the first that is. */
    private boolean openMissing(int gate) {
        for (int i = 0; i < netlist.operands(gate); i++) {
            if (!done[netlist.operand(gate, i)]) {
                open(netlist.operand(gate, i));
                return true;
            }
        }
        return false;
    }

    private void open(int node) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = node;
    }
}
