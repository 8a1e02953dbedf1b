package dev.gatewright.engine.x86;

import java.util.Arrays;

/**
 * Writes a function of vector instructions as bytes of x86-64 machine code: the VEX form for slots of up to 256 bits,
 * the EVEX form for those of 512 (Intel, "Software Developer's Manual", volume 2, sections 2.3 and 2.7). The function
 * takes the address of slot memory as its only argument, in the System V calling convention; memory operands are
 * offsets from it, or where a {@link Frame} says. Every instruction takes constant time and 4 to 12 bytes.
 */
public final class Assembler {
    /** More than any instruction takes, in bytes, and than the end of a function does. */
    public static final int LONGEST = 16;

    private static final int PREFIX_66 = 1;
    private static final int PREFIX_F3 = 2;
    private static final byte RETURN = (byte) 0xC3;
    private static final byte TERNARY = 0x25;
    /** Compares numbers of 32 bits: all ones where they are equal. */
    private static final int PCMPEQD = 0x76;
    /** The groups of opcodes that start with these bytes in older forms. */
    private static final int MAP_0F = 1;

    private static final int MAP_0F3A = 3;

    private final Width width;
    private final Frame frame;
    private byte[] code = new byte[1 << 12];
    private int size;
    /** Where the distance to the table of positions is to be written. */
    private int table;

    public Assembler(Width width) {
        this(width, Frame.ROW);
    }

    /** @param frame where the offsets that instructions name are */
    public Assembler(Width width, Frame frame) {
        this.width = width;
        this.frame = frame;
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
        operate(logic.opcode(), to, left, right);
    }

    private void operate(int opcode, int to, int left, int right) {
        reserve();
        form(PREFIX_66, to, left, right);
        code[size++] = (byte) opcode;
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
        int base = frame.base(offset);
        int displacement = frame.displacement(offset);
        int units = displacement / unit;
        if (displacement % unit == 0 && units == (byte) units) {
            code[size++] = (byte) (0x40 | (register & 7) << 3 | base);
            code[size++] = (byte) units;
        } else {
            code[size++] = (byte) (0x80 | (register & 7) << 3 | base);
            number(displacement);
        }
    }

    private void number(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            code[size++] = (byte) (value >> shift);
        }
    }

    private void bytes(int... values) {
        reserve();
        for (int value : values) {
            code[size++] = (byte) value;
        }
    }

    /** {@code register =} all ones. */
    public void ones(int register) {
        if (width == Width.BITS_512) {
            table(0xFF, register, register, register);
        } else {
            operate(PCMPEQD, register, register, register);
        }
    }

    /**
     * Starts a loop over the positions of a table that {@link #endPositions} writes: what {@link Frame#READ} and
     * {@link Frame#WRITTEN} hold is the function's argument plus a position's two numbers, and {@link Frame#SLOTS} is the
     * argument plus {@code slots}. What is done once comes next, then {@link #eachPosition}.
     */
    public void positions(int slots, int count) {
        // rcx is the argument, r8 counts, rax goes through the table, whose place is filled in at the end.
        bytes(0x48, 0x89, 0xF9);
        bytes(0x48, 0x81, 0xC7);
        number(slots);
        bytes(0x41, 0xB8);
        number(count);
        bytes(0x48, 0x8D, 0x05);
        table = size;
        number(0);
    }

    /** Starts what is done at each position, after what is done once; returns where that is. */
    public int eachPosition() {
        int start = size;
        bytes(0x48, 0x63, 0x30);
        bytes(0x48, 0x63, 0x50, 0x04);
        bytes(0x48, 0x01, 0xCE);
        bytes(0x48, 0x01, 0xCA);
        return start;
    }

    /**
     * Ends the loop and the function.
     *
     * @param start what {@link #eachPosition} gave
     * @param read position → bytes from the argument to what is read there
     * @param written position → bytes from the argument to what is written there
     */
    public void endPositions(int start, int[] read, int[] written) {
        bytes(0x48, 0x83, 0xC0, 0x08);
        bytes(0x41, 0xFF, 0xC8);
        bytes(0x0F, 0x85);
        number(start - size - Integer.BYTES);
        end();
        int end = size;
        size = table;
        number(end - table - Integer.BYTES);
        size = end;
        for (int i = 0; i < read.length; i++) {
            reserve();
            number(read[i]);
            number(written[i]);
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
