package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops on the widest vectors of the machine, one vector a slot: more would push the working set out of the
 * second-level cache, and an inner loop of variable length costs more than it saves.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int WORDS = SPECIES.length();
    /** Turns slots into byte offsets. */
    private static final int SHIFT = Integer.numberOfTrailingZeros(WORDS * Long.BYTES);

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorKernels() {}

    static Kernels create() {
        return new VectorKernels();
    }

    @Override
    public Packing packing() {
        return new VectorPacking();
    }

    @Override
    public Counting counting() {
        return new VectorCounting();
    }

    @Override
    public FloatTests floatTests() {
        return new VectorFloatTests();
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

    @Override
    public void gather(MemorySegment from, int base, int[] offsets, MemorySegment to, int[] slots) {
        for (int i = 0; i < slots.length; i++) {
            store(load(from, base + offsets[i]), to, slots[i]);
        }
    }

    @Override
    public void scatter(MemorySegment from, int[] slots, long[] inverted, MemorySegment to, int base, int[] offsets) {
        for (int i = 0; i < slots.length; i++) {
            store(load(from, slots[i]).lanewise(VectorOperators.XOR, inverted[i]), to, base + offsets[i]);
        }
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
}
