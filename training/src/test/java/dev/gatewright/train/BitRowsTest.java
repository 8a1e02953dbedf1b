package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitRowsTest {
    /** Neither fills its last words. */
    private static final int SAMPLES = 203;

    private static final int BITS = 77;

    @Test
    void transposesASquare() {
        Random random = new Random(1);
        int[] square = random.ints(BitSquare.SIDE).toArray();
        int[] turned = square.clone();
        BitSquare.transpose(turned);
        for (int row = 0; row < BitSquare.SIDE; row++) {
            for (int column = 0; column < BitSquare.SIDE; column++) {
                assertThat(turned[column] >>> row & 1).isEqualTo(square[row] >>> column & 1);
            }
        }
    }

    @Test
    void givesTheBitsOfTheSamplesAskedFor() {
        BitMatrix matrix = random();
        BitRows rows = new BitRows(matrix);
        int[] order = new Random(3).ints(40, 0, SAMPLES).toArray();
        int from = 5;
        int count = 30;
        int[] words = new int[BITS];
        float[] slab = new float[BITS * Kernels.TILE];
        int[] rowOfBit = new int[BITS];
        for (int bit = 0; bit < BITS; bit++) {
            rowOfBit[bit] = BITS - 1 - bit;
        }
        rows.load(order, from, count, words);
        rows.load(order, from, count, slab, 0, rowOfBit);
        for (int bit = 0; bit < BITS; bit++) {
            for (int lane = 0; lane < Kernels.TILE; lane++) {
                boolean expected = lane < count && matrix.get(order[from + lane], bit);
                assertThat(words[bit] >>> lane & 1).isEqualTo(expected ? 1 : 0);
                assertThat(slab[rowOfBit[bit] * Kernels.TILE + lane]).isEqualTo(expected ? 1 : 0);
            }
        }
    }

    private static BitMatrix random() {
        Random random = new Random(2);
        BitMatrix matrix = new BitMatrix(SAMPLES, BITS);
        for (int bit = 0; bit < BITS; bit++) {
            for (int sample = 0; sample < SAMPLES; sample++) {
                matrix.set(sample, bit, random.nextBoolean());
            }
        }
        return matrix;
    }
}
