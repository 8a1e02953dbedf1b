package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** On the widest vectors of the machine, one vector a slot. */
final class VectorCounting implements Counting {
    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int WORDS = SPECIES.length();
    /** Turns slots into byte offsets. */
    private static final int SHIFT = Integer.numberOfTrailingZeros(WORDS * Long.BYTES);

    /** A constant: with a call in its place, C2 keeps vectors in objects. */
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    // Arrays of one vector, because the compiler makes objects of vectors that go from one turn of a short loop to the
    // next, or in or out of a method that it does not inline.
    private final long[] larger = new long[WORDS];
    private final long[] equal = new long[WORDS];
    private final long[] carried = new long[WORDS];

    private final MethodHandle addSlots = Apart.method(MethodHandles.lookup(), this, "addSlots");
    private final MethodHandle addCarries = Apart.method(MethodHandles.lookup(), this, "addCarries");

    /** Of one call of {@link #add}. */
    private long[] carries = new long[0];

    private static LongVector load(MemorySegment state, int slot) {
        return LongVector.fromMemorySegment(SPECIES, state, (long) slot << SHIFT, ORDER);
    }

    private static LongVector plane(long[] counters, int at) {
        return LongVector.fromArray(SPECIES, counters, at);
    }

    private static LongVector xor(LongVector a, LongVector b) {
        return a.lanewise(VectorOperators.XOR, b);
    }

    private static LongVector sum(LongVector a, LongVector b, LongVector c) {
        return xor(xor(a, b), c);
    }

    private static LongVector carry(LongVector a, LongVector b, LongVector c) {
        return a.and(b).or(xor(a, b).and(c));
    }

    @Override
    public void add(MemorySegment state, int[] slots, int from, int to, long[] counters, int at, int planes) {
        if (carries.length < (to - from + BATCH * BATCH) / BATCH * WORDS) {
            carries = new long[(to - from + BATCH * BATCH) / BATCH * WORDS];
        }
        try {
            int words = (int) addSlots.invokeExact(state, slots, from, to, carries, counters, at);
            for (int plane = 2; words > 0 && plane < planes; plane += 2) {
                int whole = (words + BATCH * WORDS - 1) & -(BATCH * WORDS);
                Arrays.fill(carries, words, whole, 0);
                words = (int) addCarries.invokeExact(carries, whole, counters, at + plane * WORDS);
            }
        } catch (Throwable thrown) {
            throw Apart.rethrow(thrown);
        }
    }

    /** Adds slots to the two lowest planes, leaves a carry for every four, and returns the words of all carries. */
    int addSlots(MemorySegment state, int[] slots, int from, int to, long[] carries, long[] counters, int at) {
        LongVector low = plane(counters, at);
        LongVector high = plane(counters, at + WORDS);
        int made = 0;
        for (int i = from; i < to; i += BATCH) {
            LongVector a = load(state, slots[i]);
            LongVector b = load(state, slots[i + 1]);
            LongVector half = xor(low, a);
            LongVector first = low.and(a).or(half.and(b));
            low = xor(half, b);
            a = load(state, slots[i + 2]);
            b = load(state, slots[i + 3]);
            half = xor(low, a);
            LongVector second = low.and(a).or(half.and(b));
            low = xor(half, b);
            half = xor(high, first);
            high.and(first).or(half.and(second)).intoArray(carries, made);
            high = xor(half, second);
            made += WORDS;
        }
        low.intoArray(counters, at);
        high.intoArray(counters, at + WORDS);
        return made;
    }

    /** Adds {@code words} words of carries to two planes, and leaves a quarter as many, which it returns. */
    int addCarries(long[] carries, int words, long[] counters, int at) {
        LongVector low = plane(counters, at);
        LongVector high = plane(counters, at + WORDS);
        int made = 0;
        for (int i = 0; i < words; i += BATCH * WORDS) {
            LongVector a = plane(carries, i);
            LongVector b = plane(carries, i + WORDS);
            LongVector half = xor(low, a);
            LongVector first = low.and(a).or(half.and(b));
            low = xor(half, b);
            a = plane(carries, i + 2 * WORDS);
            b = plane(carries, i + 3 * WORDS);
            half = xor(low, a);
            LongVector second = low.and(a).or(half.and(b));
            low = xor(half, b);
            half = xor(high, first);
            high.and(first).or(half.and(second)).intoArray(carries, made);
            high = xor(half, second);
            made += WORDS;
        }
        low.intoArray(counters, at);
        high.intoArray(counters, at + WORDS);
        return made;
    }

    @Override
    public void subtract(long[] counters, int to, long[] what, int planes) {
        Arrays.fill(carried, 0);
        for (int i = 0; i < planes * WORDS; i += WORDS) {
            LongVector a = plane(counters, to + i);
            LongVector b = plane(what, i).lanewise(VectorOperators.NOT);
            LongVector carry = plane(carried, 0);
            sum(a, b, carry).intoArray(counters, to + i);
            carry(a, b, carry).intoArray(carried, 0);
        }
    }

    @Override
    public void largest(long[] counters, int groups, int step, int planes, long[] largest, long[] numbers, int bits) {
        System.arraycopy(counters, 0, largest, 0, planes * WORDS);
        Arrays.fill(numbers, 0, bits * WORDS, 0);
        for (int group = 1; group < groups; group++) {
            compare(counters, group * step, planes, largest);
            choose(counters, group * step, planes, largest);
            number(group, numbers, bits);
        }
    }

    /** Sets those bits of {@link #larger} for whose samples the counter at {@code at} is larger than the largest yet. */
    private void compare(long[] counters, int at, int planes, long[] largest) {
        Arrays.fill(larger, 0);
        Arrays.fill(equal, -1L);
        for (int i = (planes - 1) * WORDS; i >= 0; i -= WORDS) {
            LongVector a = plane(counters, at + i);
            LongVector b = plane(largest, i);
            LongVector same = plane(equal, 0);
            plane(larger, 0)
                    .or(same.and(a).lanewise(VectorOperators.AND_NOT, b))
                    .intoArray(larger, 0);
            same.lanewise(VectorOperators.AND_NOT, xor(a, b)).intoArray(equal, 0);
        }
    }

    private void choose(long[] counters, int at, int planes, long[] largest) {
        LongVector taken = plane(larger, 0);
        for (int i = 0; i < planes * WORDS; i += WORDS) {
            LongVector kept = plane(largest, i);
            xor(kept, xor(kept, plane(counters, at + i)).and(taken)).intoArray(largest, i);
        }
    }

    private void number(int group, long[] numbers, int bits) {
        LongVector taken = plane(larger, 0);
        for (int bit = 0; bit < bits; bit++) {
            LongVector kept = plane(numbers, bit * WORDS);
            if ((group >> bit & 1) != 0) {
                kept.or(taken).intoArray(numbers, bit * WORDS);
            } else {
                kept.lanewise(VectorOperators.AND_NOT, taken).intoArray(numbers, bit * WORDS);
            }
        }
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
            LongVector a = plane(block, low);
            LongVector b = plane(block, low + below);
            LongVector swap = xor(a.lanewise(VectorOperators.LSHR, distance), b).and(kept);
            xor(a, swap.lanewise(VectorOperators.LSHL, distance)).intoArray(block, low);
            xor(b, swap).intoArray(block, low + below);
        }
    }
}
