package dev.gatewright.engine;

import java.util.Arrays;

/** The instructions of a {@link Schedule} while they are being written. */
final class InstructionBuffer {
    private byte[] ops;
    private int[] code;
    private int[] tables = new int[0];
    private int count;

    /** @param expected about how many instructions will come */
    InstructionBuffer(int expected) {
        this.ops = new byte[Math.max(16, expected)];
        this.code = new int[Math.multiplyExact(3, ops.length)];
    }

    /** How many instructions there are. */
    int count() {
        return count;
    }

    /** Appends an operation on {@code a} and {@code b}. */
    void append(int op, int to, int a, int b) {
        if (count == ops.length) {
            ops = Arrays.copyOf(ops, Math.multiplyExact(2, count));
            code = Arrays.copyOf(code, Math.multiplyExact(6, count));
        }
        ops[count] = (byte) op;
        code[3 * count] = a;
        code[3 * count + 1] = b;
        code[3 * count + 2] = to;
        count++;
    }

    /** Appends an operation by table on {@code a}, {@code b} and {@code c}. */
    void appendTable(int values, int to, int a, int b, int c) {
        append(Op.TABLE, to, a, b);
        if (tables.length < ops.length) {
            tables = Arrays.copyOf(tables, ops.length);
        }
        tables[count - 1] = c << 8 | values;
    }

    byte[] ops() {
        return Arrays.copyOf(ops, count);
    }

    int[] code() {
        return Arrays.copyOf(code, 3 * count);
    }

    /** Empty where no operation is by table. */
    int[] tables() {
        return Arrays.copyOf(tables, Math.min(tables.length, count));
    }
}
