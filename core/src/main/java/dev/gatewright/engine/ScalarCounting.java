package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** One word after the other, in the plainest way. */
record ScalarCounting(int words) implements Counting {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    @Override
    public void add(MemorySegment state, int[] slots, int from, int to, long[] counters, int at, int planes) {
        for (int i = from; i < to; i++) {
            for (int w = 0; w < words; w++) {
                long carry = state.getAtIndex(WORD, (long) slots[i] * words + w);
                for (int plane = at + w; carry != 0 && plane < at + planes * words; plane += words) {
                    long sum = counters[plane];
                    counters[plane] = sum ^ carry;
                    carry &= sum;
                }
            }
        }
    }

    @Override
    public void subtract(long[] counters, int to, long[] what, int planes) {
        for (int w = 0; w < words; w++) {
            long carry = 0;
            for (int i = w; i < planes * words; i += words) {
                long a = counters[to + i];
                long b = ~what[i];
                counters[to + i] = a ^ b ^ carry;
                carry = a & b | carry & (a ^ b);
            }
        }
    }

    @Override
    public void largest(long[] counters, int groups, int step, int planes, long[] largest, long[] numbers, int bits) {
        System.arraycopy(counters, 0, largest, 0, planes * words);
        Arrays.fill(numbers, 0, bits * words, 0);
        for (int group = 1; group < groups; group++) {
            for (int w = 0; w < words; w++) {
                long larger = larger(counters, group * step + w, planes, largest, w);
                for (int i = w; i < planes * words; i += words) {
                    largest[i] ^= (largest[i] ^ counters[group * step + i]) & larger;
                }
                for (int bit = 0; bit < bits; bit++) {
                    long number = -(group >> bit & 1L);
                    numbers[bit * words + w] ^= (numbers[bit * words + w] ^ number) & larger;
                }
            }
        }
    }

    private long larger(long[] counters, int at, int planes, long[] largest, int w) {
        long larger = 0;
        long equal = -1;
        for (int i = (planes - 1) * words; i >= 0; i -= words) {
            long a = counters[at + i];
            long b = largest[w + i];
            larger |= equal & a & ~b;
            equal &= ~(a ^ b);
        }
        return larger;
    }

    @Override
    public void transpose(long[] block, int at) {
        long mask = 0x00000000FFFFFFFFL;
        for (int distance = 32; distance > 0; distance >>= 1) {
            for (int row = 0; row < 64; row = (row + distance + 1) & ~distance) {
                int low = at + row * words;
                int high = low + distance * words;
                for (int w = 0; w < words; w++) {
                    long swap = (block[low + w] >>> distance ^ block[high + w]) & mask;
                    block[low + w] ^= swap << distance;
                    block[high + w] ^= swap;
                }
            }
            mask ^= mask << (distance >> 1);
        }
    }
}
