package dev.gatewright.engine;

import java.util.Arrays;

/**
 * Who reads a node next, as a place in an order of gates that is walked through once.
 *
 * <p>About 12 bytes a node and 4 an operand.
 */
final class Readers {
    /** Read by nobody any more. */
    static final int NEVER = Integer.MAX_VALUE;
    /** An output that no gate reads any more. */
    static final int AT_THE_END = Integer.MAX_VALUE - 1;

    /** Node → where its readers start in {@link #readers}, and which of them comes next. */
    private final int[] start;

    private final int[] next;
    private final int[] readers;
    private final boolean[] output;

    /**
     * The readers of every node.
     *
     * @param order every gate that has an operation, after its operands
     * @param keepsOutputs whether outputs are read at the end
     */
    Readers(Netlist netlist, int[] order, boolean keepsOutputs) {
        this.start = new int[netlist.nodes() + 1];
        this.readers = readers(netlist, order);
        this.next = Arrays.copyOf(start, netlist.nodes());
        this.output = new boolean[netlist.nodes()];
        for (int i = 0; keepsOutputs && i < netlist.outputs(); i++) {
            output[netlist.outputNode(i)] = true;
        }
    }

    private int[] readers(Netlist netlist, int[] order) {
        for (int gate : order) {
            for (int i = 0; i < netlist.operands(gate); i++) {
                start[netlist.operand(gate, i) + 1]++;
            }
        }
        Arrays.parallelPrefix(start, Integer::sum);
        int[] at = Arrays.copyOf(start, netlist.nodes());
        int[] all = new int[start[netlist.nodes()]];
        for (int i = 0; i < order.length; i++) {
            for (int k = 0; k < netlist.operands(order[i]); k++) {
                all[at[netlist.operand(order[i], k)]++] = i;
            }
        }
        return all;
    }

    /** Says that the next reader of a node has read it. */
    void read(int node) {
        next[node]++;
    }

    /** When a node is next read: a place in the order, {@link #AT_THE_END} or {@link #NEVER}. */
    int next(int node) {
        return next[node] < start[node + 1] ? readers[next[node]] : output[node] ? AT_THE_END : NEVER;
    }
}
