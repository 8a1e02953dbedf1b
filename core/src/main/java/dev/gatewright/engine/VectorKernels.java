package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops on the widest vectors of the machine, one vector a slot: more would push the working set out of the
 * second-level cache, and an inner loop of variable length costs more than it saves.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    private static final int WORDS = SPECIES.length();
    /** Turns slots into byte offsets. */
    private static final int SHIFT = Integer.numberOfTrailingZeros(WORDS * Long.BYTES);

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorKernels() {}

    static Kernels create() {
        return new VectorKernels();
    }

    @Override
    public int words() {
        return WORDS;
    }

    @Override
    public void run(Runs runs, MemorySegment state) {
        int from = 0;
        for (int run = 0; run < runs.count(); run++) {
            int to = runs.ends()[run] * 3;
            if (runs.shortCode() != null) {
                run(runs.ops()[run], runs.shortCode(), from, to, state);
            } else {
                run(runs.ops()[run], runs.longCode(), from, to, state);
            }
            from = to;
        }
    }

    private static void run(int op, char[] code, int from, int to, MemorySegment state) {
        switch (op) {
            case Op.AND -> and(code, from, to, state);
            case Op.AND_NOT -> andNot(code, from, to, state);
            case Op.OR -> or(code, from, to, state);
            default -> xor(code, from, to, state);
        }
    }

    private static void run(int op, int[] code, int from, int to, MemorySegment state) {
        switch (op) {
            case Op.AND -> and(code, from, to, state);
            case Op.AND_NOT -> andNot(code, from, to, state);
            case Op.OR -> or(code, from, to, state);
            default -> xor(code, from, to, state);
        }
    }

    private static LongVector load(MemorySegment state, int slot) {
        return LongVector.fromMemorySegment(SPECIES, state, (long) slot << SHIFT, ORDER);
    }

    private static void store(LongVector value, MemorySegment state, int slot) {
        value.intoMemorySegment(state, (long) slot << SHIFT, ORDER);
    }

    private static void and(char[] code, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            store(load(state, code[i]).and(load(state, code[i + 1])), state, code[i + 2]);
        }
    }

    private static void andNot(char[] code, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            LongVector a = load(state, code[i]);
            LongVector b = load(state, code[i + 1]);
            store(a.lanewise(VectorOperators.AND_NOT, b), state, code[i + 2]);
        }
    }

    private static void or(char[] code, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            store(load(state, code[i]).or(load(state, code[i + 1])), state, code[i + 2]);
        }
    }

    private static void xor(char[] code, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            LongVector a = load(state, code[i]);
            LongVector b = load(state, code[i + 1]);
            store(a.lanewise(VectorOperators.XOR, b), state, code[i + 2]);
        }
    }

    private static void and(int[] code, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            store(load(state, code[i]).and(load(state, code[i + 1])), state, code[i + 2]);
        }
    }

    private static void andNot(int[] code, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            LongVector a = load(state, code[i]);
            LongVector b = load(state, code[i + 1]);
            store(a.lanewise(VectorOperators.AND_NOT, b), state, code[i + 2]);
        }
    }

    private static void or(int[] code, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            store(load(state, code[i]).or(load(state, code[i + 1])), state, code[i + 2]);
        }
    }

    private static void xor(int[] code, int from, int to, MemorySegment state) {
        for (int i = from; i < to; i += 3) {
            LongVector a = load(state, code[i]);
            LongVector b = load(state, code[i + 1]);
            store(a.lanewise(VectorOperators.XOR, b), state, code[i + 2]);
        }
    }

    @Override
    public void count(
            MemorySegment state,
            int[] slots,
            int from,
            int to,
            long invert,
            long[] carries,
            long[] counters,
            int at,
            int planes) {
        int end = at + planes * WORDS;
        int left = addSlots(state, slots, from, to, invert, carries, counters, at);
        for (int plane = at + WORDS; left > 0 && plane < end; plane += WORDS) {
            left = addCarries(carries, left, counters, plane);
        }
    }

    /** Adds slots to a plane, two a full adder, and leaves the carries; returns their number. */
    private static int addSlots(
            MemorySegment state,
            int[] slots,
            int from,
            int to,
            long invert,
            long[] carries,
            long[] counters,
            int plane) {
        LongVector flip = LongVector.broadcast(SPECIES, invert);
        LongVector sum = LongVector.fromArray(SPECIES, counters, plane);
        int made = 0;
        for (int i = from; i < to - 1; i += 2) {
            LongVector a = xor(load(state, slots[i]), flip);
            LongVector b = xor(load(state, slots[i + 1]), flip);
            LongVector half = xor(sum, a);
            sum.and(a).or(half.and(b)).intoArray(carries, made);
            sum = xor(half, b);
            made += WORDS;
        }
        if ((to - from & 1) != 0) {
            LongVector a = xor(load(state, slots[to - 1]), flip);
            sum.and(a).intoArray(carries, made);
            sum = xor(sum, a);
            made += WORDS;
        }
        sum.intoArray(counters, plane);
        return made;
    }

    /** Adds the first {@code left} words of carries to a plane and leaves its carries in their place. */
    private static int addCarries(long[] carries, int left, long[] counters, int plane) {
        LongVector sum = LongVector.fromArray(SPECIES, counters, plane);
        int made = 0;
        int i = 0;
        for (; i < left - WORDS; i += 2 * WORDS) {
            LongVector a = LongVector.fromArray(SPECIES, carries, i);
            LongVector b = LongVector.fromArray(SPECIES, carries, i + WORDS);
            LongVector half = xor(sum, a);
            sum.and(a).or(half.and(b)).intoArray(carries, made);
            sum = xor(half, b);
            made += WORDS;
        }
        if (i < left) {
            LongVector a = LongVector.fromArray(SPECIES, carries, i);
            sum.and(a).intoArray(carries, made);
            sum = xor(sum, a);
            made += WORDS;
        }
        sum.intoArray(counters, plane);
        return made;
    }

    private static LongVector xor(LongVector a, LongVector b) {
        return a.lanewise(VectorOperators.XOR, b);
    }

    @Override
    public void transpose(long[] block, int at) {
        long mask = 0x00000000FFFFFFFFL;
        for (int distance = 32; distance > 0; distance >>= 1) {
            swap(block, at, distance, mask);
            mask ^= mask << (distance >> 1);
        }
    }

    /** Exchanges bits between each row without bit {@code distance} in its number and the row with it. */
    private static void swap(long[] block, int at, int distance, long mask) {
        LongVector kept = LongVector.broadcast(SPECIES, mask);
        int below = distance * WORDS;
        for (int pair = 0; pair < 32; pair++) {
            int low = at + (pair + (pair & -distance)) * WORDS;
            LongVector a = LongVector.fromArray(SPECIES, block, low);
            LongVector b = LongVector.fromArray(SPECIES, block, low + below);
            LongVector swap = xor(a.lanewise(VectorOperators.LSHR, distance), b).and(kept);
            xor(a, swap.lanewise(VectorOperators.LSHL, distance)).intoArray(block, low);
            xor(b, swap).intoArray(block, low + below);
        }
    }

    @Override
    public void compare(byte[] bytes, int row, int[] starts, byte[] limits, long[] masks, int at, int stride) {
        for (int window = 0; window < starts.length; window++) {
            int from = row + starts[window];
            masks[at + stride * window] = from + 64 <= bytes.length
                    ? compare(bytes, from, limits, 64 * window)
                    : ScalarKernels.compare(bytes, from, limits, 64 * window);
        }
    }

    @Override
    public void scatter(long[] rows, int at, int[] slots, int first, MemorySegment state) {
        for (int i = 0; i < 64; i++) {
            int slot = slots[first + i];
            if (slot >= 0) {
                store(LongVector.fromArray(SPECIES, rows, at + i * WORDS), state, slot);
            }
        }
    }

    private static long compare(byte[] bytes, int from, byte[] limits, int at) {
        long mask = 0;
        for (int i = 0; i < 64; i += BYTES.length()) {
            ByteVector limit = ByteVector.fromArray(BYTES, limits, at + i);
            // Vectors compare signed bytes: with the top bit flipped they order as unsigned ones do.
            ByteVector pixels = ByteVector.fromArray(BYTES, bytes, from + i).lanewise(VectorOperators.XOR, (byte) 0x80);
            mask |= pixels.compare(VectorOperators.GT, limit).toLong() << i;
        }
        return mask;
    }
}
