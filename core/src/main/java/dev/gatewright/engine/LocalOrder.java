package dev.gatewright.engine;

import java.util.Arrays;

/**
 * An order of gates in which a value is used soon after it is made, so that it can stay in a register.
 *
 * <p>Wires of a network are read about twice, so gates that share wires form chains and cycles. This walk follows
 * them: of the gates that read one of the values last touched it takes the one that costs least, which is the values
 * it must fetch from memory, operands that are yet to be computed included, less the values it is the last to read,
 * which then never have to be stored. It keeps to bands of a few levels, so that not all levels are alive at once.
 *
 * <p>Takes time linear in the gates, some microseconds each, and about 30 bytes a wire.
 */
final class LocalOrder {
    /** Levels of a band: fewer give fewer choices, more keep more values alive. */
    private static final int BAND = 6;
    /** How deep the operands of a gate may still have to be computed for it to be a choice. */
    private static final int DEPTH = 2;
    /** Readers of one value that are looked at: keeps wires that everybody reads from costing quadratic time. */
    private static final int READERS = 16;

    private static final int FETCH = 100;
    /** A value that dies before it was stored saves its store, twice as dear as a fetch, and its fetch. */
    private static final int DIES_UNSTORED = 300;

    private static final int DIES_STORED = 50;
    private static final int SHARED = 25;

    private final Netlist netlist;
    private final int[] band;
    private final boolean[] done;
    private final boolean[] output;
    /** Node → where its readers start in {@link #readers}; those before {@link #from} are done. */
    private final int[] start;

    private final int[] from;
    private final int[] readers;
    private final int[] left;
    private final int[] order;
    private int count;

    /** The values thought to be in registers, the last touched at the end. */
    private final int[] recent;

    private int held;
    private final boolean[] isHeld;
    private final boolean[] unstored;

    /** Nodes seen while a choice is weighed: 1 + 3 + 9 + 27 where operations have three operands. */
    private final int[] seen = new int[40];

    private int seenCount;
    private int cost;

    private LocalOrder(Netlist netlist, int registers, boolean keepOutputs) {
        this.netlist = netlist;
        this.band = netlist.levels();
        this.done = new boolean[netlist.gates()];
        this.output = new boolean[netlist.nodes()];
        this.start = new int[netlist.nodes() + 1];
        this.left = new int[netlist.nodes()];
        this.order = new int[netlist.operations()];
        this.recent = new int[registers + 3];
        this.isHeld = new boolean[netlist.nodes()];
        this.unstored = new boolean[netlist.nodes()];
        for (int i = 0; keepOutputs && i < netlist.outputs(); i++) {
            output[netlist.outputNode(i)] = true;
        }
        this.readers = readers();
        this.from = Arrays.copyOf(start, netlist.nodes());
    }

    /**
     * The gates that have an operation, each after its operands.
     *
     * @param registers how many values stay at hand, at least 2
     * @param keepOutputs whether outputs have to be stored
     */
    static int[] of(Netlist netlist, int registers, boolean keepOutputs) {
        LocalOrder order = new LocalOrder(netlist, registers, keepOutputs);
        order.walk();
        return order.order;
    }

    private int[] readers() {
        for (int gate = 0; gate < netlist.gates(); gate++) {
            if (netlist.op(gate) != Netlist.NONE) {
                for (int i = 0; i < netlist.operands(gate); i++) {
                    left[netlist.operand(gate, i)]++;
                }
            }
        }
        for (int node = 0; node < left.length; node++) {
            start[node + 1] = start[node] + left[node];
        }
        int[] next = Arrays.copyOf(start, left.length);
        int[] all = new int[start[left.length]];
        for (int gate = 0; gate < netlist.gates(); gate++) {
            if (netlist.op(gate) != Netlist.NONE) {
                for (int i = 0; i < netlist.operands(gate); i++) {
                    all[next[netlist.operand(gate, i)]++] = gate;
                }
            }
        }
        return all;
    }

    private void walk() {
        for (int node = 0; node < band.length; node++) {
            band[node] = (band[node] + BAND - 1) / BAND;
        }
        for (int seed : byBand()) {
            if (!done[seed]) {
                emit(seed);
                for (int gate = best(band[netlist.node(seed)]); gate >= 0; gate = best(band[netlist.node(seed)])) {
                    emit(gate);
                }
            }
        }
    }

    /** The gates by band, and in a band by number. */
    private int[] byBand() {
        int bands = Arrays.stream(band).max().orElse(0) + 1;
        int[] next = new int[bands + 1];
        for (int gate = 0; gate < netlist.gates(); gate++) {
            if (netlist.op(gate) != Netlist.NONE) {
                next[band[netlist.node(gate)] + 1]++;
            }
        }
        Arrays.parallelPrefix(next, Integer::sum);
        int[] gates = new int[order.length];
        for (int gate = 0; gate < netlist.gates(); gate++) {
            if (netlist.op(gate) != Netlist.NONE) {
                gates[next[band[netlist.node(gate)]]++] = gate;
            }
        }
        return gates;
    }

    /** The cheapest gate of this band that reads a value at hand, or −1. */
    private int best(int current) {
        int best = -1;
        int least = Integer.MAX_VALUE;
        for (int i = held - 1; i >= 0; i--) {
            int node = recent[i];
            while (from[node] < start[node + 1] && done[readers[from[node]]]) {
                from[node]++;
            }
            int end = Math.min(start[node + 1], from[node] + READERS);
            for (int k = from[node]; k < end; k++) {
                int gate = readers[k];
                if (!done[gate] && band[netlist.node(gate)] == current) {
                    seenCount = 0;
                    cost = held - 1 - i;
                    if (weigh(gate, current, DEPTH) && cost < least) {
                        least = cost;
                        best = gate;
                    }
                }
            }
        }
        return best;
    }

    /** Adds the cost of computing a gate; false where too many operands are missing. */
    private boolean weigh(int gate, int current, int depth) {
        seen[seenCount++] = netlist.node(gate);
        for (int i = 0; i < netlist.operands(gate); i++) {
            if (!weighOperand(netlist.operand(gate, i), current, depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean weighOperand(int node, int current, int depth) {
        if (isHeld[node]) {
            cost -= left[node] > 1 || output[node] ? SHARED : unstored[node] ? DIES_UNSTORED : DIES_STORED;
            return true;
        }
        for (int i = 0; i < seenCount; i++) {
            if (seen[i] == node) {
                return true;
            }
        }
        if (isComputed(node)) {
            seen[seenCount++] = node;
            cost += FETCH;
            return true;
        }
        return depth > 0 && band[node] == current && weigh(netlist.gate(node), current, depth - 1);
    }

    private boolean isComputed(int node) {
        int gate = netlist.gate(node);
        return gate < 0 || done[gate];
    }

    /** Appends a gate, after those of its operands that are still missing; these are of the same band. */
    private void emit(int gate) {
        for (int i = 0; i < netlist.operands(gate); i++) {
            if (!isComputed(netlist.operand(gate, i))) {
                emit(netlist.gate(netlist.operand(gate, i)));
            }
        }
        for (int i = 0; i < netlist.operands(gate); i++) {
            touch(netlist.operand(gate, i));
        }
        order[count++] = gate;
        done[gate] = true;
        for (int i = 0; i < netlist.operands(gate); i++) {
            read(netlist.operand(gate, i));
        }
        int node = netlist.node(gate);
        if (left[node] > 0) {
            touch(node);
            unstored[node] = true;
        }
    }

    private void read(int node) {
        left[node]--;
        if (left[node] == 0) {
            drop(node);
        }
    }

    private void touch(int node) {
        boolean known = unstored[node];
        drop(node);
        unstored[node] = known;
        recent[held++] = node;
        isHeld[node] = true;
        if (held > recent.length - 3) {
            drop(recent[0]);
        }
    }

    private void drop(int node) {
        if (isHeld[node]) {
            int at = 0;
            while (recent[at] != node) {
                at++;
            }
            held--;
            System.arraycopy(recent, at + 1, recent, at, held - at);
            isHeld[node] = false;
            unstored[node] = false;
        }
    }
}
