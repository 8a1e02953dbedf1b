package dev.gatewright.engine;

import dev.gatewright.engine.x86.Assembler;
import dev.gatewright.engine.x86.Frame;
import dev.gatewright.engine.x86.Logic;
import dev.gatewright.engine.x86.Width;

/**
 * A kernel as a function that loops over its positions: it reads the planes before and writes those after where they
 * are, by two addresses that move from position to position, and keeps the rest in slots that all positions share.
 */
final class X86Stage implements Frame {
    private final Schedule schedule;
    private final StagePlace place;
    private final int bytes;
    private final int firstOutput;
    private final int firstOwn;

    /** @param schedule with inputs and outputs in place */
    X86Stage(Schedule schedule, StagePlace place, Width width) {
        this.schedule = schedule;
        this.place = place;
        this.bytes = width.bytes();
        this.firstOutput = InPlace.firstOutput(schedule.inputs());
        this.firstOwn = firstOutput + schedule.outputs();
    }

    /** The bytes of a function that takes the address of a block's slot 0. */
    byte[] assemble(Width width) {
        Assembler assembler = new Assembler(width, this);
        assembler.positions(place.own() * bytes, place.origins().length);
        // The list may have nothing in any register before its start.
        assembler.ones(0);
        assembler.store(InPlace.TRUE_SLOT * bytes, 0);
        assembler.operate(Logic.XOR, 0, 0, 0);
        assembler.store(0, 0);
        int start = assembler.eachPosition();
        for (int i = 0; i < schedule.instructions(); i++) {
            X86.instruction(assembler, schedule, i, bytes);
        }
        assembler.endPositions(start, inBytes(place.origins()), inBytes(place.targets()));
        return assembler.code();
    }

    private int[] inBytes(int[] slots) {
        int[] result = new int[slots.length];
        for (int i = 0; i < slots.length; i++) {
            result[i] = slots[i] * bytes;
        }
        return result;
    }

    /** Slots that the kernel needs for itself, false and true included. */
    static int own(Schedule schedule) {
        return schedule.slots() - schedule.inputs() - schedule.outputs();
    }

    @Override
    public int base(int offset) {
        int slot = offset / bytes;
        return slot < InPlace.FIRST_INPUT || slot >= firstOwn ? SLOTS : slot < firstOutput ? READ : WRITTEN;
    }

    @Override
    public int displacement(int offset) {
        int slot = offset / bytes;
        if (slot < InPlace.FIRST_INPUT) {
            return slot * bytes;
        }
        if (slot < firstOutput) {
            return place.offsets()[slot - InPlace.FIRST_INPUT] * bytes;
        }
        if (slot < firstOwn) {
            return place.targetOffsets()[slot - firstOutput] * bytes;
        }
        return (slot - firstOwn + InPlace.FIRST_INPUT) * bytes;
    }
}
