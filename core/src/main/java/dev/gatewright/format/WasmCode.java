package dev.gatewright.format;

import java.util.Arrays;

/** Bytes of WebAssembly: numbers in LEB128, and instructions by their names in the text format. */
final class WasmCode {
    static final int I32 = 0x7f;
    static final int I64 = 0x7e;
    static final int F32 = 0x7d;
    static final int V128 = 0x7b;
    private static final int NO_RESULT = 0x40;
    private static final int SIMD = 0xfd;
    /** Marks instructions that the byte {@link #SIMD} precedes. */
    private static final int VECTORS = 0x100;

    /** Instructions without immediates. */
    enum Op {
        RETURN(0x0f),
        SELECT(0x1b),
        END(0x0b),
        I32_EQZ(0x45),
        I32_EQ(0x46),
        I32_LT_U(0x49),
        F32_EQ(0x5b),
        F32_NE(0x5c),
        F32_GT(0x5e),
        I32_ADD(0x6a),
        I32_SUB(0x6b),
        I32_MUL(0x6c),
        I32_AND(0x71),
        I32_OR(0x72),
        I32_SHL(0x74),
        I32_SHR_U(0x76),
        I64_OR(0x84),
        I64_SHL(0x86),
        I64_SHR_U(0x88),
        F32_ADD(0x92),
        F32_MUL(0x94),
        F32_DIV(0x95),
        I32_WRAP(0xa7),
        I64_EXTEND(0xad),
        F32_CONVERT(0xb3),
        SPLAT(VECTORS | 0x0f),
        GE_U(VECTORS | 0x2c),
        NOT(VECTORS | 0x4d),
        AND(VECTORS | 0x4e),
        /** The first operand, and not the second. */
        AND_NOT(VECTORS | 0x4f),
        OR(VECTORS | 0x50),
        XOR(VECTORS | 0x51),
        /** Of the first operand where the third is true, of the second elsewhere. */
        BITSELECT(VECTORS | 0x52),
        BITMASK(VECTORS | 0x64);

        private final int code;

        Op(int code) {
            this.code = code;
        }
    }

    /** Loads and stores, with the binary logarithm of their width. */
    enum Access {
        I32_LOAD(0x28, 2),
        I64_LOAD(0x29, 3),
        F32_LOAD(0x2a, 2),
        I32_LOAD8(0x2d, 0),
        I32_STORE(0x36, 2),
        I64_STORE(0x37, 3),
        F32_STORE(0x38, 2),
        I32_STORE8(0x3a, 0),
        I32_STORE16(0x3b, 1),
        LOAD(0x00, 4),
        STORE(0x0b, 4);

        private final int code;
        private final int align;

        Access(int code, int align) {
            this.code = code;
            this.align = align;
        }
    }

    private byte[] bytes = new byte[256];
    private int size;

    int size() {
        return size;
    }

    WasmCode raw(int... values) {
        for (int value : values) {
            bytes = size == bytes.length ? Arrays.copyOf(bytes, 2 * size) : bytes;
            bytes[size++] = (byte) value;
        }
        return this;
    }

    WasmCode raw(byte[] more) {
        bytes = size + more.length > bytes.length
                ? Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more.length))
                : bytes;
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    WasmCode append(WasmCode other) {
        return raw(other.toArray());
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** A number that is not negative. */
    WasmCode unsigned(long value) {
        long rest = value;
        while (rest >= 0x80) {
            raw((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return raw((int) rest);
    }

    private WasmCode signed(long value) {
        long rest = value;
        while (rest < -64 || rest > 63) {
            raw((int) (rest & 0x7f) | 0x80);
            rest >>= 7;
        }
        return raw((int) (rest & 0x7f));
    }

    /** Bytes with their number before them. */
    WasmCode sized(WasmCode content) {
        return unsigned(content.size).append(content);
    }

    WasmCode text(String text) {
        byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return unsigned(utf8.length).raw(utf8);
    }

    WasmCode op(Op... ops) {
        for (Op op : ops) {
            if (op.code >= VECTORS) {
                raw(SIMD);
            }
            raw(op.code & 0xff);
        }
        return this;
    }

    WasmCode i32(int value) {
        return raw(0x41).signed(value);
    }

    WasmCode i64(long value) {
        return raw(0x42).signed(value);
    }

    WasmCode f32(float value) {
        int bits = Float.floatToRawIntBits(value);
        return raw(0x43).raw(bits, bits >> 8, bits >> 16, bits >> 24);
    }

    WasmCode get(int local) {
        return raw(0x20).unsigned(local);
    }

    WasmCode set(int local) {
        return raw(0x21).unsigned(local);
    }

    WasmCode tee(int local) {
        return raw(0x22).unsigned(local);
    }

    WasmCode call(int function) {
        return raw(0x10).unsigned(function);
    }

    /** From or to the address on the stack and {@code offset}. */
    WasmCode access(Access access, long offset) {
        boolean simd = access == Access.LOAD || access == Access.STORE;
        return (simd ? raw(SIMD) : this).raw(access.code, access.align).unsigned(offset);
    }

    /** A vector from a fixed address. */
    WasmCode load(long address) {
        return i32(0).access(Access.LOAD, address);
    }

    WasmCode vector(long low, long high) {
        raw(SIMD, 0x0c);
        for (int i = 0; i < 16; i++) {
            raw((int) ((i < 8 ? low : high) >>> 8 * (i & 7)));
        }
        return this;
    }

    WasmCode shuffle(int... lanes) {
        return raw(SIMD, 0x0d).raw(lanes);
    }

    /** What follows runs once, and again with {@link #again}. */
    WasmCode loop() {
        return raw(0x03, NO_RESULT);
    }

    /** Runs the loop again if the number on the stack is not 0, and ends it. */
    WasmCode again() {
        return raw(0x0d, 0).op(Op.END);
    }

    /** {@code local += step; if (local < end) again}. */
    WasmCode next(int local, int step, int end) {
        get(local).i32(step).op(Op.I32_ADD).tee(local);
        return i32(end).op(Op.I32_LT_U).again();
    }
}
