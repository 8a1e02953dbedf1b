package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import java.util.Arrays;

/**
 * Covers a circuit of two-input gates by as few gates of up to three inputs as it can, for machines with one instruction
 * for any function of three words.
 *
 * <p>Of the cuts of three leaves of each gate, the first choice goes by the area that flows through the leaves, shared
 * among their readers; then gate by gate the cut is taken that needs the fewest further gates (after Mishchenko, Cho,
 * Chatterjee, Brayton: Combinational and sequential mapping with priority cuts, 2007). Depth does not count. Time is
 * linear in the gates, memory 200 bytes a gate; circuits of more than {@value #MOST_GATES} gates, or with gates of more
 * than two inputs, stay as they are. Other passes work on two-input gates, so this one comes last.
 */
public final class MapThreeInputs implements Pass {
    static final int MOST_GATES = 4_000_000;
    private static final int INPUTS = 3;
    private static final int FLOW_ROUNDS = 2;
    private static final int EXACT_ROUNDS = 3;
    /** Gates up to which the cost of a cut is followed. */
    private static final int NEAR = 40;

    @Override
    public Circuit apply(Circuit circuit) {
        if (circuit.gates() > MOST_GATES || circuit.maxArity() > 2) {
            return circuit;
        }
        Circuit mapped = new Mapping(circuit).run();
        return mapped.gates() < circuit.gates() ? mapped : circuit;
    }

    private static final class Mapping {
        private final Circuit circuit;
        private final Xag xag;
        private final Cuts cuts;
        private final int[] outputs;
        /** Node → the cut that covers it. */
        private int[] best = {};

        private float[] flow = {};
        /** Node → how many chosen cuts and outputs read it; a gate that nobody reads is not built. */
        private int[] readers = {};

        private int[] stack = new int[64];
        /** Leaves whose readers a trial counted differently. */
        private final int[] log = new int[2 * INPUTS * NEAR];

        private int logged;

        Mapping(Circuit circuit) {
            this.circuit = circuit;
            int nodes = circuit.gates() + circuit.inputs() + 1;
            xag = new Xag(circuit.inputs(), nodes);
            cuts = new Cuts(xag, nodes, INPUTS);
            outputs = new int[circuit.outputs()];
        }

        Circuit run() {
            Walk walk = new Walk(circuit, xag);
            walk.run((gate, literal) -> literal);
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = walk.literal(circuit.output(i));
            }
            best = new int[xag.nodes()];
            flow = new float[xag.nodes()];
            readers = new int[xag.nodes()];
            for (int node = 0; node < xag.nodes(); node++) {
                readers[node] = xag.holds(node);
                if (xag.isGate(node) && xag.holds(node) > 0) {
                    cuts.enumerate(node);
                }
            }
            for (int round = 0; round < FLOW_ROUNDS; round++) {
                chooseByFlow();
                countReaders();
            }
            for (int round = 0; round < EXACT_ROUNDS; round++) {
                chooseExactly();
            }
            return build();
        }

        private void chooseByFlow() {
            for (int node = 0; node < xag.nodes(); node++) {
                if (cuts.count(node) > 0) {
                    flow[node] = Float.MAX_VALUE;
                    for (int cut = 0; cut < cuts.count(node); cut++) {
                        float area = 1;
                        for (int i = 0; i < INPUTS && cuts.leaf(node, cut, i) != Xag.NONE; i++) {
                            area += flow[cuts.leaf(node, cut, i)];
                        }
                        area /= Math.max(1, readers[node]);
                        if (area < flow[node]) {
                            flow[node] = area;
                            best[node] = cut;
                        }
                    }
                }
            }
        }

        private void countReaders() {
            Arrays.fill(readers, 0);
            for (int output : outputs) {
                acquire(output >> 1);
            }
        }

        /** Reads a node once more, and what it reads if nobody did before. */
        private void acquire(int node) {
            if (readers[node]++ == 0 && xag.isGate(node)) {
                spread(node, best[node], 1, Integer.MAX_VALUE);
            }
        }

        private void release(int node) {
            if (--readers[node] == 0 && xag.isGate(node)) {
                spread(node, best[node], -1, Integer.MAX_VALUE);
            }
        }

        /**
         * Begins (step 1) or ends (step −1) to read the leaves of a cut, and what these read, and so on; not from more
         * gates than {@code most}. Returns from how many gates.
         */
        private int spread(int from, int cut, int step, int most) {
            int gates = 0;
            int top = push(0, from);
            while (top > 0 && gates < most) {
                int node = stack[--top];
                int chosen = gates++ == 0 ? cut : best[node];
                for (int i = 0; i < INPUTS && cuts.leaf(node, chosen, i) != Xag.NONE; i++) {
                    int leaf = cuts.leaf(node, chosen, i);
                    readers[leaf] += step;
                    if (most <= NEAR) {
                        log[logged++] = leaf;
                    }
                    if (xag.isGate(leaf) && readers[leaf] == Math.max(step, 0)) {
                        top = push(top, leaf);
                    }
                }
            }
            return gates + top;
        }

        /** Takes back what was logged after {@code from}. */
        private void undo(int from, int step) {
            while (logged > from) {
                readers[log[--logged]] -= step;
            }
        }

        private int push(int top, int node) {
            if (top == stack.length) {
                stack = Arrays.copyOf(stack, top * 2);
            }
            stack[top] = node;
            return top + 1;
        }

        private void chooseExactly() {
            for (int node = 0; node < xag.nodes(); node++) {
                if (cuts.count(node) > 1 && readers[node] > 0) {
                    int old = best[node];
                    int cheapest = cheapest(node);
                    if (cheapest != old) {
                        // In this order, so that what both read never seems unread.
                        moveLeaves(node, cheapest, true);
                        moveLeaves(node, old, false);
                        best[node] = cheapest;
                    }
                }
            }
        }

        /** The cut for which the fewest gates must be built, as far as can be seen from near. */
        private int cheapest(int node) {
            spread(node, best[node], -1, NEAR);
            int released = logged;
            int cheapest = best[node];
            int fewest = spread(node, cheapest, 1, NEAR);
            undo(released, 1);
            for (int cut = 0; cut < cuts.count(node); cut++) {
                int gates = spread(node, cut, 1, NEAR);
                undo(released, 1);
                if (gates < fewest) {
                    fewest = gates;
                    cheapest = cut;
                }
            }
            undo(0, -1);
            return cheapest;
        }

        private void moveLeaves(int node, int cut, boolean in) {
            for (int i = 0; i < INPUTS && cuts.leaf(node, cut, i) != Xag.NONE; i++) {
                int leaf = cuts.leaf(node, cut, i);
                if (in) {
                    acquire(leaf);
                } else {
                    release(leaf);
                }
            }
        }

        private Circuit build() {
            CircuitBuilder builder = new CircuitBuilder(circuit.inputs(), INPUTS);
            int[] wires = new int[xag.nodes()];
            for (int i = 0; i < circuit.inputs(); i++) {
                wires[i + 1] = builder.input(i);
            }
            for (int node = 0; node < xag.nodes(); node++) {
                if (xag.isGate(node) && readers[node] > 0) {
                    int size = 0;
                    int[] reads = new int[INPUTS];
                    for (; size < INPUTS && cuts.leaf(node, best[node], size) != Xag.NONE; size++) {
                        reads[size] = wires[cuts.leaf(node, best[node], size)];
                    }
                    long table = cuts.table(node, best[node]) & TruthTable.mask(size);
                    wires[node] = builder.gate(table, Arrays.copyOf(reads, size));
                }
            }
            int[] ends = new int[outputs.length];
            for (int i = 0; i < ends.length; i++) {
                int wire = wires[outputs[i] >> 1];
                ends[i] = (outputs[i] & 1) != 0 ? builder.not(wire) : wire;
            }
            return new AbsorbInverters().apply(builder.build(ends));
        }
    }
}
