package dev.gatewright.format;

import dev.gatewright.format.WasmCode.Access;
import dev.gatewright.format.WasmCode.Op;

/** From outputs to classes, scores, numbers or bits. Counts are planes: bit {@code i} of plane {@code p} is bit p of count i. */
final class WasmReadout {
    private static final int VECTOR = WasmProgram.VECTOR;
    private static final int LANES = WasmProgram.LANES;
    private static final int ROWS = 0;
    private static final int COUNT = 1;
    private static final int OUT = 2;
    private static final int FROM = 3;
    private static final int LANE = 4;
    private static final int HALF = 5;
    private static final int AT = 6;

    private final Design design;
    private final WasmModule module;
    private final int encode;
    private final int gates;
    private final int outputs;
    private final int rowBytes;
    private final int groupSize;
    private final int planes;
    private final int indexPlanes;
    private final int sumsAt;
    private final int bestAt;
    private final int indexAt;

    WasmReadout(Design design, WasmModule module, int encode, int gates, int outputs, int free, int rowBytes) {
        this.design = design;
        this.module = module;
        this.encode = encode;
        this.gates = gates;
        this.outputs = outputs;
        this.rowBytes = rowBytes;
        int groups = Math.max(1, design.groups());
        this.groupSize = design.circuit().outputs() / groups;
        this.planes = CarrySave.planes(groupSize);
        this.indexPlanes = Integer.SIZE - Integer.numberOfLeadingZeros(groups - 1);
        this.sumsAt = (free + VECTOR - 1) / VECTOR * VECTOR;
        this.bestAt = sumsAt + VECTOR * planes;
        this.indexAt = bestAt + VECTOR * planes;
    }

    int free() {
        return indexAt + VECTOR * indexPlanes;
    }

    void write() {
        switch (design.score()) {
            case Design.Score.Votes votes -> {
                int sums = sums();
                module.export("classes", classes(sums, first(), more()));
                module.export("scores", scores(sums, votes));
            }
            case Design.Score.Tally tally -> module.export("numbers", numbers(sums(), tally));
            case Design.Score.Bits ignored -> module.export("bits", bits());
        }
    }

    /** A function of rows, their number and where results go, that does {@code each} for every 128 rows. */
    private int overRows(WasmCode each, int resultBytes) {
        WasmCode code = new WasmCode().loop();
        code.get(ROWS).call(encode).call(gates).append(each);
        code.get(ROWS).i32(LANES * rowBytes).op(Op.I32_ADD).set(ROWS);
        code.get(OUT).i32(LANES * resultBytes).op(Op.I32_ADD).set(OUT);
        code.get(FROM)
                .i32(LANES)
                .op(Op.I32_ADD)
                .tee(FROM)
                .get(COUNT)
                .op(Op.I32_LT_U)
                .again();
        return module.function(3, new int[] {4, WasmCode.I32}, code);
    }

    private int group(int group) {
        return outputs + VECTOR * groupSize * group;
    }

    private int classes(int sums, int first, int more) {
        WasmCode each = new WasmCode();
        for (int group = 0; group < design.groups(); group++) {
            each.i32(group(group)).call(sums);
            if (group == 0) {
                each.call(first);
            } else {
                each.i32(group).call(more);
            }
        }
        each.i32(0).set(LANE).loop();
        each.get(OUT).get(LANE).i32(2).op(Op.I32_SHL, Op.I32_ADD);
        number(each, indexAt, indexPlanes);
        each.access(Access.I32_STORE, 0).next(LANE, 1, LANES);
        return overRows(each, Integer.BYTES);
    }

    private int scores(int sums, Design.Score.Votes votes) {
        WasmCode each = new WasmCode();
        for (int group = 0; group < votes.classes(); group++) {
            each.i32(group(group)).call(sums).i32(0).set(LANE).loop();
            each.get(OUT).get(LANE).i32(Float.BYTES * votes.classes()).op(Op.I32_MUL, Op.I32_ADD);
            number(each, sumsAt, planes);
            each.op(Op.F32_CONVERT).f32(votes.tau()).op(Op.F32_DIV);
            each.access(Access.F32_STORE, (long) Float.BYTES * group).next(LANE, 1, LANES);
        }
        return overRows(each, Float.BYTES * votes.classes());
    }

    private int numbers(int sums, Design.Score.Tally tally) {
        WasmCode each = new WasmCode();
        each.i32(outputs).call(sums).i32(0).set(LANE).loop();
        each.get(OUT)
                .get(LANE)
                .i32(2)
                .op(Op.I32_SHL, Op.I32_ADD)
                .f32(tally.offset())
                .f32(tally.scale());
        number(each, sumsAt, planes);
        each.op(Op.F32_CONVERT, Op.F32_MUL, Op.F32_ADD)
                .access(Access.F32_STORE, 0)
                .next(LANE, 1, LANES);
        return overRows(each, Float.BYTES);
    }

    private int bits() {
        int count = design.circuit().outputs();
        WasmCode each = new WasmCode();
        each.i32(outputs).set(AT).loop().i32(0).set(LANE).loop();
        each.get(OUT).get(LANE).i32(count).op(Op.I32_MUL, Op.I32_ADD);
        each.get(AT).i32(outputs).op(Op.I32_SUB).i32(4).op(Op.I32_SHR_U, Op.I32_ADD);
        half(each);
        each.get(HALF).get(AT).op(Op.I32_ADD).access(Access.I64_LOAD, 0);
        laneBit(each);
        each.access(Access.I32_STORE8, 0).next(LANE, 1, LANES);
        each.next(AT, VECTOR, outputs + VECTOR * count);
        return overRows(each, count);
    }

    /** Pushes the number that planes hold for the lane. */
    private static void number(WasmCode code, int address, int planes) {
        half(code);
        code.i32(0);
        for (int plane = 0; plane < planes; plane++) {
            code.get(HALF).access(Access.I64_LOAD, address + (long) VECTOR * plane);
            laneBit(code);
            code.i32(plane).op(Op.I32_SHL, Op.I32_OR);
        }
    }

    /** Which half of a vector the lane is in, in bytes. */
    private static void half(WasmCode code) {
        code.get(LANE).i32(6).op(Op.I32_SHR_U).i32(3).op(Op.I32_SHL).set(HALF);
    }

    /** Replaces 64 bits by that of the lane; shifts count modulo 64. */
    private static void laneBit(WasmCode code) {
        code.get(LANE).op(Op.I64_EXTEND, Op.I64_SHR_U, Op.I32_WRAP).i32(1).op(Op.I32_AND);
    }

    /** Counts the group whose outputs begin at the address given: eight at a time through carry-save adders. */
    private int sums() {
        int from = 0;
        int left = 1;
        int plane = 2;
        int two = plane + Math.max(planes, 4);
        int four = two + 1;
        int a = two + 2;
        int b = two + 3;
        int x = two + 4;
        int y = two + 5;
        int mixed = two + 6;
        WasmCode code = new WasmCode();
        if (groupSize >= 8) {
            code.loop();
            add(code, from, 0, plane, x, y, mixed, two);
            add(code, from, 2, plane, x, y, mixed, a);
            addLocals(code, plane + 1, two, a, mixed, four);
            add(code, from, 4, plane, x, y, mixed, two);
            add(code, from, 6, plane, x, y, mixed, a);
            addLocals(code, plane + 1, two, a, mixed, b);
            addLocals(code, plane + 2, four, b, mixed, x);
            ripple(code, plane, 3, x, y);
            code.get(from).i32(8 * VECTOR).op(Op.I32_ADD).set(from);
            code.next(left, 8, groupSize / 8 * 8);
        }
        for (int i = 0; i < groupSize % 8; i++) {
            code.get(from).access(Access.LOAD, (long) VECTOR * i).set(x);
            ripple(code, plane, 0, x, y);
        }
        for (int i = 0; i < planes; i++) {
            code.i32(0).get(plane + i).access(Access.STORE, sumsAt + (long) VECTOR * i);
        }
        return module.function(1, new int[] {1, WasmCode.I32, two + 7 - plane, WasmCode.V128}, code);
    }

    /** Adds outputs {@code i} and {@code i + 1} to the plane {@code low}; the carry goes to {@code high}. */
    private static void add(WasmCode code, int from, int i, int low, int x, int y, int mixed, int high) {
        code.get(from).access(Access.LOAD, (long) VECTOR * i).set(x);
        code.get(from).access(Access.LOAD, (long) VECTOR * (i + 1)).set(y);
        addLocals(code, low, x, y, mixed, high);
    }

    private static void addLocals(WasmCode code, int low, int x, int y, int mixed, int high) {
        code.get(low).get(x).op(Op.XOR).set(mixed);
        code.get(low).get(x).op(Op.AND).get(mixed).get(y).op(Op.AND, Op.OR);
        code.get(mixed).get(y).op(Op.XOR).set(low).set(high);
    }

    private void ripple(WasmCode code, int plane, int first, int carry, int old) {
        for (int i = first; i < planes; i++) {
            code.get(plane + i).set(old);
            code.get(old).get(carry).op(Op.XOR).set(plane + i);
            code.get(old).get(carry).op(Op.AND).set(carry);
        }
    }

    /** Takes the counts as the largest so far, of class 0. */
    private int first() {
        WasmCode code = new WasmCode();
        for (int i = 0; i < planes; i++) {
            code.i32(0).load(sumsAt + (long) VECTOR * i).access(Access.STORE, bestAt + (long) VECTOR * i);
        }
        for (int i = 0; i < indexPlanes; i++) {
            code.i32(0).vector(0, 0).access(Access.STORE, indexAt + (long) VECTOR * i);
        }
        return module.function(0, new int[0], code);
    }

    /** Where the counts are larger than the largest so far, takes them, of the class given. */
    private int more() {
        int larger = 1;
        int equal = 2;
        WasmCode code = new WasmCode().vector(-1, -1).set(equal);
        for (int i = planes - 1; i >= 0; i--) {
            code.load(sumsAt + (long) VECTOR * i)
                    .load(bestAt + (long) VECTOR * i)
                    .op(Op.AND_NOT);
            code.get(equal).op(Op.AND).get(larger).op(Op.OR).set(larger);
            code.get(equal).load(sumsAt + (long) VECTOR * i).load(bestAt + (long) VECTOR * i);
            code.op(Op.XOR, Op.AND_NOT).set(equal);
        }
        for (int i = 0; i < planes; i++) {
            code.i32(0)
                    .load(sumsAt + (long) VECTOR * i)
                    .load(bestAt + (long) VECTOR * i)
                    .get(larger);
            code.op(Op.BITSELECT).access(Access.STORE, bestAt + (long) VECTOR * i);
        }
        for (int i = 0; i < indexPlanes; i++) {
            code.i32(0)
                    .get(0)
                    .i32(i)
                    .op(Op.I32_SHR_U)
                    .i32(1)
                    .op(Op.I32_AND)
                    .i32(255)
                    .op(Op.I32_MUL, Op.SPLAT);
            code.load(indexAt + (long) VECTOR * i).get(larger).op(Op.BITSELECT);
            code.access(Access.STORE, indexAt + (long) VECTOR * i);
        }
        return module.function(1, new int[] {2, WasmCode.V128}, code);
    }
}
