package dev.gatewright.engine.x86;

import java.util.Arrays;

/**
 * Writes a function of operations on 32-bit general registers as bytes of x86-64 machine code: for one sample, where
 * they take fewer instructions and bytes than vectors do, and numbers can be counted in them (Intel, "Software
 * Developer's Manual", volume 2, chapters 3 to 5; {@code andn} needs BMI1). The function takes the address of slot
 * memory as its only argument, in the System V calling convention; all memory operands are offsets from it. Every
 * method takes constant time and writes at most {@value Assembler#LONGEST} bytes, but {@link #begin} and {@link #end}.
 */
public final class GeneralAssembler {
    /** Registers that a function may use, numbered from 0. */
    public static final int REGISTERS = 14;

    /** The register of the first argument: rdi. */
    private static final int BASE = 7;

    /** Register → the machine's number of it: those first that need no prefix and need not be saved. */
    private static final int[] NUMBERS = {0, 1, 2, 6, 8, 9, 10, 11, 3, 5, 12, 13, 14, 15};

    /** Of {@link #NUMBERS}, the first that a function must leave as it found it. */
    private static final int FIRST_SAVED = 8;

    private static final int MOVE = 0x8B;
    private static final int MOVE_TO_MEMORY = 0x89;
    private static final int ADD = 0x03;
    private static final int SUBTRACT = 0x2B;
    private static final int ADD_TO_MEMORY = 0x01;
    private static final int SUBTRACT_FROM_MEMORY = 0x29;
    private static final int PUSH = 0x50;
    private static final int POP = 0x58;
    private static final byte RETURN = (byte) 0xC3;
    private static final byte EXTENDS_RM = 0x41;
    private static final byte EXTENDS_REGISTER = 0x44;
    private static final int BOTH_REGISTERS = 0xC0;

    private byte[] code = new byte[1 << 12];
    private int size;

    /** The bytes so far. */
    public byte[] code() {
        return Arrays.copyOf(code, size);
    }

    /** Saves the caller's registers: the first thing a function does. */
    public void begin() {
        for (int i = FIRST_SAVED; i < REGISTERS; i++) {
            onStack(PUSH, NUMBERS[i]);
        }
    }

    /** Restores the caller's registers and returns. */
    public void end() {
        for (int i = REGISTERS - 1; i >= FIRST_SAVED; i--) {
            onStack(POP, NUMBERS[i]);
        }
        code[size++] = RETURN;
    }

    /** {@code register = memory[offset]}. */
    public void load(int register, int offset) {
        withMemory(MOVE, register, offset);
    }

    /** {@code memory[offset] = register}. */
    public void store(int offset, int register) {
        withMemory(MOVE_TO_MEMORY, register, offset);
    }

    /** {@code to = left operation right}. */
    public void operate(Logic logic, int to, int left, int right) {
        if (logic == Logic.NOT_AND) {
            notAnd(to, left, NUMBERS[right]);
            code[size++] = (byte) (BOTH_REGISTERS | (NUMBERS[to] & 7) << 3 | NUMBERS[right] & 7);
        } else if (to == right) {
            withRegister(opcode(logic), to, left);
        } else {
            if (to != left) {
                withRegister(MOVE, to, left);
            }
            withRegister(opcode(logic), to, right);
        }
    }

    /** {@code to = left operation memory[offset]}. */
    public void operateMemory(Logic logic, int to, int left, int offset) {
        if (logic == Logic.NOT_AND) {
            notAnd(to, left, BASE);
            address(NUMBERS[to], offset);
        } else if (to == left) {
            withMemory(opcode(logic), to, offset);
        } else {
            withMemory(MOVE, to, offset);
            withRegister(opcode(logic), to, left);
        }
    }

    /** Adds a register to another, or subtracts it. */
    public void count(boolean up, int to, int register) {
        withRegister(up ? ADD : SUBTRACT, to, register);
    }

    /** Adds a register to a number in memory, or subtracts it. */
    public void countMemory(boolean up, int offset, int register) {
        withMemory(up ? ADD_TO_MEMORY : SUBTRACT_FROM_MEMORY, register, offset);
    }

    private static int opcode(Logic logic) {
        return switch (logic) {
            case AND -> 0x23;
            case OR -> 0x0B;
            case XOR -> 0x33;
            case NOT_AND -> throw new IllegalArgumentException("an operation of another form");
        };
    }

    /** All but the operand that is not inverted. Registers are written inverted. */
    private void notAnd(int to, int inverted, int other) {
        reserve();
        code[size++] = (byte) 0xC4;
        code[size++] = (byte) ((~NUMBERS[to] >> 3 & 1) << 7 | 1 << 6 | (~other >> 3 & 1) << 5 | 2);
        code[size++] = (byte) ((~NUMBERS[inverted] & 15) << 3);
        code[size++] = (byte) 0xF2;
    }

    private void withRegister(int opcode, int to, int from) {
        reserve();
        int prefix = (NUMBERS[to] >> 3) << 2 | NUMBERS[from] >> 3;
        if (prefix != 0) {
            code[size++] = (byte) (0x40 | prefix);
        }
        code[size++] = (byte) opcode;
        code[size++] = (byte) (BOTH_REGISTERS | (NUMBERS[to] & 7) << 3 | NUMBERS[from] & 7);
    }

    private void withMemory(int opcode, int register, int offset) {
        reserve();
        if (NUMBERS[register] >= 8) {
            code[size++] = EXTENDS_REGISTER;
        }
        code[size++] = (byte) opcode;
        address(NUMBERS[register], offset);
    }

    private void address(int number, int offset) {
        boolean isShort = offset == (byte) offset;
        code[size++] = (byte) ((isShort ? 0x40 : 0x80) | (number & 7) << 3 | BASE);
        int bytes = isShort ? 1 : Integer.BYTES;
        for (int i = 0; i < bytes; i++) {
            code[size++] = (byte) (offset >> i * Byte.SIZE);
        }
    }

    private void onStack(int opcode, int number) {
        reserve();
        if (number >= 8) {
            code[size++] = EXTENDS_RM;
        }
        code[size++] = (byte) (opcode | number & 7);
    }

    private void reserve() {
        if (code.length - size < Assembler.LONGEST) {
            code = Arrays.copyOf(code, Math.multiplyExact(code.length, 2));
        }
    }
}
