package dev.gatewright.verify;

import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.InputRelations;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Whether two circuits compute the same function: proved by trying everything for up to {@value #EXHAUSTIVE_INPUTS}
 * inputs, else searched for differences with patterns that find them: random, all false, all true, one-hot, one-cold,
 * and biased to 1/8 and 7/8. Where inputs are related, half of the patterns are drawn among those allowed, and of the
 * others those allowed are tried. Of millions of gates on many inputs, not all one-hot patterns are tried.
 */
public final class SameFunction {
    /** Up to this many inputs every assignment is tried. */
    public static final int EXHAUSTIVE_INPUTS = 16;

    private static final int RANDOM_WORDS = 64;
    /** Gates times words that are tried beyond the random ones: some minutes. */
    private static final long MOST_WORK = 1L << 36;

    private SameFunction() {}

    /**
     * An input on which the circuits differ, if one was found.
     *
     * @throws IllegalArgumentException if they differ in their numbers of inputs or outputs
     */
    public static Optional<boolean[]> counterExample(CircuitForm one, CircuitForm other, long seed) {
        return counterExample(one, other, InputRelations.none(one.inputs()), seed);
    }

    /**
     * An input on which the relations hold and the circuits differ, if one was found.
     *
     * @throws IllegalArgumentException if circuits and relations differ in their numbers of inputs or outputs
     */
    public static Optional<boolean[]> counterExample(
            CircuitForm one, CircuitForm other, InputRelations relations, long seed) {
        if (relations.inputs() != one.inputs()) {
            throw new IllegalArgumentException("relations of " + relations.inputs() + " inputs for " + one);
        }
        if (one.inputs() != other.inputs() || one.outputs() != other.outputs()) {
            throw new IllegalArgumentException("circuits of different shape: " + one + " and " + other);
        }
        WordSimulator first = new WordSimulator(one);
        WordSimulator second = new WordSimulator(other);
        long[] in = new long[one.inputs()];
        int words = patternWords(one.inputs());
        if (one.inputs() > EXHAUSTIVE_INPUTS) {
            long gates = Math.max(1, one.unrolledGates() + other.unrolledGates());
            words = (int) Math.min(words, Math.max(3 * RANDOM_WORDS, MOST_WORK / gates));
        }
        for (int word = 0; word < words; word++) {
            fill(in, word, seed);
            if (word % 2 == 0 && in.length > EXHAUSTIVE_INPUTS) {
                relations.draw(in, new SplittableRandom(seed + word));
            } else if (in.length > EXHAUSTIVE_INPUTS) {
                relations.close(in);
            }
            long difference = first.difference(second, in) & relations.allowed(in);
            if (difference != 0) {
                int lane = Long.numberOfTrailingZeros(difference);
                boolean[] example = new boolean[in.length];
                for (int i = 0; i < in.length; i++) {
                    example[i] = (in[i] >>> lane & 1) != 0;
                }
                return Optional.of(example);
            }
        }
        return Optional.empty();
    }

    /** How many words of 64 input assignments are tried for this many inputs. */
    static int patternWords(int inputs) {
        if (inputs <= EXHAUSTIVE_INPUTS) {
            return inputs <= 6 ? 1 : 1 << inputs - 6;
        }
        return 3 * RANDOM_WORDS + 2 * oneHotBlocks(inputs);
    }

    private static int oneHotBlocks(int inputs) {
        return inputs / 64 + 1;
    }

    /** The assignments of pattern word {@code word}, one a lane. */
    static void fill(long[] in, int word, long seed) {
        if (in.length <= EXHAUSTIVE_INPUTS) {
            fillCounting(in, word);
        } else if (word < 3 * RANDOM_WORDS) {
            fillRandom(in, word, seed);
        } else {
            fillOneHot(in, word - 3 * RANDOM_WORDS);
        }
    }

    private static void fillCounting(long[] in, int word) {
        for (int i = 0; i < in.length; i++) {
            long bits = 0;
            for (int lane = 0; lane < 64; lane++) {
                bits |= (long) ((word * 64 + lane) >> i & 1) << lane;
            }
            in[i] = bits;
        }
    }

    private static void fillRandom(long[] in, int word, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + word);
        for (int i = 0; i < in.length; i++) {
            long a = random.nextLong();
            long b = random.nextLong();
            long c = random.nextLong();
            in[i] = switch (word % 3) {
                case 0 -> a;
                case 1 -> a & b & c;
                default -> a | b | c;
            };
        }
    }

    /**
     * Lane {@code l} of block {@code k} sets input {@code 64 k + l − 1} alone, lane 0 of block 0 nothing; the later
     * half of the blocks is the inverse.
     */
    private static void fillOneHot(long[] in, int block) {
        int blocks = oneHotBlocks(in.length);
        long rest = block < blocks ? 0 : -1;
        for (int i = 0; i < in.length; i++) {
            in[i] = i + 1 >> 6 == block % blocks ? rest ^ 1L << i + 1 : rest;
        }
    }
}
