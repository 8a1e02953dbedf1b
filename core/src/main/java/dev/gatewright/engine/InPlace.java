package dev.gatewright.engine;

import java.util.Arrays;

/**
 * Slots of inputs and outputs that belong to others before and after an instruction list: none is used for anything else,
 * and outputs are written as they are, not inverted. Slot 0 is false and slot 1 true; then come the inputs, the outputs,
 * and what the list needs for itself.
 */
final class InPlace {
    static final int TRUE_SLOT = 1;
    static final int FIRST_INPUT = 2;
    private static final int NONE = -1;

    private final Netlist netlist;
    /** Node → the first output that it drives, or {@link #NONE}. */
    private final int[] first;

    private final boolean[] delivered;

    InPlace(Netlist netlist) {
        this.netlist = netlist;
        this.delivered = new boolean[netlist.outputs()];
        this.first = new int[netlist.nodes()];
        Arrays.fill(first, NONE);
        for (int output = netlist.outputs() - 1; output >= 0; output--) {
            first[netlist.outputNode(output)] = output;
        }
    }

    /** Slots numbered here: that of input {@code i} is {@code 2 + i}. */
    static int firstOutput(int inputs) {
        return FIRST_INPUT + inputs;
    }

    /** Slots that the list may not use for itself. */
    int slots() {
        return firstOutput(netlist.inputs()) + netlist.outputs();
    }

    int input(int input) {
        return FIRST_INPUT + input;
    }

    private int output(int output) {
        return firstOutput(netlist.inputs()) + output;
    }

    /**
     * Makes a register, which the caller stores and then leaves, what the first output of its node is; the slot of that
     * output.
     */
    int deliver(int node, int register, InstructionBuffer list, int registers) {
        int output = first[node];
        if (netlist.outputInverted(output)) {
            list.append(Op.XOR, register, registers + TRUE_SLOT, register);
        }
        delivered[output] = true;
        return output(output);
    }

    /**
     * Writes the outputs that are not in their places: inputs, constants, and what has its place in several. Nothing is
     * in a register any more. Changes {@code slots} and {@code inverted} to what is now so.
     *
     * @param slots output → where its node is; changed to where it is now
     */
    void deliverRest(InstructionBuffer list, int registers, int[] slots, boolean[] inverted) {
        for (int output = 0; output < slots.length; output++) {
            if (!delivered[output]) {
                int source = first[netlist.outputNode(output)];
                boolean sourceInverted = delivered[source] && netlist.outputInverted(source);
                int from = delivered[source] ? output(source) : slots[output];
                list.append(Op.MOVE, 0, registers + from, registers + from);
                if (sourceInverted != netlist.outputInverted(output)) {
                    list.append(Op.XOR, 0, registers + TRUE_SLOT, 0);
                }
                list.append(Op.MOVE, registers + output(output), 0, 0);
            }
        }
        for (int output = 0; output < slots.length; output++) {
            slots[output] = output(output);
            inverted[output] = false;
        }
    }
}
