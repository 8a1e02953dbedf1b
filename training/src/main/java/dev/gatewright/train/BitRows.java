package dev.gatewright.train;

import dev.gatewright.bits.BitMatrix;
import java.util.Arrays;

/** Encoded samples row after row, the form in which shuffled samples are cheap to fetch: 32 bits a word. */
final class BitRows {
    private static final int WORD = BitSquare.SIDE;

    private final int bits;
    private final int wordsPerRow;
    private final int[] words;

    /** Rows of zeros. */
    BitRows(int samples, int bits) {
        this.bits = bits;
        wordsPerRow = (bits + WORD - 1) / WORD;
        words = new int[Math.multiplyExact(samples, wordsPerRow)];
    }

    BitRows(BitMatrix matrix) {
        this(matrix.samples(), matrix.bits());
        int[] square = new int[WORD];
        for (int w = 0; w < wordsPerRow; w++) {
            int rows = Math.min(bits - w * WORD, WORD);
            for (int first = 0; first < matrix.samples(); first += WORD) {
                for (int bit = 0; bit < WORD; bit++) {
                    square[bit] = bit < rows ? (int) (matrix.word(w * WORD + bit, first >> 6) >>> (first & WORD)) : 0;
                }
                BitSquare.transpose(square);
                int end = Math.min(matrix.samples() - first, WORD);
                for (int i = 0; i < end; i++) {
                    words[(first + i) * wordsPerRow + w] = square[i];
                }
            }
        }
    }

    /** Makes bit {@code i} of a sample whether pixel {@code pixels[i]} of its image is greater than {@code limits[i]}. */
    void encode(int sample, byte[] image, int[] pixels, int[] limits) {
        int at = sample * wordsPerRow;
        for (int first = 0; first < bits; first += WORD) {
            int end = Math.min(bits, first + WORD);
            int word = 0;
            for (int bit = first; bit < end; bit++) {
                word |= limits[bit] - (image[pixels[bit]] & 0xFF) >>> WORD - 1 << bit;
            }
            words[at++] = word;
        }
    }

    /** Writes the bits of {@code count} samples as words, one a bit; other lanes become 0. */
    void load(int[] samples, int from, int count, int[] bits) {
        int[] lanes = new int[Kernels.TILE];
        for (int w = 0; w < wordsPerRow; w++) {
            for (int lane = 0; lane < count; lane++) {
                lanes[lane] = words[samples[from + lane] * wordsPerRow + w];
            }
            Arrays.fill(lanes, count, WORD, 0);
            BitSquare.transpose(lanes);
            System.arraycopy(lanes, 0, bits, w * WORD, Math.min(this.bits - w * WORD, WORD));
        }
    }

    /**
     * Writes the bits of {@code count} samples as rows of 0 and 1, bit {@code i} as row {@code rowOfBit[i]} of those that
     * start at {@code slab[to]}; other lanes become 0.
     */
    void load(int[] samples, int from, int count, float[] slab, int to, int[] rowOfBit) {
        int[] lanes = new int[Kernels.TILE];
        for (int w = 0; w < wordsPerRow; w++) {
            for (int lane = 0; lane < count; lane++) {
                lanes[lane] = words[samples[from + lane] * wordsPerRow + w];
            }
            int end = Math.min(bits - w * WORD, WORD);
            for (int bit = 0; bit < end; bit++) {
                int row = to + rowOfBit[w * WORD + bit] * Kernels.TILE;
                for (int lane = 0; lane < Kernels.TILE; lane++) {
                    slab[row + lane] = lanes[lane] >>> bit & 1;
                }
            }
        }
    }
}
