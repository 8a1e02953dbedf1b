package dev.gatewright.engine;

import dev.gatewright.engine.x86.Avx2Assembler;
import dev.gatewright.engine.x86.Avx2Assembler.Operation;
import dev.gatewright.engine.x86.Avx2Assembler.Pointer;
import java.util.Arrays;

/**
 * The machine code that counts slots of 256 samples, sixteen at a time: the four lowest planes of a counter stay in
 * registers, each adder takes two slots or carries of its plane and leaves a carry for the next (Harley and Seal;
 * Mula, Kurz, Lemire, "Faster Population Counts Using AVX2 Instructions", 2018, section 4), and what is carried out of
 * the fourth ripples through the planes in memory. Outputs whose slots hold the inverse are inverted as they are read.
 */
final class X86Counting {
    private static final int SLOT_BYTES = 32;
    private static final int BATCH = 16;
    /** Planes in registers of the same numbers. */
    private static final int HELD = 4;

    /** The first operand of each plane's adder while the second is made, from this register on. */
    private static final int WAITING = HELD;

    private static final int SECOND = 8;
    private static final int WORK = 9;
    private static final int CARRY = 10;
    private static final int ZERO = 14;
    private static final int ONES = 15;

    private final Avx2Assembler assembler = new Avx2Assembler();
    private final GroupPlan plan;
    private final int[] offsets;
    private int count;

    X86Counting(GroupPlan plan) {
        this.plan = plan;
        this.offsets = new int[plan.start(plan.groups()) + 2 * BATCH * plan.groups()];
    }

    /** Whether code can be made: counters have the planes that are held, and slots the width. */
    static boolean serves(GroupPlan plan, int slotBytes) {
        return slotBytes == SLOT_BYTES && plan.planes() >= HELD && plan.slots().length < 1 << 24;
    }

    CountingProgram program() {
        assembler.operate(Operation.EQUAL, ONES, ONES, ONES);
        for (int group = 0; group < plan.groups(); group++) {
            group(group);
        }
        assembler.end();
        return new CountingProgram(assembler.code(), Arrays.copyOf(offsets, count));
    }

    private void group(int group) {
        int inverted = plan.startInverted(group);
        int plainBatches = collect(plan.start(group), inverted);
        int invertedBatches = collect(inverted, inverted + plan.inverted(group));
        // Slot 0, which fills the last batch, counts where it is inverted.
        set(group, plan.inverted(group) - invertedBatches * BATCH);
        add(group, plainBatches, false);
        add(group, invertedBatches, true);
        for (int plane = 0; plane < HELD; plane++) {
            assembler.store(Pointer.SECOND, at(group, plane), plane);
        }
    }

    /** Appends offsets, up to a whole batch with that of slot 0, which is false; returns the batches. */
    private int collect(int from, int to) {
        for (int i = from; i < to; i++) {
            offsets[count++] = plan.slots()[i] * SLOT_BYTES;
        }
        int batches = (to - from + BATCH - 1) / BATCH;
        count += batches * BATCH - (to - from);
        return batches;
    }

    /** Makes every sample's count the same; a negative one wraps around. */
    private void set(int group, int number) {
        assembler.operate(Operation.XOR, ZERO, ZERO, ZERO);
        for (int plane = 0; plane < plan.planes(); plane++) {
            int bits = (number >> plane & 1) != 0 ? ONES : ZERO;
            if (plane < HELD) {
                assembler.operate(Operation.OR, plane, bits, bits);
            } else {
                assembler.store(Pointer.SECOND, at(group, plane), bits);
            }
        }
    }

    private int at(int group, int plane) {
        return (group * plan.field() + plane) * SLOT_BYTES;
    }

    private void add(int group, int batches, boolean inverted) {
        if (batches == 0) {
            return;
        }
        int start = assembler.loop(batches);
        add(HELD - 1, 0, inverted, SECOND);
        ripple(group);
        assembler.move(Pointer.THIRD, BATCH * Integer.BYTES);
        assembler.endLoop(start);
    }

    /** Adds twice as many slots as a bit of the plane is worth to it and those below; leaves the carry in {@code to}. */
    private void add(int plane, int slot, boolean inverted, int to) {
        int first = WAITING + plane;
        if (plane == 0) {
            read(slot, inverted, first);
            read(slot + 1, inverted, SECOND);
        } else {
            add(plane - 1, slot, inverted, first);
            add(plane - 1, slot + (1 << plane), inverted, SECOND);
        }
        assembler.operate(Operation.AND, CARRY, plane, first);
        assembler.operate(Operation.XOR, WORK, plane, first);
        assembler.operate(Operation.XOR, plane, WORK, SECOND);
        assembler.operate(Operation.AND, WORK, WORK, SECOND);
        assembler.operate(Operation.OR, to, CARRY, WORK);
    }

    private void read(int slot, boolean inverted, int to) {
        assembler.readOffset(Pointer.THIRD, slot * Integer.BYTES);
        if (inverted) {
            assembler.operateAtOffset(Operation.XOR, to, ONES);
        } else {
            assembler.loadAtOffset(to);
        }
    }

    /** Adds the carry of the planes that are held to those that are not. */
    private void ripple(int group) {
        int carry = SECOND;
        int next = CARRY;
        for (int plane = HELD; plane < plan.planes(); plane++) {
            assembler.load(WORK, Pointer.SECOND, at(group, plane));
            assembler.operate(Operation.AND, next, WORK, carry);
            assembler.operate(Operation.XOR, WORK, WORK, carry);
            assembler.store(Pointer.SECOND, at(group, plane), WORK);
            int used = carry;
            carry = next;
            next = used;
        }
    }
}
