package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** On the widest vectors of the machine, one vector a slot. */
final class VectorCounting implements Counting {
    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int WORDS = SPECIES.length();
    /** Turns slots into byte offsets. */
    private static final int SHIFT = Integer.numberOfTrailingZeros(WORDS * Long.BYTES);

    private static LongVector load(MemorySegment state, int slot) {
        return LongVector.fromMemorySegment(SPECIES, state, (long) slot << SHIFT, ByteOrder.nativeOrder());
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
        LongVector ones = plane(counters, at);
        LongVector twos = plane(counters, at + WORDS);
        LongVector fours = plane(counters, at + 2 * WORDS);
        LongVector eights = plane(counters, at + 3 * WORDS);
        for (int i = from; i < to; i += BATCH) {
            LongVector a = load(state, slots[i]);
            LongVector b = load(state, slots[i + 1]);
            LongVector twoA = carry(ones, a, b);
            ones = sum(ones, a, b);
            a = load(state, slots[i + 2]);
            b = load(state, slots[i + 3]);
            LongVector twoB = carry(ones, a, b);
            ones = sum(ones, a, b);
            LongVector fourA = carry(twos, twoA, twoB);
            twos = sum(twos, twoA, twoB);
            a = load(state, slots[i + 4]);
            b = load(state, slots[i + 5]);
            twoA = carry(ones, a, b);
            ones = sum(ones, a, b);
            a = load(state, slots[i + 6]);
            b = load(state, slots[i + 7]);
            twoB = carry(ones, a, b);
            ones = sum(ones, a, b);
            LongVector fourB = carry(twos, twoA, twoB);
            twos = sum(twos, twoA, twoB);
            LongVector eightA = carry(fours, fourA, fourB);
            fours = sum(fours, fourA, fourB);
            a = load(state, slots[i + 8]);
            b = load(state, slots[i + 9]);
            twoA = carry(ones, a, b);
            ones = sum(ones, a, b);
            a = load(state, slots[i + 10]);
            b = load(state, slots[i + 11]);
            twoB = carry(ones, a, b);
            ones = sum(ones, a, b);
            fourA = carry(twos, twoA, twoB);
            twos = sum(twos, twoA, twoB);
            a = load(state, slots[i + 12]);
            b = load(state, slots[i + 13]);
            twoA = carry(ones, a, b);
            ones = sum(ones, a, b);
            a = load(state, slots[i + 14]);
            b = load(state, slots[i + 15]);
            twoB = carry(ones, a, b);
            ones = sum(ones, a, b);
            fourB = carry(twos, twoA, twoB);
            twos = sum(twos, twoA, twoB);
            LongVector eightB = carry(fours, fourA, fourB);
            fours = sum(fours, fourA, fourB);
            ripple(counters, at + 4 * WORDS, at + planes * WORDS, carry(eights, eightA, eightB));
            eights = sum(eights, eightA, eightB);
        }
        ones.intoArray(counters, at);
        twos.intoArray(counters, at + WORDS);
        fours.intoArray(counters, at + 2 * WORDS);
        eights.intoArray(counters, at + 3 * WORDS);
    }

    private static void ripple(long[] counters, int from, int to, LongVector what) {
        LongVector carry = what;
        for (int plane = from; plane < to; plane += WORDS) {
            LongVector sum = plane(counters, plane);
            xor(sum, carry).intoArray(counters, plane);
            carry = sum.and(carry);
        }
    }

    @Override
    public void subtract(long[] counters, int to, long[] what, int planes) {
        LongVector carry = LongVector.zero(SPECIES);
        for (int i = 0; i < planes * WORDS; i += WORDS) {
            LongVector a = plane(counters, to + i);
            LongVector b = plane(what, i).not();
            sum(a, b, carry).intoArray(counters, to + i);
            carry = carry(a, b, carry);
        }
    }

    @Override
    public void largest(long[] counters, int groups, int step, int planes, long[] largest, long[] numbers, int bits) {
        System.arraycopy(counters, 0, largest, 0, planes * WORDS);
        for (int bit = 0; bit < bits; bit++) {
            LongVector.zero(SPECIES).intoArray(numbers, bit * WORDS);
        }
        for (int group = 1; group < groups; group++) {
            LongVector larger = larger(counters, group * step, planes, largest);
            for (int i = 0; i < planes * WORDS; i += WORDS) {
                choose(plane(largest, i), plane(counters, group * step + i), larger)
                        .intoArray(largest, i);
            }
            for (int bit = 0; bit < bits; bit++) {
                LongVector number = LongVector.broadcast(SPECIES, -(group >> bit & 1L));
                choose(plane(numbers, bit * WORDS), number, larger).intoArray(numbers, bit * WORDS);
            }
        }
    }

    private static LongVector choose(LongVector a, LongVector b, LongVector takeB) {
        return xor(a, xor(a, b).and(takeB));
    }

    private static LongVector larger(long[] counters, int at, int planes, long[] largest) {
        LongVector larger = LongVector.zero(SPECIES);
        LongVector equal = larger.not();
        for (int i = (planes - 1) * WORDS; i >= 0; i -= WORDS) {
            LongVector a = plane(counters, at + i);
            LongVector b = plane(largest, i);
            larger = larger.or(equal.and(a).lanewise(VectorOperators.AND_NOT, b));
            equal = equal.lanewise(VectorOperators.AND_NOT, xor(a, b));
        }
        return larger;
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
