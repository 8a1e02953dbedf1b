package dev.gatewright.engine;

import dev.gatewright.engine.x86.GeneralAssembler;
import dev.gatewright.engine.x86.Logic;

/**
 * The instruction list of one sample as x86-64 machine code on general registers. The first groups are counted in
 * registers, the others in their slots: additions to a slot wait for each other longer.
 */
final class X86OneSample {
    static final int BITS = Integer.SIZE;

    /** Groups that are counted in registers. */
    private static final int MOST_COUNTERS = 10;

    private final Schedule schedule;
    private final int counters;
    private final GeneralAssembler assembler = new GeneralAssembler();

    X86OneSample(Schedule schedule) {
        this.schedule = schedule;
        this.counters = counters(schedule.groups());
    }

    private static int counters(int groups) {
        return Math.min(groups, MOST_COUNTERS);
    }

    /** Registers that are left for values. */
    static int registers(int groups) {
        return GeneralAssembler.REGISTERS - counters(groups);
    }

    byte[] assemble() {
        assembler.begin();
        for (int counter = 0; counter < counters; counter++) {
            assembler.load(register(counter), offset(schedule.registers() + 1 + counter));
        }
        for (int i = 0; i < schedule.instructions(); i++) {
            instruction(
                    schedule.ops()[i], schedule.code()[3 * i], schedule.code()[3 * i + 1], schedule.code()[3 * i + 2]);
        }
        for (int counter = 0; counter < counters; counter++) {
            assembler.store(offset(schedule.registers() + 1 + counter), register(counter));
        }
        assembler.end();
        return assembler.code();
    }

    private static int register(int counter) {
        return GeneralAssembler.REGISTERS - 1 - counter;
    }

    /** The offset of an operand that is a slot. */
    private int offset(int operand) {
        return (operand - schedule.registers()) * Integer.BYTES;
    }

    private void instruction(int op, int a, int b, int to) {
        int registers = schedule.registers();
        switch (op) {
            case Op.ADD, Op.SUBTRACT -> count(op == Op.ADD, to, a);
            case Op.MOVE -> {
                if (to < registers) {
                    assembler.load(to, offset(a));
                } else {
                    assembler.store(offset(to), a);
                }
            }
            default -> {
                Logic logic = X86.logic(op);
                if (a < registers) {
                    assembler.operate(logic, to, b, a);
                } else {
                    assembler.operateMemory(logic, to, b, offset(a));
                }
            }
        }
    }

    private void count(boolean up, int to, int from) {
        int counter = to - schedule.registers() - 1;
        if (counter < counters) {
            assembler.count(up, register(counter), from);
        } else {
            assembler.countMemory(up, offset(to), from);
        }
    }
}
