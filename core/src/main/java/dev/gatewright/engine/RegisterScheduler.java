package dev.gatewright.engine;

import java.util.Arrays;

/**
 * Turns an order of gates into an instruction list on registers and slots: which operand is loaded, which is read where
 * it is, and which register the result overwrites. {@link Places} chooses what stays in registers. Slots are reused,
 * last freed first, so that most stores go to the cache line just read for the last time.
 *
 * <p>Takes time proportional to gates times registers, and about 24 bytes a wire beside the list.
 */
final class RegisterScheduler {
    private static final int NONE = -1;

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

        boolean counts() {
            return groups > 0;
        }
    }

    private final Netlist netlist;
    private final Form form;
    private final Readers readers;
    /** Null where outputs are kept. */
    private final DrivenOutputs driven;

    private final InstructionBuffer list;
    /** Null where inputs and outputs share slots with others. */
    private final InPlace inPlace;

    private final Places places;

    private RegisterScheduler(Netlist netlist, int[] order, Form form) {
        this.netlist = netlist;
        this.form = form;
        this.readers = new Readers(netlist, order, !form.counts());
        this.driven = form.counts() ? new DrivenOutputs(netlist, form.groups) : null;
        this.list = new InstructionBuffer(2 * order.length);
        this.inPlace = form.inPlace ? new InPlace(netlist) : null;
        this.places = new Places(netlist, readers, form.registers, 1 + form.groups, inPlace, list);
    }

    /**
     * The instruction list of a circuit.
     *
     * @param order every gate that has an operation, after its operands
     */
    static Schedule schedule(Netlist netlist, int[] order, Form form) {
        return new RegisterScheduler(netlist, order, form).run(order);
    }

    private Schedule run(int[] order) {
        int[] inputsRead = new int[netlist.inputs()];
        int[] inputSlots = new int[netlist.inputs()];
        int read = 0;
        for (int input = 0; input < netlist.inputs(); input++) {
            int node = netlist.inputNode(input);
            if (readers.next(node) != Readers.NEVER || form.counts() && driven.count(node) > 0) {
                inputsRead[read] = input;
                inputSlots[read++] = places.enter(input, node);
            }
        }
        if (form.counts()) {
            countInputs();
        }
        emitAll(order);
        int[] outputSlots = new int[netlist.outputs()];
        boolean[] inverted = new boolean[outputSlots.length];
        for (int i = 0; i < outputSlots.length; i++) {
            outputSlots[i] = form.counts() ? driven.counter(i) : places.slot(netlist.outputNode(i));
            inverted[i] = netlist.outputInverted(i);
        }
        if (inPlace != null) {
            inPlace.deliverRest(list, form.registers, outputSlots, inverted);
        }
        return new Schedule(
                netlist.inputs(),
                places.slotsUsed(),
                form.registers,
                list.ops(),
                list.code(),
                list.tables(),
                form.groups,
                Arrays.copyOf(inputsRead, read),
                Arrays.copyOf(inputSlots, read),
                outputSlots,
                inverted);
    }

    /** Counts the outputs that are inputs. */
    private void countInputs() {
        for (int input = 0; input < netlist.inputs(); input++) {
            int node = netlist.inputNode(input);
            if (driven.count(node) > 0) {
                list.append(Op.MOVE, 0, places.place(node), places.place(node));
                count(node, 0);
            }
        }
    }

    /** Counts the outputs that a register drives. */
    private void count(int node, int from) {
        for (int i = 0; i < driven.count(node); i++) {
            int output = driven.output(node, i);
            int to = form.registers + driven.counter(output);
            list.append(netlist.outputInverted(output) ? Op.SUBTRACT : Op.ADD, to, from, from);
        }
    }

    private void emitAll(int[] order) {
        int from = 0;
        for (int gate : order) {
            if (list.count() - from >= form.span) {
                places.clear();
                list.append(Op.CUT, 0, 0, 0);
                from = list.count();
            }
            int to = netlist.op(gate) == Op.TABLE ? emitTable(gate) : emit(gate);
            if (form.counts()) {
                count(netlist.node(gate), to);
            }
            places.keep(netlist.node(gate), to);
        }
        places.storeAll();
    }

    /** An operation on two operands; the register of its result. */
    private int emit(int gate) {
        int left = netlist.left(gate);
        int right = netlist.right(gate);
        readers.read(left);
        readers.read(right);
        if (netlist.op(gate) != Op.AND_NOT && preferSecond(left, right)) {
            int other = left;
            left = right;
            right = other;
        }
        if (!places.isHeld(right)) {
            places.load(right, places.mask(left));
        }
        if (!places.isHeld(left) && (!form.readSlots || places.isWorthARegister(left, places.mask(right)))) {
            places.load(left, places.mask(right));
        }
        int a = places.place(left);
        int b = places.place(right);
        boolean leftDies = places.leave(left);
        boolean rightDies = left != right && places.leave(right);
        // That of an operand nobody reads any more, because some machines' operations overwrite one.
        int to = rightDies ? b : leftDies && a < form.registers ? a : freeRegister(left, right);
        list.append(netlist.op(gate), to, a, b);
        if (leftDies) {
            places.freeSlot(left);
        }
        if (rightDies) {
            places.freeSlot(right);
        }
        return to;
    }

    private int freeRegister(int left, int right) {
        return places.freeRegister(places.mask(left) | places.mask(right));
    }

    /**
     * An operation by table: it reads one operand from its slot at most, and overwrites the register of one that is
     * read for the last time, if there is such a one, because the machine's operation overwrites an operand.
     */
    private int emitTable(int gate) {
        loadOperands(gate);
        int a = places.place(netlist.operand(gate, 0));
        int b = places.place(netlist.operand(gate, 1));
        int c = places.place(netlist.operand(gate, 2));
        int locked = 0;
        int to = NONE;
        int dead = 0;
        for (int i = 0; i < 3; i++) {
            int node = netlist.operand(gate, i);
            locked |= places.mask(node);
            if (readers.next(node) == Readers.NEVER && isFirst(gate, i)) {
                to = places.isHeld(node) ? places.place(node) : to;
                places.leave(node);
                dead |= 1 << i;
            }
        }
        to = to == NONE ? places.freeRegister(locked) : to;
        list.appendTable(netlist.table(gate), to, a, b, c);
        // Not before: what a register was stored for may not take the place of an operand.
        for (int i = 0; i < 3; i++) {
            if ((dead >> i & 1) != 0) {
                places.freeSlot(netlist.operand(gate, i));
            }
        }
        return to;
    }

    /** Loads the operands of a table that are in no register, but for the one read latest, if it can be read in place. */
    private void loadOperands(int gate) {
        int locked = 0;
        int latest = NONE;
        for (int i = 0; i < 3; i++) {
            int node = netlist.operand(gate, i);
            readers.read(node);
            locked |= places.mask(node);
            if (!places.isHeld(node) && (latest == NONE || readers.next(node) > readers.next(latest))) {
                latest = node;
            }
        }
        boolean inPlace =
                latest != NONE && form.readSlots && !isTwice(gate, latest) && !places.isWorthARegister(latest, locked);
        for (int i = 0; i < 3; i++) {
            int node = netlist.operand(gate, i);
            if (!places.isHeld(node) && !(inPlace && node == latest)) {
                places.load(node, locked);
                locked |= places.mask(node);
            }
        }
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

    /** Whether {@code left}, rather than {@code right}, should be the operand that is in a register. */
    private boolean preferSecond(int left, int right) {
        boolean leftHeld = places.isHeld(left);
        return leftHeld == places.isHeld(right) ? readers.next(left) < readers.next(right) : leftHeld;
    }
}
