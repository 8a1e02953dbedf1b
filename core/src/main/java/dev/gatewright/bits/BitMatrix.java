package dev.gatewright.bits;

import java.util.Arrays;
import java.util.Objects;

/**
 * Samples × bits, stored one plane a bit: the waist between data and circuits.
 *
 * <p>A plane holds one lane a sample: sample {@code s} sits in bit {@code s & 63} of word {@code s >> 6}. Lanes beyond
 * the last sample are always zero. Planes follow each other in one array, so that an engine reads words of one bit in
 * sequence. Memory is {@code bits · ⌈samples / 64⌉} words.
 */
public final class BitMatrix {
    private final int samples;
    private final int bits;
    private final int wordsPerPlane;
    private final long[] words;

    /**
     * A matrix of all-false bits.
     *
     * @throws IllegalArgumentException if a size is negative or the matrix would need more than 2³¹ − 9 words
     */
    public BitMatrix(int samples, int bits) {
        if (samples < 0 || bits < 0) {
            throw new IllegalArgumentException("a bit matrix of " + samples + " samples × " + bits + " bits");
        }
        this.samples = samples;
        this.bits = bits;
        this.wordsPerPlane = (int) ((samples + 63L) >>> 6);
        long size = (long) bits * wordsPerPlane;
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a bit matrix of " + samples + " samples × " + bits + " bits needs " + size + " words");
        }
        this.words = new long[(int) size];
    }

    public int samples() {
        return samples;
    }

    public int bits() {
        return bits;
    }

    /** Words in one plane: ⌈samples / 64⌉. */
    public int wordsPerPlane() {
        return wordsPerPlane;
    }

    public boolean get(int sample, int bit) {
        Objects.checkIndex(sample, samples);
        return (words[index(bit, sample >> 6)] >>> sample & 1) != 0;
    }

    public void set(int sample, int bit, boolean value) {
        Objects.checkIndex(sample, samples);
        long mask = 1L << sample;
        int index = index(bit, sample >> 6);
        words[index] = value ? words[index] | mask : words[index] & ~mask;
    }

    /** Word {@code word} of the plane of {@code bit}: 64 samples. */
    public long word(int bit, int word) {
        return words[index(bit, word)];
    }

    /** Replaces 64 samples of one bit at once; lanes beyond the last sample are dropped. */
    public void setWord(int bit, int word, long value) {
        words[index(bit, word)] = value & laneMask(word);
    }

    /** Which lanes of word {@code word} are samples. */
    public long laneMask(int word) {
        return word == wordsPerPlane - 1 && (samples & 63) != 0 ? (1L << samples) - 1 : -1L;
    }

    /**
     * The live storage, plane after plane, for kernels that read it in bulk: word {@code w} of bit {@code b} is
     * {@code planes()[b · wordsPerPlane() + w]}. A writer keeps lanes beyond the last sample zero.
     */
    public long[] planes() {
        return words;
    }

    /** The given samples, in the given order, as a matrix of their own. */
    public BitMatrix select(int[] rows) {
        BitMatrix selected = new BitMatrix(rows.length, bits);
        for (int row : rows) {
            Objects.checkIndex(row, samples);
        }
        for (int bit = 0; bit < bits; bit++) {
            int from = bit * wordsPerPlane;
            int to = bit * selected.wordsPerPlane;
            for (int i = 0; i < rows.length; i++) {
                selected.words[to + (i >> 6)] |= (words[from + (rows[i] >> 6)] >>> rows[i] & 1) << i;
            }
        }
        return selected;
    }

    private int index(int bit, int word) {
        Objects.checkIndex(bit, bits);
        Objects.checkIndex(word, wordsPerPlane);
        return bit * wordsPerPlane + word;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BitMatrix that
                && samples == that.samples
                && bits == that.bits
                && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Objects.hash(samples, bits, Arrays.hashCode(words));
    }

    @Override
    public String toString() {
        return "BitMatrix[" + samples + " samples × " + bits + " bits]";
    }
}
