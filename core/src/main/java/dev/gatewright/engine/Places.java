package dev.gatewright.engine;

import java.util.Arrays;

/**
 * Where values are while an instruction list is written: in registers until others are needed sooner (Belady, "A study
 * of replacement algorithms for a virtual-storage computer", 1966), and stored only then. Appends the moves to the list.
 *
 * <p>A register is found in time proportional to their number. About 8 bytes a node.
 */
final class Places {
    private static final int NONE = -1;

    private final Readers readers;
    private final int registers;
    private final InstructionBuffer list;
    private final Slots slots;
    /** Null where inputs and outputs share slots with others. */
    private final InPlace inPlace;

    /** Node → its slot, or {@link #NONE}. */
    private final int[] slot;

    /** Node → its register, or {@link #NONE}. */
    private final int[] register;

    /** Register → its node, or {@link #NONE}. */
    private final int[] held;

    /**
     * Nothing anywhere but the constant, which is in slot 0.
     *
     * @param reserved how many of the first slots are never given to a value that can die
     * @param inPlace null where inputs and outputs share slots with others
     */
    Places(Netlist netlist, Readers readers, int registers, int reserved, InPlace inPlace, InstructionBuffer list) {
        this.readers = readers;
        this.registers = registers;
        this.list = list;
        this.inPlace = inPlace;
        this.slots = new Slots(inPlace == null ? reserved : inPlace.slots());
        this.slot = filled(netlist.nodes());
        this.register = filled(netlist.nodes());
        this.held = filled(registers);
        slot[0] = 0;
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }

    /** Gives an input its slot; which one. */
    int enter(int input, int node) {
        slot[node] = inPlace == null ? slots.take() : inPlace.input(input);
        return slot[node];
    }

    int slot(int node) {
        return slot[node];
    }

    int slotsUsed() {
        return slots.used();
    }

    boolean isHeld(int node) {
        return register[node] != NONE;
    }

    /** Where a node is: its register, or its slot behind all registers. */
    int place(int node) {
        return isHeld(node) ? register[node] : registers + slot[node];
    }

    /** The register of a node as a bit; 0 where it is in none. */
    int mask(int node) {
        return isHeld(node) ? 1 << register[node] : 0;
    }

    /** Whether a value is read again before one of those in registers is. */
    boolean isWorthARegister(int node, int locked) {
        int reader = readers.next(node);
        if (reader >= Readers.AT_THE_END) {
            return false;
        }
        for (int i = 0; i < registers; i++) {
            if (held[i] == NONE || (locked >> i & 1) == 0 && readers.next(held[i]) > reader) {
                return true;
            }
        }
        return false;
    }

    /** Puts a value that is in a slot into a register too. */
    void load(int node, int locked) {
        int to = freeRegister(locked);
        list.append(Op.MOVE, to, registers + slot[node], registers + slot[node]);
        hold(node, to);
    }

    private void hold(int node, int to) {
        held[to] = node;
        register[node] = to;
    }

    private void release(int from) {
        register[held[from]] = NONE;
        held[from] = NONE;
    }

    /** Holds what a gate has left in a register, unless nobody reads it; an output that no gate reads is stored. */
    void keep(int node, int to) {
        int reader = readers.next(node);
        if (reader == Readers.NEVER) {
            return;
        }
        hold(node, to);
        if (reader == Readers.AT_THE_END) {
            store(to);
            release(to);
        }
    }

    /** Takes a value that nobody reads any more out of its register; whether it is such a value. */
    boolean leave(int node) {
        boolean dies = readers.next(node) == Readers.NEVER;
        if (dies && isHeld(node)) {
            release(register[node]);
        }
        return dies;
    }

    /** Frees the slot of a value that nobody reads any more, if it has one of its own. */
    void freeSlot(int node) {
        if (slot[node] > (inPlace == null ? 0 : inPlace.slots() - 1)) {
            slots.free(slot[node]);
        }
    }

    /** Stores what is in no slot yet. */
    void storeAll() {
        for (int i = 0; i < registers; i++) {
            if (held[i] != NONE && slot[held[i]] == NONE) {
                store(i);
            }
        }
    }

    /** Stores what is in no slot yet, and leaves every register free. */
    void clear() {
        storeAll();
        for (int i = 0; i < registers; i++) {
            if (held[i] != NONE) {
                release(i);
            }
        }
    }

    private void store(int from) {
        int node = held[from];
        boolean delivers = inPlace != null && readers.next(node) == Readers.AT_THE_END;
        slot[node] = delivers ? inPlace.deliver(node, from, list, registers) : slots.take();
        list.append(Op.MOVE, registers + slot[node], from, from);
    }

    /**
     * A free register: if there is none, that of the value that is next read latest.
     *
     * @param locked a bit for each register that is not to be taken from its value
     */
    int freeRegister(int locked) {
        int latest = NONE;
        for (int i = 0; i < registers; i++) {
            if (held[i] == NONE) {
                return i;
            }
            if ((locked >> i & 1) == 0 && (latest == NONE || readers.next(held[i]) > readers.next(held[latest]))) {
                latest = i;
            }
        }
        if (slot[held[latest]] == NONE) {
            store(latest);
        }
        release(latest);
        return latest;
    }
}
