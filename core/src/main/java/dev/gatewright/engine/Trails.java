package dev.gatewright.engine;

import java.util.Arrays;

/**
 * Orders independent instructions so that each reads, where it can, from a cache line that the one before it has read
 * from. Lines are the vertices of a graph and instructions its edges; the order is a cover of the edges by trails,
 * begun at vertices of odd degree, where fewer trails are needed than anywhere else (Euler).
 *
 * <p>Takes time and memory linear in the instructions of a call, and memory linear in the slots.
 */
final class Trails {
    /** Slots of 256 bits are two to a line of 64 bytes; where a slot is a line, two of them are fetched together. */
    private static final int LINE_SHIFT = 1;

    private static final int NONE = -1;

    private final Netlist netlist;
    private final int[] slot;
    private int[] gates = new int[0];
    private boolean[] done = new boolean[0];

    /** Line → the first of its ends of edges that may be left, instruction times two plus operand; or {@link #NONE}. */
    private int[] first = new int[0];

    /** End of an edge → the next of its line, or {@link #NONE}. */
    private int[] next = new int[0];

    /** Line → ends of edges that are left. */
    private int[] degree = new int[0];

    private int at;

    /** @param slot node → its slot, as it will be when {@link #sort} is called */
    Trails(Netlist netlist, int[] slot) {
        this.netlist = netlist;
        this.slot = slot;
    }

    /** Reorders the gates {@code order[from]} to {@code order[to - 1]}, none of which reads another. */
    void sort(int[] order, int from, int to) {
        connect(order, from, to);
        at = from;
        for (boolean odd : new boolean[] {true, false}) {
            for (int i = 0; i < to - from; i++) {
                for (int operand = 0; operand < 2 && !done[i]; operand++) {
                    int line = line(gates[i], operand);
                    if (!odd || (degree[line] & 1) != 0) {
                        walk(line, order);
                    }
                }
            }
        }
    }

    private void connect(int[] order, int from, int to) {
        int count = to - from;
        if (gates.length < count) {
            gates = new int[count];
            done = new boolean[count];
            next = new int[Math.multiplyExact(count, 2)];
        }
        System.arraycopy(order, from, gates, 0, count);
        Arrays.fill(done, 0, count, false);
        for (int i = 0; i < count; i++) {
            for (int operand = 0; operand < 2; operand++) {
                int line = line(gates[i], operand);
                reach(line);
                first[line] = NONE;
                degree[line] = 0;
            }
        }
        for (int i = count - 1; i >= 0; i--) {
            for (int operand = 1; operand >= 0; operand--) {
                int line = line(gates[i], operand);
                next[2 * i + operand] = first[line];
                first[line] = 2 * i + operand;
                degree[line]++;
            }
        }
    }

    private void reach(int line) {
        if (line >= first.length) {
            first = Arrays.copyOf(first, Math.max(line + 1, 2 * first.length));
            degree = Arrays.copyOf(degree, first.length);
        }
    }

    /** Appends the instructions of a trail from {@code line} until none is left where it has come to. */
    private void walk(int line, int[] order) {
        int here = line;
        for (int end = left(here); end != NONE; end = left(here)) {
            int i = end >> 1;
            done[i] = true;
            order[at++] = gates[i];
            int there = line(gates[i], 1 - (end & 1));
            degree[here]--;
            degree[there]--;
            here = left(there) != NONE ? there : here;
        }
    }

    /** An end at a line whose instruction is left, or {@link #NONE}. */
    private int left(int line) {
        while (first[line] != NONE && done[first[line] >> 1]) {
            first[line] = next[first[line]];
        }
        return first[line];
    }

    private int line(int gate, int operand) {
        return slot[netlist.operand(gate, operand)] >> LINE_SHIFT;
    }
}
