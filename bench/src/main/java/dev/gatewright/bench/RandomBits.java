package dev.gatewright.bench;

import dev.gatewright.bits.BitMatrix;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Samples of fair coins. */
public final class RandomBits {
    private RandomBits() {}

    /** Samples of so many bits, the same for the same seed. */
    public static BitMatrix of(long seed, int samples, int bits) {
        RandomGenerator random = new SplittableRandom(seed);
        BitMatrix matrix = new BitMatrix(samples, bits);
        for (int bit = 0; bit < bits; bit++) {
            for (int word = 0; word < matrix.wordsPerPlane(); word++) {
                matrix.setWord(bit, word, random.nextLong());
            }
        }
        return matrix;
    }
}
