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

    /**
     * What an instruction list may look like.
     *
     * @param registers at least one more than an operation has operands
     * @param readSlots whether operations may read a slot; if not, only moves do
     * @param groups how many groups of outputs to count, if slots are of one sample, or 0 to keep the outputs
     * @param span how many instructions a part has, before it ends at the next gate with nothing in a register; what
     *     its end stores comes on top
     * @param inPlace whether inputs and outputs have slots of their own, as {@link InPlace} numbers them
     */
    record Form(int registers, boolean readSlots, int groups, int span, boolean inPlace) {
        Form(int registers, boolean readSlots, int groups, int span) {
            this(registers, readSlots, groups, span, false);
        }

        /** One part, which keeps the outputs. */
        Form(int registers, boolean readSlots) {
            this(registers, readSlots, 0, Integer.MAX_VALUE);
        }
    }

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

    private final int groups;
    /** Null where outputs are kept. */
    private final DrivenOutputs driven;

    private final Slots slots;
    private final InstructionBuffer list;
    /** Null where inputs and outputs share slots with others. */
    private final InPlace inPlace;

    private RegisterScheduler(Netlist netlist, int[] order, Form form) {
        this.netlist = netlist;
        this.registers = form.registers;
        this.readSlots = form.readSlots;
        this.groups = form.groups;
        this.span = form.span;
        this.start = new int[netlist.nodes() + 1];
        this.readers = readers(order);
        this.next = Arrays.copyOf(start, netlist.nodes());
        this.output = new boolean[netlist.nodes()];
        this.inPlace = form.inPlace ? new InPlace(netlist) : null;
        this.slots = new Slots(form.inPlace ? inPlace.slots() : 1 + groups);
        this.driven = groups > 0 ? new DrivenOutputs(netlist, groups) : null;
        for (int i = 0; groups == 0 && i < netlist.outputs(); i++) {
            output[netlist.outputNode(i)] = true;
        }
        this.slot = filled(netlist.nodes());
        this.register = filled(netlist.nodes());
        this.held = filled(registers);
        this.list = new InstructionBuffer(2 * order.length);
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
     */
    static Schedule schedule(Netlist netlist, int[] order, Form form) {
        return new RegisterScheduler(netlist, order, form).run(order);
    }

    private int[] readers(int[] order) {
        for (int gate : order) {
            for (int i = 0; i < netlist.operands(gate); i++) {
                start[netlist.operand(gate, i) + 1]++;
            }
        }
        Arrays.parallelPrefix(start, Integer::sum);
        int[] at = Arrays.copyOf(start, netlist.nodes());
        int[] all = new int[start[netlist.nodes()]];
        for (int i = 0; i < order.length; i++) {
            for (int k = 0; k < netlist.operands(order[i]); k++) {
                all[at[netlist.operand(order[i], k)]++] = i;
            }
        }
        return all;
    }

    /** Counts the outputs that a register drives. */
    private void count(int node, int from) {
        for (int i = 0; i < driven.count(node); i++) {
            int output = driven.output(node, i);
            int to = registers + driven.counter(output);
            list.append(netlist.outputInverted(output) ? Op.SUBTRACT : Op.ADD, to, from, from);
        }
    }

    /** Counts the outputs that are inputs. */
    private void countInputs() {
        for (int input = 0; input < netlist.inputs(); input++) {
            int node = netlist.inputNode(input);
            if (driven.count(node) > 0) {
                list.append(Op.MOVE, 0, registers + slot[node], registers + slot[node]);
                count(node, 0);
            }
        }
    }

    private Schedule run(int[] order) {
        slot[0] = 0;
        int[] inputsRead = new int[netlist.inputs()];
        int[] inputSlots = new int[netlist.inputs()];
        int read = 0;
        for (int input = 0; input < netlist.inputs(); input++) {
            int node = netlist.inputNode(input);
            if (nextReader(node) != NEVER || groups > 0 && driven.count(node) > 0) {
                slot[node] = inPlace == null ? slots.take() : inPlace.input(input);
                inputsRead[read] = input;
                inputSlots[read++] = slot[node];
            }
        }
        if (groups > 0) {
            countInputs();
        }
        int from = 0;
        for (int gate : order) {
            if (list.count() - from >= span) {
                cut();
                from = list.count();
            }
            if (netlist.op(gate) == Op.TABLE) {
                emitTable(gate);
            } else {
                emit(gate);
            }
        }
        storeAll();
        int[] outputSlots = new int[netlist.outputs()];
        boolean[] inverted = new boolean[outputSlots.length];
        for (int i = 0; i < outputSlots.length; i++) {
            outputSlots[i] = groups > 0 ? driven.counter(i) : slot[netlist.outputNode(i)];
            inverted[i] = netlist.outputInverted(i);
        }
        if (inPlace != null) {
            inPlace.deliverRest(list, registers, outputSlots, inverted);
        }
        return new Schedule(
                netlist.inputs(),
                slots.used(),
                registers,
                list.ops(),
                list.code(),
                list.tables(),
                groups,
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
        list.append(Op.CUT, 0, 0, 0);
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
            load(right, mask(left));
        }
        if (register[left] == NONE && (!readSlots || isWorthARegister(left, mask(right)))) {
            load(left, mask(right));
        }
        int a = register[left] == NONE ? registers + slot[left] : register[left];
        int b = register[right];
        boolean leftDies = leave(left);
        boolean rightDies = left != right && leave(right);
        // That of an operand nobody reads any more, because some machines' operations overwrite one.
        int to = rightDies ? b : leftDies && a < registers ? a : freeRegister(mask(left) | mask(right));
        list.append(netlist.op(gate), to, a, b);
        freeSlot(left, leftDies);
        freeSlot(right, rightDies);
        if (groups > 0) {
            count(netlist.node(gate), to);
        }
        keep(netlist.node(gate), to);
    }

    /**
     * An operation by table: it reads one operand from its slot at most, and overwrites the register of one that is
     * read for the last time, if there is such a one, because the machine's operation overwrites an operand.
     */
    private void emitTable(int gate) {
        int locked = 0;
        int latest = NONE;
        for (int i = 0; i < 3; i++) {
            int node = netlist.operand(gate, i);
            next[node]++;
            locked |= mask(node);
            if (register[node] == NONE && (latest == NONE || nextReader(node) > nextReader(latest))) {
                latest = node;
            }
        }
        boolean fromSlot = latest != NONE && readSlots && !isTwice(gate, latest) && !isWorthARegister(latest, locked);
        for (int i = 0; i < 3; i++) {
            int node = netlist.operand(gate, i);
            if (register[node] == NONE && !(fromSlot && node == latest)) {
                load(node, locked);
                locked |= mask(node);
            }
        }
        int a = place(netlist.operand(gate, 0));
        int b = place(netlist.operand(gate, 1));
        int c = place(netlist.operand(gate, 2));
        int to = NONE;
        int dead = 0;
        for (int i = 0; i < 3; i++) {
            int node = netlist.operand(gate, i);
            if (nextReader(node) == NEVER && isFirst(gate, i)) {
                to = register[node] == NONE ? to : register[node];
                leave(node);
                dead |= 1 << i;
            }
        }
        to = to == NONE ? freeRegister(locked) : to;
        list.appendTable(netlist.table(gate), to, a, b, c);
        // Not before: what a register was stored for may not take the place of an operand.
        for (int i = 0; i < 3; i++) {
            freeSlot(netlist.operand(gate, i), (dead >> i & 1) != 0);
        }
        if (groups > 0) {
            count(netlist.node(gate), to);
        }
        keep(netlist.node(gate), to);
    }

    private boolean isTwice(int gate, int node) {
        int times = 0;
        for (int i = 0; i < 3; i++) {
            times += netlist.operand(gate, i) == node ? 1 : 0;
        }
        return times > 1;
    }

    /** Whether no operand before it is the same node. */
    private boolean isFirst(int gate, int operand) {
        for (int i = 0; i < operand; i++) {
            if (netlist.operand(gate, i) == netlist.operand(gate, operand)) {
                return false;
            }
        }
        return true;
    }

    /** Where a node is: its register, or its slot behind all registers. */
    private int place(int node) {
        return register[node] == NONE ? registers + slot[node] : register[node];
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
            if (held[i] == NONE || (locked >> i & 1) == 0 && nextReader(held[i]) > reader) {
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
        if (dies && slot[node] > (inPlace == null ? 0 : inPlace.slots() - 1)) {
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
        int to = freeRegister(locked);
        list.append(Op.MOVE, to, registers + slot[node], registers + slot[node]);
        held[to] = node;
        register[node] = to;
    }

    private void store(int from) {
        int node = held[from];
        boolean delivers = inPlace != null && nextReader(node) == AT_THE_END;
        slot[node] = delivers ? inPlace.deliver(node, from, list, registers) : slots.take();
        list.append(Op.MOVE, registers + slot[node], from, from);
    }

    /** The register of a node as a bit; 0 where it is in none. */
    private int mask(int node) {
        return register[node] == NONE ? 0 : 1 << register[node];
    }

    /**
     * A free register: if there is none, that of the value that is next read latest.
     *
     * @param locked a bit for each register that is not to be taken from its value
     */
    private int freeRegister(int locked) {
        int latest = NONE;
        for (int i = 0; i < registers; i++) {
            if (held[i] == NONE) {
                return i;
            }
            if ((locked >> i & 1) == 0 && (latest == NONE || nextReader(held[i]) > nextReader(held[latest]))) {
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
}
