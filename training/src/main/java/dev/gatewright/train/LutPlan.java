package dev.gatewright.train;

import dev.gatewright.network.Connections;
import dev.gatewright.network.LutLayer;
import dev.gatewright.relax.WalshTable;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Where the gates of a layer of larger gates read and write in the memory of a tile. Gates and wires stand in their own
 * order: a gate costs hundreds of operations a sample, so it is arithmetic that is waited for and not memory.
 */
final class LutPlan {
    /** Inputs of a gate whose assignments fill a vector. */
    static final int LOW = 3;

    final int gates;
    final int arity;
    final int inputRows;

    /** Entries that a gate takes in the arrays of the kernels: 2ᵏ, and 8 for two inputs. */
    final int stride;

    /** Gate after gate, the rows it reads: one a slot. */
    final int[] reads;

    /** Gate → row of its output. */
    final int[] out;

    /** Gate → row of the gradient of its output; several gates of the last layer share one. */
    final int[] gradient;

    LutPlan(LutLayer layer, IntUnaryOperator outputRow, GradientRows gradients) {
        Connections connections = layer.connections();
        gates = layer.gates();
        arity = layer.arity();
        inputRows = layer.inputs();
        stride = stride(arity);
        reads = new int[Math.multiplyExact(gates, arity)];
        out = new int[gates];
        gradient = gradients.ofWire();
        for (int gate = 0; gate < gates; gate++) {
            for (int i = 0; i < arity; i++) {
                reads[gate * arity + i] = connections.wire(gate, i);
            }
            out[gate] = outputRow.applyAsInt(gate);
        }
    }

    private LutPlan(LutPlan plan) {
        gates = plan.gates;
        arity = plan.arity;
        inputRows = plan.inputRows;
        stride = plan.stride;
        reads = plan.reads;
        out = plan.out;
        gradient = new int[gates];
        Arrays.setAll(gradient, gate -> gate);
    }

    /** Makes a slot of learnt wires read row {@code row}; slots beyond those of the gates feed none. */
    void read(int slot, int row) {
        if (slot < reads.length) {
            reads[slot] = row;
        }
    }

    /** The same plan, of the same live wires, where every gate has an own row of gradients. */
    LutPlan ownGradients() {
        return new LutPlan(this);
    }

    /** Walsh coefficients {@code from} to {@code to − 1}, whole gates, transformed to entries. */
    static void walsh(LutPlan plan, float[] parameters, float[] entries, int from, int to) {
        System.arraycopy(parameters, from, entries, from, to - from);
        for (int gate = from; gate < to; gate += plan.stride) {
            WalshTable.transform(entries, gate, plan.arity);
        }
    }

    static int stride(int arity) {
        return 1 << Math.max(LOW, arity);
    }
}
