package dev.gatewright.engine;

import java.util.Arrays;

/**
 * Turns an order of gates into an instruction list on registers and slots: a value stays in its register until others
 * are needed sooner (Belady, "A study of replacement algorithms for a virtual-storage computer", 1966), and is stored
 * only then. Slots are reused, last freed first, so that most stores go to the cache line just read for the last time.
 *
 * <p>Takes time proportional to gates times registers, and about 24 bytes a wire beside the list.
 */
final class RegisterScheduler {
    private static final int NONE = -1;
    /** Read by nobody any more. */
    private static final int NEVER = Integer.MAX_VALUE;
    /** An output that no gate reads any more. */
    private static final int AT_THE_END = Integer.MAX_VALUE - 1;

    private final Netlist netlist;
    private final int registers;
    private final boolean readSlots;
    private final int span;
    /** Node → where its readers start in {@link #readers}, and which of them comes next. */
    private final int[] start;

    private final int[] next;
    private final int[] readers;
    private final boolean[] output;

    /** Node → its slot, or {@link #NONE}. */
    private final int[] slot;

    /** Node → its register, or {@link #NONE}. */
    private final int[] register;

    /** Register → its node, or {@link #NONE}. */
    private final int[] held;

    private final Slots slots = new Slots();
    private byte[] ops;
    private int[] code;
    private int count;

    private RegisterScheduler(Netlist netlist, int[] order, int registers, boolean readSlots, int span) {
        this.netlist = netlist;
        this.registers = registers;
        this.readSlots = readSlots;
        this.span = span;
        this.start = new int[netlist.nodes() + 1];
        this.readers = readers(order);
        this.next = Arrays.copyOf(start, netlist.nodes());
        this.output = new boolean[netlist.nodes()];
        for (int i = 0; i < netlist.outputs(); i++) {
            output[netlist.outputNode(i)] = true;
        }
        this.slot = filled(netlist.nodes());
        this.register = filled(netlist.nodes());
        this.held = filled(registers);
        this.ops = new byte[Math.max(16, 2 * order.length)];
        this.code = new int[3 * ops.length];
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }

    /**
     * The instruction list of a circuit.
     *
     * @param order every gate that has an operation, after its operands
     * @param registers at least 3
     * @param readSlots whether operations may read a slot; if not, only moves do
     */
    static Schedule schedule(Netlist netlist, int[] order, int registers, boolean readSlots) {
        return schedule(netlist, order, registers, readSlots, Integer.MAX_VALUE);
    }

    /**
     * The instruction list of a circuit, cut into parts between which nothing is in a register.
     *
     * @param span how many instructions a part has before it ends at the next gate; what its end stores comes on top
     */
    static Schedule schedule(Netlist netlist, int[] order, int registers, boolean readSlots, int span) {
        return new RegisterScheduler(netlist, order, registers, readSlots, span).run(order);
    }

    private int[] readers(int[] order) {
        for (int gate : order) {
            start[netlist.left(gate) + 1]++;
            start[netlist.right(gate) + 1]++;
        }
        Arrays.parallelPrefix(start, Integer::sum);
        int[] at = Arrays.copyOf(start, netlist.nodes());
        int[] all = new int[start[netlist.nodes()]];
        for (int i = 0; i < order.length; i++) {
            all[at[netlist.left(order[i])]++] = i;
            all[at[netlist.right(order[i])]++] = i;
        }
        return all;
    }

    private Schedule run(int[] order) {
        slot[0] = 0;
        int[] inputsRead = new int[netlist.inputs()];
        int[] inputSlots = new int[netlist.inputs()];
        int read = 0;
        for (int input = 0; input < netlist.inputs(); input++) {
            int node = netlist.inputNode(input);
            if (nextReader(node) != NEVER) {
                slot[node] = slots.take();
                inputsRead[read] = input;
                inputSlots[read++] = slot[node];
            }
        }
        int from = 0;
        for (int gate : order) {
            if (count - from >= span) {
                cut();
                from = count;
            }
            emit(gate);
        }
        storeAll();
        int[] outputSlots = new int[netlist.outputs()];
        boolean[] inverted = new boolean[outputSlots.length];
        for (int i = 0; i < outputSlots.length; i++) {
            outputSlots[i] = slot[netlist.outputNode(i)];
            inverted[i] = netlist.outputInverted(i);
        }
        return new Schedule(
                netlist.inputs(),
                slots.used(),
                registers,
                Arrays.copyOf(ops, count),
                Arrays.copyOf(code, 3 * count),
                Arrays.copyOf(inputsRead, read),
                Arrays.copyOf(inputSlots, read),
                outputSlots,
                inverted);
    }

    private void cut() {
        storeAll();
        for (int i = 0; i < registers; i++) {
            if (held[i] != NONE) {
                register[held[i]] = NONE;
                held[i] = NONE;
            }
        }
        append(Op.CUT, 0, 0, 0);
    }

    private void storeAll() {
        for (int i = 0; i < registers; i++) {
            if (held[i] != NONE && slot[held[i]] == NONE) {
                store(i);
            }
        }
    }

    /** When a node is next read, as a place in the order. */
    private int nextReader(int node) {
        return next[node] < start[node + 1] ? readers[next[node]] : output[node] ? AT_THE_END : NEVER;
    }

    private void emit(int gate) {
        int left = netlist.left(gate);
        int right = netlist.right(gate);
        next[left]++;
        next[right]++;
        if (netlist.op(gate) != Op.AND_NOT && preferSecond(left, right)) {
            int other = left;
            left = right;
            right = other;
        }
        if (register[right] == NONE) {
            load(right, left);
        }
        if (register[left] == NONE && (!readSlots || isWorthARegister(left, right))) {
            load(left, right);
        }
        int a = register[left] == NONE ? registers + slot[left] : register[left];
        int b = register[right];
        boolean leftDies = leave(left);
        boolean rightDies = left != right && leave(right);
        int to = freeRegister(register[left], register[right]);
        append(netlist.op(gate), to, a, b);
        freeSlot(left, leftDies);
        freeSlot(right, rightDies);
        keep(netlist.node(gate), to);
    }

    /** Whether {@code left}, rather than {@code right}, should be the operand that is in a register. */
    private boolean preferSecond(int left, int right) {
        boolean leftHeld = register[left] != NONE;
        boolean rightHeld = register[right] != NONE;
        return leftHeld == rightHeld ? nextReader(left) < nextReader(right) : leftHeld;
    }

    /** Whether a value is read again before one of those in registers is. */
    private boolean isWorthARegister(int node, int locked) {
        int reader = nextReader(node);
        if (reader >= AT_THE_END) {
            return false;
        }
        for (int i = 0; i < registers; i++) {
            if (held[i] == NONE || i != register[locked] && nextReader(held[i]) > reader) {
                return true;
            }
        }
        return false;
    }

    /** Takes a value that nobody reads any more out of its register; whether it is such a value. */
    private boolean leave(int node) {
        boolean dies = nextReader(node) == NEVER;
        if (dies && register[node] != NONE) {
            held[register[node]] = NONE;
            register[node] = NONE;
        }
        return dies;
    }

    private void freeSlot(int node, boolean dies) {
        if (dies && slot[node] > 0) {
            slots.free(slot[node]);
        }
    }

    private void keep(int node, int to) {
        if (nextReader(node) == NEVER) {
            return;
        }
        held[to] = node;
        register[node] = to;
        if (nextReader(node) == AT_THE_END) {
            store(to);
            held[to] = NONE;
            register[node] = NONE;
        }
    }

    private void load(int node, int locked) {
        int to = freeRegister(register[locked], NONE);
        append(Op.MOVE, to, registers + slot[node], registers + slot[node]);
        held[to] = node;
        register[node] = to;
    }

    private void store(int from) {
        slot[held[from]] = slots.take();
        append(Op.MOVE, registers + slot[held[from]], from, from);
    }

    /** A free register: if there is none, that of the value that is next read latest, but not a locked one. */
    private int freeRegister(int locked, int alsoLocked) {
        int latest = NONE;
        for (int i = 0; i < registers; i++) {
            if (held[i] == NONE) {
                return i;
            }
            if (i != locked && i != alsoLocked && (latest == NONE || nextReader(held[i]) > nextReader(held[latest]))) {
                latest = i;
            }
        }
        if (slot[held[latest]] == NONE) {
            store(latest);
        }
        register[held[latest]] = NONE;
        held[latest] = NONE;
        return latest;
    }

    private void append(int op, int to, int a, int b) {
        if (count == ops.length) {
            ops = Arrays.copyOf(ops, Math.multiplyExact(2, count));
            code = Arrays.copyOf(code, Math.multiplyExact(6, count));
        }
        ops[count] = (byte) op;
        code[3 * count] = a;
        code[3 * count + 1] = b;
        code[3 * count + 2] = to;
        count++;
    }
}
