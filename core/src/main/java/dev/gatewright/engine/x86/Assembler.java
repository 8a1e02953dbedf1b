package dev.gatewright.engine.x86;

import java.util.Arrays;

/**
 * Writes a function of vector instructions as bytes of x86-64 machine code: the VEX form for slots of up to 256 bits,
 * the EVEX form for those of 512 (Intel, "Software Developer's Manual", volume 2, sections 2.3 and 2.7). The function
 * takes the address of slot memory as its only argument, in the System V calling convention; all memory operands are
 * offsets from it. Every instruction takes constant time and 4 to 12 bytes.
 */
public final class Assembler {
    /** More than any instruction takes, in bytes, and than the end of a function does. */
    public static final int LONGEST = 16;

    /** The register of the first argument: rdi. */
    private static final int BASE = 7;

    private static final int PREFIX_66 = 1;
    private static final int PREFIX_F3 = 2;
    private static final byte RETURN = (byte) 0xC3;
    private static final byte TERNARY = 0x25;
    /** The groups of opcodes that start with these bytes in older forms. */
    private static final int MAP_0F = 1;

    private static final int MAP_0F3A = 3;

    private final Width width;
    private byte[] code = new byte[1 << 12];
    private int size;

    public Assembler(Width width) {
        this.width = width;
    }

    /** The bytes so far. */
    public byte[] code() {
        return Arrays.copyOf(code, size);
    }

    /** {@code register = memory[offset]}. */
    public void load(int register, int offset) {
        switch (width) {
            case BITS_64 -> memory(PREFIX_F3, 0x7E, register, 0, offset);
            case BITS_128, BITS_256, BITS_512 -> memory(PREFIX_66, 0x6F, register, 0, offset);
        }
    }

    /** {@code to = from}, both registers of 512 bits. */
    public void move(int to, int from) {
        requireTables();
        reserve();
        evex(PREFIX_66, MAP_0F, to, 0, from);
        code[size++] = 0x6F;
        code[size++] = (byte) (0xC0 | (to & 7) << 3 | from & 7);
    }

    /**
     * {@code to = table(to, left, right)}, on registers of 512 bits: bit {@code 4a + 2b + c} of the table is the result
     * where {@code to} is a, {@code left} is b and {@code right} is c (the instruction VPTERNLOGD).
     *
     * @throws IllegalStateException if slots are narrower: the form for them is not written
     */
    public void table(int table, int to, int left, int right) {
        requireTables();
        reserve();
        evex(PREFIX_66, MAP_0F3A, to, left, right);
        code[size++] = TERNARY;
        code[size++] = (byte) (0xC0 | (to & 7) << 3 | right & 7);
        code[size++] = (byte) table;
    }

    /** {@code to = table(to, left, memory[offset])}; see {@link #table}. */
    public void tableMemory(int table, int to, int left, int offset) {
        requireTables();
        reserve();
        evex(PREFIX_66, MAP_0F3A, to, left, 0);
        code[size++] = TERNARY;
        address(to, offset, width.bytes());
        code[size++] = (byte) table;
    }

    private void requireTables() {
        if (width != Width.BITS_512) {
            throw new IllegalStateException("operations by table on slots of " + width.bytes() + " bytes");
        }
    }

    /** {@code memory[offset] = register}. */
    public void store(int offset, int register) {
        switch (width) {
            case BITS_64 -> memory(PREFIX_66, 0xD6, register, 0, offset);
            case BITS_128, BITS_256, BITS_512 -> memory(PREFIX_66, 0x7F, register, 0, offset);
        }
    }

    /** {@code to = left operation right}. */
    public void operate(Logic logic, int to, int left, int right) {
        reserve();
        form(PREFIX_66, to, left, right);
        code[size++] = (byte) logic.opcode();
        code[size++] = (byte) (0xC0 | (to & 7) << 3 | right & 7);
    }

    /**
     * {@code to = left operation memory[offset]}.
     *
     * @throws IllegalStateException if slots are narrower than registers: it would read their neighbours too, which
     *     costs time when one of them has just been written
     */
    public void operateMemory(Logic logic, int to, int left, int offset) {
        if (!width.fillsRegister()) {
            throw new IllegalStateException("an operation on a slot of " + width.bytes() + " bytes in memory");
        }
        memory(PREFIX_66, logic.opcode(), to, left, offset);
    }

    /** Returns to the caller, leaving the upper halves of registers clear as the caller expects. */
    public void end() {
        reserve();
        if (width == Width.BITS_256 || width == Width.BITS_512) {
            code[size++] = (byte) 0xC5;
            code[size++] = (byte) 0xF8;
            code[size++] = 0x77;
        }
        code[size++] = RETURN;
    }

    private void reserve() {
        if (code.length - size < LONGEST) {
            code = Arrays.copyOf(code, Math.multiplyExact(code.length, 2));
        }
    }

    private void memory(int prefix, int opcode, int register, int left, int offset) {
        reserve();
        form(prefix, register, left, 0);
        code[size++] = (byte) opcode;
        address(register, offset, width == Width.BITS_512 ? width.bytes() : 1);
    }

    /** The addressing byte and the offset; the short form of an offset counts in units of {@code unit} bytes. */
    private void address(int register, int offset, int unit) {
        int units = offset / unit;
        if (offset % unit == 0 && units == (byte) units) {
            code[size++] = (byte) (0x40 | (register & 7) << 3 | BASE);
            code[size++] = (byte) units;
        } else {
            code[size++] = (byte) (0x80 | (register & 7) << 3 | BASE);
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                code[size++] = (byte) (offset >> shift);
            }
        }
    }

    private void form(int prefix, int to, int left, int right) {
        if (width == Width.BITS_512) {
            evex(prefix, MAP_0F, to, left, right);
        } else {
            vex(prefix, to, left, right);
        }
    }

    /** Two bytes where {@code right} is below 8, else three. Registers are written inverted, here and below. */
    private void vex(int prefix, int to, int left, int right) {
        int rest = (~left & 15) << 3 | (width == Width.BITS_256 ? 4 : 0) | prefix;
        int toHigh = ~to >> 3 & 1;
        if (right < 8) {
            code[size++] = (byte) 0xC5;
            code[size++] = (byte) (toHigh << 7 | rest);
        } else {
            code[size++] = (byte) 0xC4;
            code[size++] = (byte) (toHigh << 7 | 1 << 6 | 1);
            code[size++] = (byte) rest;
        }
    }

    private void evex(int prefix, int map, int to, int left, int right) {
        code[size++] = 0x62;
        code[size++] = (byte)
                ((~to >> 3 & 1) << 7 | (~right >> 4 & 1) << 6 | (~right >> 3 & 1) << 5 | (~to >> 4 & 1) << 4 | map);
        code[size++] = (byte) ((~left & 15) << 3 | 4 | prefix);
        code[size++] = (byte) (2 << 5 | (~left >> 4 & 1) << 3);
    }
}
