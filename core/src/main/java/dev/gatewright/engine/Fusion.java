package dev.gatewright.engine;

/**
 * Makes gates part of the one gate that reads them, where the two together have three operands: an operation less, for
 * machines that compute any function of three operands at once.
 */
final class Fusion {
    /** Values of three operands in the eight cases: bit {@code j} of the case is operand {@code j}. */
    private static final int[] CASES = {0xAA, 0xCC, 0xF0};

    private final Netlist netlist;
    private final int[] readers;
    private final int[] operands = new int[4];
    private int count;

    Fusion(Netlist netlist) {
        this.netlist = netlist;
        this.readers = new int[netlist.nodes()];
        for (int gate = 0; gate < netlist.gates(); gate++) {
            for (int i = 0; netlist.op(gate) != Netlist.NONE && i < netlist.operands(gate); i++) {
                readers[netlist.operand(gate, i)]++;
            }
        }
        for (int output = 0; output < netlist.outputs(); output++) {
            readers[netlist.outputNode(output)]++;
        }
    }

    /** Changes the netlist; gates that have become part of another keep their operations, which nobody needs. */
    void run() {
        for (int gate = 0; gate < netlist.gates(); gate++) {
            if (isPair(gate)) {
                fuse(gate);
            }
        }
    }

    private boolean isPair(int gate) {
        return gate >= 0 && netlist.op(gate) != Netlist.NONE && netlist.op(gate) != Op.TABLE;
    }

    private void fuse(int gate) {
        int left = netlist.left(gate);
        int right = netlist.right(gate);
        boolean takeLeft = isAbsorbable(left);
        boolean takeRight = isAbsorbable(right);
        if (takeLeft && takeRight && fits(gate, true, true)) {
            fuse(gate, true, true);
        } else if (takeLeft && fits(gate, true, false)) {
            fuse(gate, true, false);
        } else if (takeRight && fits(gate, false, true)) {
            fuse(gate, false, true);
        }
    }

    /** Gives a gate the operands collected last. */
    private void fuse(int gate, boolean takeLeft, boolean takeRight) {
        int left = value(netlist.left(gate), takeLeft);
        int right = value(netlist.right(gate), takeRight);
        int values = apply(netlist.op(gate), left, right) & 0xFF;
        netlist.set(gate, values, operands[0], operands[1], operands[count - 1]);
    }

    private boolean isAbsorbable(int node) {
        return readers[node] == 1 && isPair(netlist.gate(node));
    }

    /** Collects the operands of a gate together with those it absorbs; whether these are three at most. */
    private boolean fits(int gate, boolean takeLeft, boolean takeRight) {
        count = 0;
        collect(netlist.left(gate), takeLeft);
        collect(netlist.right(gate), takeRight);
        return count > 1 && count <= CASES.length;
    }

    private void collect(int node, boolean taken) {
        if (taken) {
            add(netlist.left(netlist.gate(node)));
            add(netlist.right(netlist.gate(node)));
        } else {
            add(node);
        }
    }

    private void add(int node) {
        for (int i = 0; i < count; i++) {
            if (operands[i] == node) {
                return;
            }
        }
        operands[count++] = node;
    }

    private int value(int node, boolean taken) {
        if (taken) {
            int gate = netlist.gate(node);
            return apply(netlist.op(gate), value(netlist.left(gate), false), value(netlist.right(gate), false));
        }
        int index = 0;
        while (operands[index] != node) {
            index++;
        }
        return CASES[index];
    }

    private static int apply(int op, int a, int b) {
        return switch (op) {
            case Op.AND -> a & b;
            case Op.AND_NOT -> a & ~b;
            case Op.OR -> a | b;
            case Op.XOR -> a ^ b;
            default -> throw new IllegalStateException("operation " + op);
        };
    }
}
