package dev.gatewright.format;

import dev.gatewright.encode.Encoder;
import dev.gatewright.format.WasmCode.Access;
import dev.gatewright.format.WasmCode.Op;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** From 128 raw rows to bits. Pixels go 16 rows by 16 at a time: turned over, then compared all at once. */
final class WasmEncoder {
    private static final int TILE = 16;
    private static final int BRIGHTEST = 255;
    private static final int LANE_WORD = 64;
    private static final int BITS_A_FUNCTION = 1000;

    private final Encoder encoder;
    private final WasmModule module;
    private final int scratch;
    private final boolean[] read;
    private int free;
    private final int encode;

    /**
     * @param scratch the first free address
     * @param read the bits that are wanted
     */
    WasmEncoder(Encoder encoder, WasmModule module, int scratch, boolean[] read) {
        this.encoder = encoder;
        this.module = module;
        this.scratch = scratch;
        this.read = read;
        this.encode = switch (encoder.inputs()) {
            case Encoder.Inputs.Pixels pixels -> pixels(pixels.size());
            case Encoder.Inputs.Columns columns -> columns(columns.columns().size());
        };
    }

    /** The function that takes the address of 128 rows. */
    int encode() {
        return encode;
    }

    /** The first address after the tables. */
    int free() {
        return free;
    }

    /** The least brightness that makes a bit true: a whole number exceeds a value where it exceeds the value's floor. */
    private int least(int bit) {
        return (int) Math.max(0, Math.min(BRIGHTEST + 1.0, Math.floor(encoder.value(bit)) + 1));
    }

    private int pixels(int size) {
        free = scratch + TILE * WasmProgram.VECTOR;
        int strips = Math.ceilDiv(size, TILE);
        int[] starts = new int[strips + 1];
        for (int bit = 0; bit < encoder.bits(); bit++) {
            starts[encoder.column(bit) / TILE + 1] += wanted(bit) ? 1 : 0;
        }
        for (int strip = 0; strip < strips; strip++) {
            starts[strip + 1] += starts[strip];
        }
        int[] next = starts.clone();
        int[] byStrip = new int[starts[strips]];
        for (int bit = 0; bit < encoder.bits(); bit++) {
            if (wanted(bit)) {
                byStrip[next[encoder.column(bit) / TILE]++] = bit;
            }
        }
        int turn = turn(size);
        int rows = 0;
        int group = 1;
        int base = 2;
        WasmCode code = new WasmCode().loop();
        code.get(group).i32(TILE * size).op(Op.I32_MUL).get(rows).op(Op.I32_ADD).set(base);
        for (int strip = 0; strip < strips; strip++) {
            for (int from = starts[strip]; from < starts[strip + 1]; from += BITS_A_FUNCTION) {
                int to = Math.min(starts[strip + 1], from + BITS_A_FUNCTION);
                code.get(base)
                        .i32(strip * TILE)
                        .op(Op.I32_ADD)
                        .get(group)
                        .i32(1)
                        .op(Op.I32_SHL);
                code.call(strip(turn, byStrip, from, to));
            }
        }
        code.next(group, 1, WasmProgram.LANES / TILE);
        return module.function(1, new int[] {2, WasmCode.I32}, code);
    }

    /** Bits that no brightness makes true stay false. */
    private boolean wanted(int bit) {
        return read[bit] && least(bit) <= BRIGHTEST;
    }

    /** A function of the address of 16 columns of 16 rows, and of the place of their bits in a vector. */
    private int strip(int turn, int[] byStrip, int from, int to) {
        WasmCode code = new WasmCode().get(0).call(turn);
        for (int i = from; i < to; i++) {
            int bit = byStrip[i];
            int column = encoder.column(bit) % TILE;
            code.get(1).load(scratch + (long) WasmProgram.VECTOR * column);
            code.i32(least(bit)).op(Op.SPLAT, Op.GE_U, Op.BITMASK);
            code.access(Access.I32_STORE16, (long) WasmProgram.VECTOR * bit);
        }
        return module.function(2, new int[0], code);
    }

    /** Turns 16 rows of 16 bytes over, into the scratch: each round moves one bit of the place from column to row. */
    private int turn(int size) {
        WasmCode code = new WasmCode();
        for (int row = 0; row < TILE; row++) {
            code.get(0).access(Access.LOAD, (long) row * size).set(1 + row);
        }
        int[] low = new int[TILE];
        int[] high = new int[TILE];
        for (int i = 0; i < TILE; i++) {
            low[i] = i / 2 + (i % 2) * TILE;
            high[i] = low[i] + TILE / 2;
        }
        for (int round = 0; round < 4; round++) {
            int from = 1 + round % 2 * TILE;
            int to = 1 + (round + 1) % 2 * TILE;
            for (int i = 0; i < TILE / 2; i++) {
                code.get(from + i).get(from + i + TILE / 2).shuffle(low).set(to + 2 * i);
                code.get(from + i).get(from + i + TILE / 2).shuffle(high).set(to + 2 * i + 1);
            }
        }
        for (int column = 0; column < TILE; column++) {
            code.i32(0).get(1 + column).access(Access.STORE, scratch + (long) WasmProgram.VECTOR * column);
        }
        return module.function(1, new int[] {2 * TILE, WasmCode.V128}, code);
    }

    private int columns(int width) {
        ByteBuffer data = ByteBuffer.allocate(16 * encoder.bits()).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        for (int bit = 0; bit < encoder.bits(); bit++) {
            if (read[bit]) {
                data.putInt(Float.BYTES * encoder.column(bit)).putFloat(encoder.value(bit));
                data.putInt(encoder.test(bit).code()).putInt(bit * WasmProgram.VECTOR);
                count++;
            }
        }
        byte[] table = java.util.Arrays.copyOf(data.array(), 16 * count);
        module.data(scratch, table);
        free = scratch + table.length;
        int rows = 0;
        int entry = 1;
        int at = 2;
        int lane = 3;
        int kind = 4;
        int bits = 5;
        int value = 6;
        int limit = 7;
        WasmCode code = new WasmCode();
        if (count > 0) {
            code.i32(scratch).set(entry).loop();
            code.get(entry).access(Access.F32_LOAD, 4).set(limit);
            code.get(entry).access(Access.I32_LOAD, 8).set(kind);
            for (int half = 0; half < 2; half++) {
                code.get(rows).get(entry).access(Access.I32_LOAD, 0).op(Op.I32_ADD);
                code.i32(half * LANE_WORD * width * Float.BYTES).op(Op.I32_ADD).set(at);
                code.i64(0).set(bits).i32(0).set(lane).loop();
                code.get(at).access(Access.F32_LOAD, 0).set(value);
                code.get(value).get(value).op(Op.F32_NE);
                code.get(value).get(limit).op(Op.F32_GT).get(value).get(limit).op(Op.F32_EQ);
                code.get(kind).op(Op.I32_EQZ, Op.SELECT);
                code.get(kind).i32(Encoder.Test.MISSING.code()).op(Op.I32_EQ, Op.SELECT);
                code.op(Op.I64_EXTEND)
                        .get(lane)
                        .op(Op.I64_EXTEND, Op.I64_SHL)
                        .get(bits)
                        .op(Op.I64_OR)
                        .set(bits);
                code.get(at).i32(width * Float.BYTES).op(Op.I32_ADD).set(at);
                code.next(lane, 1, LANE_WORD);
                code.get(entry).access(Access.I32_LOAD, 12).get(bits).access(Access.I64_STORE, 8L * half);
            }
            code.next(entry, 16, scratch + table.length);
        }
        int[] locals = {4, WasmCode.I32, 1, WasmCode.I64, 2, WasmCode.F32};
        return module.function(1, locals, code);
    }
}
