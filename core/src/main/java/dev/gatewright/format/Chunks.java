package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The gates that outputs need, in an order that keeps what belongs together near, cut into pieces for functions of their
 * own. A gate that is read beyond its piece, and only such a gate, has a slot of memory; slots are used again once no
 * later piece reads them. Takes time linear in the wires and a few words a gate.
 */
final class Chunks {
    private static final int NONE = -1;

    private final Circuit circuit;
    private final int[] order;
    private final int count;
    /** Where each piece begins in the order, and where the last one ends. */
    private final int[] starts;

    private final int[] home;
    private final int[] slots;
    private final int slotCount;
    private final int[] firstOutput;
    private final int[] nextOutput;

    /**
     * @param cost of a gate; a piece costs at most {@code most}, or is one gate
     */
    static Chunks of(Circuit circuit, IntUnaryOperator cost, int most) {
        return new Chunks(circuit, cost, most);
    }

    private Chunks(Circuit circuit, IntUnaryOperator cost, int most) {
        this.circuit = circuit;
        this.order = new int[circuit.gates()];
        this.count = depthFirst();
        this.starts = cut(cost, most);
        this.firstOutput = new int[circuit.gates()];
        this.nextOutput = new int[circuit.outputs()];
        Arrays.fill(firstOutput, NONE);
        for (int output = circuit.outputs() - 1; output >= 0; output--) {
            int gate = circuit.gateOf(circuit.output(output));
            if (gate >= 0) {
                nextOutput[output] = firstOutput[gate];
                firstOutput[gate] = output;
            }
        }
        this.home = new int[circuit.gates()];
        this.slots = new int[circuit.gates()];
        this.slotCount = assign();
    }

    /** Gates after those that they read, the cone of one output after the other. */
    private int depthFirst() {
        boolean[] seen = new boolean[circuit.gates()];
        int[] stack = new int[64];
        int placed = 0;
        for (int output = 0; output < circuit.outputs(); output++) {
            int depth = 0;
            int root = circuit.gateOf(circuit.output(output));
            if (root >= 0 && !seen[root]) {
                stack[depth++] = root;
            }
            while (depth > 0) {
                int gate = stack[depth - 1];
                int unseen = seen[gate] ? NONE : unseen(gate, seen);
                if (unseen >= 0) {
                    stack = depth == stack.length ? Arrays.copyOf(stack, 2 * depth) : stack;
                    stack[depth++] = unseen;
                } else {
                    depth--;
                    if (!seen[gate]) {
                        seen[gate] = true;
                        order[placed++] = gate;
                    }
                }
            }
        }
        return placed;
    }

    private int unseen(int gate, boolean[] seen) {
        for (int i = 0; i < circuit.arity(gate); i++) {
            int read = circuit.gateOf(circuit.wire(gate, i));
            if (read >= 0 && !seen[read]) {
                return read;
            }
        }
        return NONE;
    }

    private int[] cut(IntUnaryOperator cost, int most) {
        int[] cuts = new int[16];
        int pieces = 1;
        long spent = 0;
        for (int at = 0; at < count; at++) {
            int each = cost.applyAsInt(order[at]);
            if (spent > 0 && spent + each > most) {
                cuts = pieces + 1 >= cuts.length ? Arrays.copyOf(cuts, 2 * pieces) : cuts;
                cuts[pieces++] = at;
                spent = 0;
            }
            spent += each;
        }
        cuts = Arrays.copyOf(cuts, pieces + 1);
        cuts[pieces] = count;
        return cuts;
    }

    private int assign() {
        int[] last = new int[circuit.gates()];
        for (int piece = 0; piece < size(); piece++) {
            for (int at = from(piece); at < to(piece); at++) {
                int gate = order[at];
                home[gate] = piece;
                for (int i = 0; i < circuit.arity(gate); i++) {
                    int read = circuit.gateOf(circuit.wire(gate, i));
                    if (read >= 0) {
                        last[read] = Math.max(last[read], piece);
                    }
                }
            }
        }
        Arrays.fill(slots, NONE);
        int[] dying = new int[size()];
        int[] nextDying = new int[circuit.gates()];
        Arrays.fill(dying, NONE);
        int[] free = new int[16];
        int freed = 0;
        int used = 0;
        for (int piece = 0; piece < size(); piece++) {
            for (int at = from(piece); at < to(piece); at++) {
                int gate = order[at];
                if (last[gate] > home[gate]) {
                    slots[gate] = freed > 0 ? free[--freed] : used++;
                    nextDying[gate] = dying[last[gate]];
                    dying[last[gate]] = gate;
                }
            }
            for (int gate = dying[piece]; gate >= 0; gate = nextDying[gate]) {
                free = freed == free.length ? Arrays.copyOf(free, 2 * freed) : free;
                free[freed++] = slots[gate];
            }
        }
        return used;
    }

    /** How many pieces there are, at least one. */
    int size() {
        return starts.length - 1;
    }

    /** Where a piece begins in the order of gates. */
    int from(int piece) {
        return starts[piece];
    }

    /** Where it ends. */
    int to(int piece) {
        return starts[piece + 1];
    }

    /** The gate in a place of the order. */
    int gate(int at) {
        return order[at];
    }

    /** Whether a gate stands in this piece. */
    boolean isIn(int gate, int piece) {
        return home[gate] == piece;
    }

    /** Slots that are used at once. */
    int slots() {
        return slotCount;
    }

    /** The slot of a gate that later pieces read; else negative. */
    int slot(int gate) {
        return slots[gate];
    }

    /** The first output that a gate drives, or a negative number. */
    int firstOutput(int gate) {
        return firstOutput[gate];
    }

    /** The next output that the gate of {@code output} drives, or a negative number. */
    int nextOutput(int output) {
        return nextOutput[output];
    }
}
