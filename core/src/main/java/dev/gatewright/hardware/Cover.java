package dev.gatewright.hardware;

import dev.gatewright.circuit.Circuit;
import java.util.Arrays;

/**
 * A choice of one cut for every gate, and what follows from it: which gates become tables, how deep they lie, and how deep
 * they may lie.
 */
final class Cover {
    private final Circuit circuit;
    private final int width;
    private final int[] leaves;
    private final byte[] sizes;
    private final int[] depths;
    private final int[] readers;
    private final int[] latest;
    private int[] stack = new int[64];

    /** Cuts of at most {@code width} leaves. */
    Cover(Circuit circuit, int width) {
        this.circuit = circuit;
        this.width = width;
        leaves = new int[Math.multiplyExact(circuit.gates(), width)];
        sizes = new byte[circuit.gates()];
        depths = new int[circuit.wires()];
        readers = new int[circuit.wires()];
        latest = new int[circuit.wires()];
        Arrays.fill(latest, Integer.MAX_VALUE);
    }

    /** Leaf {@code i} of the cut of a gate. */
    int leaf(int gate, int i) {
        return leaves[gate * width + i];
    }

    /** How many leaves the cut of a gate has; 0 before it has one. */
    int size(int gate) {
        return sizes[gate];
    }

    void choose(int gate, int[] cut, int size, int depth) {
        System.arraycopy(cut, 0, leaves, gate * width, size);
        sizes[gate] = (byte) size;
        depths[circuit.gateWire(gate)] = depth;
    }

    /** One more than the depth of the deepest leaf. */
    int depth(int[] cut, int size) {
        int deepest = 0;
        for (int i = 0; i < size; i++) {
            deepest = Math.max(deepest, depths[cut[i]]);
        }
        return deepest + 1;
    }

    /** How deep a wire may lie so that the outputs do not get deeper. */
    int latest(int wire) {
        return latest[wire];
    }

    /** How many tables and outputs read a wire; 0 for a gate that is no table. */
    int readers(int wire) {
        return readers[wire];
    }

    /** The depth of the deepest output. */
    int depth() {
        int deepest = 0;
        for (int i = 0; i < circuit.outputs(); i++) {
            deepest = Math.max(deepest, depths[circuit.output(i)]);
        }
        return deepest;
    }

    /** Counts readers and computes the latest depths anew, from the outputs on; the number of tables. */
    int settle() {
        Arrays.fill(readers, 0);
        Arrays.fill(latest, Integer.MAX_VALUE);
        int depth = depth();
        for (int i = 0; i < circuit.outputs(); i++) {
            readers[circuit.output(i)]++;
            latest[circuit.output(i)] = depth;
        }
        int tables = 0;
        for (int gate = circuit.gates() - 1; gate >= 0; gate--) {
            int wire = circuit.gateWire(gate);
            if (readers[wire] > 0) {
                tables++;
                for (int i = 0; i < sizes[gate]; i++) {
                    int leaf = leaf(gate, i);
                    readers[leaf]++;
                    latest[leaf] = Math.min(latest[leaf], latest[wire] - 1);
                }
            }
        }
        return tables;
    }

    /** The tables that a cut adds to those there are; puts everything back. */
    int added(int[] cut, int size) {
        int tables = 1 + use(cut, 0, size);
        release(cut, 0, size);
        return tables;
    }

    /** Takes the cut of a gate into the cover, with the tables that it needs. */
    void use(int gate) {
        use(leaves, gate * width, sizes[gate]);
    }

    /** Takes the cut of a gate out of the cover, with the tables that nobody else reads. */
    void release(int gate) {
        release(leaves, gate * width, sizes[gate]);
    }

    private int use(int[] cut, int from, int size) {
        int tables = 0;
        int waiting = 0;
        for (int i = from; i < from + size; i++) {
            if (readers[cut[i]]++ == 0) {
                waiting = push(cut[i], waiting);
            }
        }
        while (waiting > 0) {
            int gate = stack[--waiting];
            tables++;
            for (int i = gate * width; i < gate * width + sizes[gate]; i++) {
                if (readers[leaves[i]]++ == 0) {
                    waiting = push(leaves[i], waiting);
                }
            }
        }
        return tables;
    }

    private void release(int[] cut, int from, int size) {
        int waiting = 0;
        for (int i = from; i < from + size; i++) {
            if (--readers[cut[i]] == 0) {
                waiting = push(cut[i], waiting);
            }
        }
        while (waiting > 0) {
            int gate = stack[--waiting];
            for (int i = gate * width; i < gate * width + sizes[gate]; i++) {
                if (--readers[leaves[i]] == 0) {
                    waiting = push(leaves[i], waiting);
                }
            }
        }
    }

    /** Puts the gate of a wire, if it has one, on the stack; the new height. */
    private int push(int wire, int height) {
        int gate = circuit.gateOf(wire);
        if (gate < 0) {
            return height;
        }
        if (height == stack.length) {
            stack = Arrays.copyOf(stack, 2 * height);
        }
        stack[height] = gate;
        return height + 1;
    }
}
