package dev.gatewright.engine;

import java.util.Arrays;

/** Which outputs each node drives, and which counter each output is counted by. */
final class DrivenOutputs {
    private final int outputs;
    private final int groups;
    /** Node → where the outputs it drives start in {@link #driven}. */
    private final int[] first;

    private final int[] driven;

    /** @param groups how many groups the outputs are in, at least 1 */
    DrivenOutputs(Netlist netlist, int groups) {
        this.outputs = netlist.outputs();
        this.groups = groups;
        this.first = new int[netlist.nodes() + 1];
        for (int i = 0; i < outputs; i++) {
            first[netlist.outputNode(i) + 1]++;
        }
        Arrays.parallelPrefix(first, Integer::sum);
        int[] at = Arrays.copyOf(first, netlist.nodes());
        this.driven = new int[outputs];
        for (int i = 0; i < outputs; i++) {
            driven[at[netlist.outputNode(i)]++] = i;
        }
    }

    /** How many outputs a node drives. */
    int count(int node) {
        return first[node + 1] - first[node];
    }

    /** One of the outputs that a node drives. */
    int output(int node, int index) {
        return driven[first[node] + index];
    }

    /** The slot of the counter of an output's group. */
    int counter(int output) {
        return 1 + (int) ((long) output * groups / outputs);
    }
}
