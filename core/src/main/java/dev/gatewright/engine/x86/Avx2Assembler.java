package dev.gatewright.engine.x86;

import java.util.Arrays;

/**
 * Writes functions around the gates, which compare, exchange and count, as x86-64 machine code with AVX2: the
 * three-byte VEX form throughout (Intel, "Software Developer's Manual", volume 2, section 2.3). Registers are those of
 * 256 bits, 0 to 15; operands in memory need no alignment. Every instruction takes constant time and at
 * most {@value Assembler#LONGEST} bytes.
 */
public final class Avx2Assembler {
    /** Registers that hold addresses, in the order of a function's arguments (System V calling convention). */
    public enum Pointer {
        FIRST(7),
        SECOND(6),
        THIRD(2),
        FOURTH(1);

        private final int number;

        Pointer(int number) {
            this.number = number;
        }
    }

    /** Operations on 32 bytes each for itself, or on two halves of 16 bytes for interleaving. */
    public enum Operation {
        /** The lesser of two unsigned bytes. */
        LEAST(0xDA),
        /** All bits of a byte set where two are equal, else none. */
        EQUAL(0x74),
        ADD(0xFC),
        SUBTRACT(0xF8),
        AND(0xDB),
        OR(0xEB),
        XOR(0xEF),
        /** The first eight bytes of both operands, in turns, in each half. */
        INTERLEAVE_LOW(0x60),
        /** The last eight bytes of both operands, in turns, in each half. */
        INTERLEAVE_HIGH(0x68);

        private final int opcode;

        Operation(int opcode) {
            this.opcode = opcode;
        }
    }

    private static final int MAP_0F = 1;
    private static final int MAP_0F3A = 3;
    private static final int PREFIX_66 = 1;
    private static final int PREFIX_F3 = 2;

    private byte[] code = new byte[1 << 12];
    private int size;

    /** The bytes so far. */
    public byte[] code() {
        return Arrays.copyOf(code, size);
    }

    /** {@code register = memory[pointer + offset]}. */
    public void load(int register, Pointer pointer, int offset) {
        vex(MAP_0F, PREFIX_F3, 0x6F, register, 0, 0);
        address(register, pointer, offset);
    }

    /** Reads an offset of 32 bits, {@code memory[pointer + at]}, for the methods below that ask for it. */
    public void readOffset(Pointer pointer, int at) {
        reserve();
        code[size++] = 0x44;
        code[size++] = (byte) 0x8B;
        address(0, pointer, at);
    }

    /** {@code register = memory[first pointer + offset read]}. */
    public void loadAtOffset(int register) {
        vex(MAP_0F, PREFIX_F3, 0x6F, register, 0, 0);
        atOffset(register);
    }

    /** {@code to = left operation memory[first pointer + offset read]}. */
    public void operateAtOffset(Operation operation, int to, int left) {
        vex(MAP_0F, PREFIX_66, operation.opcode, to, left, 0);
        atOffset(to);
    }

    /** The offset is in r8, whose number's fourth bit goes into the prefix, inverted. */
    private void atOffset(int register) {
        code[size - 3] &= (byte) ~(1 << 6);
        code[size++] = (byte) ((register & 7) << 3 | 4);
        code[size++] = (byte) Pointer.FIRST.number;
    }

    /** {@code memory[pointer + offset] = register}. */
    public void store(Pointer pointer, int offset, int register) {
        vex(MAP_0F, PREFIX_F3, 0x7F, register, 0, 0);
        address(register, pointer, offset);
    }

    /** {@code to = left operation right}. */
    public void operate(Operation operation, int to, int left, int right) {
        vex(MAP_0F, PREFIX_66, operation.opcode, to, left, right);
        registers(to, right);
    }

    /** {@code to = left operation memory[pointer + offset]}. */
    public void operate(Operation operation, int to, int left, Pointer pointer, int offset) {
        vex(MAP_0F, PREFIX_66, operation.opcode, to, left, 0);
        address(to, pointer, offset);
    }

    /** {@code to =} the lower halves of {@code left} and {@code right}. */
    public void lowerHalves(int to, int left, int right) {
        vex(MAP_0F3A, PREFIX_66, 0x38, to, left, right);
        registers(to, right);
        code[size++] = 1;
    }

    /** {@code to =} the upper halves of {@code left} and {@code right}. */
    public void upperHalves(int to, int left, int right) {
        vex(MAP_0F3A, PREFIX_66, 0x46, to, left, right);
        registers(to, right);
        code[size++] = 0x31;
    }

    /** Adds the function's fifth argument to a pointer. */
    public void addFifth(Pointer pointer) {
        reserve();
        code[size++] = 0x4C;
        code[size++] = 0x01;
        code[size++] = (byte) (0xC0 | pointer.number);
    }

    /** Moves a pointer by {@code bytes}. */
    public void move(Pointer pointer, int bytes) {
        reserve();
        code[size++] = 0x48;
        code[size++] = (byte) 0x81;
        code[size++] = (byte) (0xC0 | pointer.number);
        number(bytes);
    }

    /**
     * Starts a loop of so many turns, which must not contain another.
     *
     * @return where it starts, for {@link #endLoop}
     */
    public int loop(int turns) {
        reserve();
        code[size++] = (byte) 0xB8;
        number(turns);
        return size;
    }

    /** Goes back to where a loop starts, unless this was its last turn. */
    public void endLoop(int start) {
        reserve();
        code[size++] = (byte) 0xFF;
        code[size++] = (byte) 0xC8;
        code[size++] = 0x0F;
        code[size++] = (byte) 0x85;
        number(start - size - Integer.BYTES);
    }

    /** Returns to the caller, leaving the upper halves of registers clear as the caller expects. */
    public void end() {
        reserve();
        code[size++] = (byte) 0xC5;
        code[size++] = (byte) 0xF8;
        code[size++] = 0x77;
        code[size++] = (byte) 0xC3;
    }

    private void reserve() {
        if (code.length - size < Assembler.LONGEST) {
            code = Arrays.copyOf(code, Math.multiplyExact(code.length, 2));
        }
    }

    /** Registers are written inverted. */
    private void vex(int map, int prefix, int opcode, int to, int left, int right) {
        reserve();
        code[size++] = (byte) 0xC4;
        code[size++] = (byte) ((~to >> 3 & 1) << 7 | 1 << 6 | (~right >> 3 & 1) << 5 | map);
        code[size++] = (byte) ((~left & 15) << 3 | 4 | prefix);
        code[size++] = (byte) opcode;
    }

    private void registers(int to, int right) {
        code[size++] = (byte) (0xC0 | (to & 7) << 3 | right & 7);
    }

    private void address(int register, Pointer pointer, int offset) {
        boolean isShort = offset == (byte) offset;
        code[size++] = (byte) ((isShort ? 0x40 : 0x80) | (register & 7) << 3 | pointer.number);
        if (isShort) {
            code[size++] = (byte) offset;
        } else {
            number(offset);
        }
    }

    private void number(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            code[size++] = (byte) (value >> shift);
        }
    }
}
