package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import java.util.Arrays;

/**
 * A growing network of conjunctions and exclusive ors with inverters on the edges. Nodes are only ever added and read
 * earlier nodes, so numbers are a topological order; equal nodes are shared.
 *
 * <p>Node 0 is false, then come the inputs, then gates. A literal is twice a node, plus one for its inverse. A
 * conjunction has {@code left < right}, an exclusive or {@code left > right} and no inverse among what it reads.
 *
 * <p>A gate is alive while something holds it; only then does it hold what it reads.
 */
final class Xag {
    static final int NONE = -1;
    static final int FALSE = 0;
    static final int TRUE = 1;

    private final int first;
    private int nodes;
    private int[] left;
    private int[] right;
    private int[] holds;
    /** Open addressing: nodes, 0 where free. */
    private int[] shared;

    private int[] stack = new int[64];

    Xag(int inputs, int gatesExpected) {
        first = inputs + 1;
        nodes = first;
        left = new int[first + gatesExpected];
        right = new int[first + gatesExpected];
        holds = new int[first + gatesExpected];
        shared = new int[Math.max(64, Integer.highestOneBit(Math.max(1, gatesExpected)) * 4)];
    }

    int nodes() {
        return nodes;
    }

    boolean isGate(int node) {
        return node >= first;
    }

    int left(int node) {
        return left[node];
    }

    int right(int node) {
        return right[node];
    }

    boolean isXor(int node) {
        return left[node] > right[node];
    }

    /** How many hold the node: gates that are alive, and whoever called {@link #hold}. */
    int holds(int node) {
        return holds[node];
    }

    /** The literal of a two-input table over two literals; adds at most one gate. */
    int gate(int table, int a, int b) {
        return switch (table) {
            case TruthTable.FALSE -> FALSE;
            case TruthTable.NOR -> and(a ^ 1, b ^ 1);
            case TruthTable.A_AND_NOT_B -> and(a, b ^ 1);
            case TruthTable.NOT_B -> b ^ 1;
            case TruthTable.B_AND_NOT_A -> and(a ^ 1, b);
            case TruthTable.NOT_A -> a ^ 1;
            case TruthTable.XOR -> xor(a, b);
            case TruthTable.NAND -> and(a, b) ^ 1;
            case TruthTable.AND -> and(a, b);
            case TruthTable.XNOR -> xor(a, b) ^ 1;
            case TruthTable.A -> a;
            case TruthTable.A_OR_NOT_B -> and(a ^ 1, b) ^ 1;
            case TruthTable.B -> b;
            case TruthTable.B_OR_NOT_A -> and(a, b ^ 1) ^ 1;
            case TruthTable.OR -> and(a ^ 1, b ^ 1) ^ 1;
            case TruthTable.TRUE -> TRUE;
            default -> throw new IllegalArgumentException("table " + table + " of two inputs");
        };
    }

    int and(int a, int b) {
        int found = findAnd(a, b);
        return found != NONE ? found : add(Math.min(a, b), Math.max(a, b));
    }

    int xor(int a, int b) {
        int found = findXor(a, b);
        return found != NONE ? found : add(Math.max(a & ~1, b & ~1), Math.min(a & ~1, b & ~1)) ^ (a ^ b) & 1;
    }

    /** The literal of a conjunction if no gate need be added for it, else {@link #NONE}. */
    int findAnd(int a, int b) {
        int low = Math.min(a, b);
        int high = Math.max(a, b);
        if (low == FALSE || (low ^ 1) == high) {
            return FALSE;
        }
        if (low == TRUE || low == high) {
            return high;
        }
        return find(low, high);
    }

    /** The literal of an exclusive or if no gate need be added for it, else {@link #NONE}. */
    int findXor(int a, int b) {
        int inverse = (a ^ b) & 1;
        int low = Math.min(a & ~1, b & ~1);
        int high = Math.max(a & ~1, b & ~1);
        if (low == high) {
            return inverse;
        }
        if (low == FALSE) {
            return high ^ inverse;
        }
        int found = find(high, low);
        return found == NONE ? NONE : found ^ inverse;
    }

    private int find(int one, int other) {
        int slot = slot(one, other);
        while (shared[slot] != 0) {
            int node = shared[slot];
            if (left[node] == one && right[node] == other) {
                return node << 1;
            }
            slot = slot + 1 & shared.length - 1;
        }
        return NONE;
    }

    private int slot(int one, int other) {
        long hash = (one * 0x9E3779B97F4A7C15L ^ other) * 0xD1B54A32D192ED03L;
        return (int) (hash >>> 32) & shared.length - 1;
    }

    private int add(int one, int other) {
        if (nodes == left.length) {
            int capacity = Math.addExact(nodes, Math.max(64, nodes >> 1));
            left = Arrays.copyOf(left, capacity);
            right = Arrays.copyOf(right, capacity);
            holds = Arrays.copyOf(holds, capacity);
        }
        int node = nodes++;
        left[node] = one;
        right[node] = other;
        if ((nodes - first) * 2L > shared.length) {
            shared = new int[Math.multiplyExact(shared.length, 2)];
            for (int old = first; old < node; old++) {
                insert(old);
            }
        }
        insert(node);
        return node << 1;
    }

    private void insert(int node) {
        int slot = slot(left[node], right[node]);
        while (shared[slot] != 0) {
            slot = slot + 1 & shared.length - 1;
        }
        shared[slot] = node;
    }

    /** Holds a node so many times more; a gate that comes alive holds what it reads. */
    void hold(int node, int times) {
        boolean dead = holds[node] == 0;
        holds[node] += times;
        if (dead && times > 0 && isGate(node)) {
            revive(node);
        }
    }

    /** Lets go of a node; a gate that dies lets go of what it reads. */
    void release(int node, int times) {
        holds[node] -= times;
        if (holds[node] == 0 && times > 0 && isGate(node)) {
            kill(node);
        }
    }

    /** Makes a gate hold what it reads, whatever holds it. */
    void revive(int node) {
        int top = push(0, node);
        while (top > 0) {
            int gate = stack[--top];
            for (int side = 0; side < 2; side++) {
                int read = (side == 0 ? left[gate] : right[gate]) >> 1;
                if (holds[read]++ == 0 && isGate(read)) {
                    top = push(top, read);
                }
            }
        }
    }

    /** Makes a gate let go of what it reads; returns how many gates that frees, itself included. */
    int kill(int node) {
        int freed = 0;
        int top = push(0, node);
        while (top > 0) {
            int gate = stack[--top];
            freed++;
            for (int side = 0; side < 2; side++) {
                int read = (side == 0 ? left[gate] : right[gate]) >> 1;
                if (--holds[read] == 0 && isGate(read)) {
                    top = push(top, read);
                }
            }
        }
        return freed;
    }

    private int push(int top, int node) {
        if (top == stack.length) {
            stack = Arrays.copyOf(stack, top * 2);
        }
        stack[top] = node;
        return top + 1;
    }

    /** The gates alive as a circuit with these outputs, inverters only where outputs need them. */
    Circuit circuit(int[] outputs) {
        CircuitBuilder builder = new CircuitBuilder(first - 1);
        int[] wires = new int[nodes];
        for (int node = 1; node < first; node++) {
            wires[node] = builder.input(node - 1);
        }
        for (int node = first; node < nodes; node++) {
            if (holds[node] > 0) {
                int a = left[node];
                int b = right[node];
                long table = a > b ? TruthTable.XOR : TruthTable.AND;
                table = (a & 1) != 0 ? TruthTable.invertInput(table, 2, 0) : table;
                table = (b & 1) != 0 ? TruthTable.invertInput(table, 2, 1) : table;
                wires[node] = builder.gate(table, wires[a >> 1], wires[b >> 1]);
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
