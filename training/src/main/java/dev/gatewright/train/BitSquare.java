package dev.gatewright.train;

/** A square of 32 × 32 bits, as 32 words. */
final class BitSquare {
    static final int SIDE = 32;

    private BitSquare() {}

    /**
     * Turns rows into columns: bit {@code i} of word {@code k} becomes bit {@code k} of word {@code i}. Five rounds swap
     * ever smaller blocks (Warren, "Hacker's Delight", section 7-3).
     */
    static void transpose(int[] words) {
        int mask = 0x0000FFFF;
        for (int side = SIDE / 2; side > 0; side /= 2) {
            for (int k = 0; k < SIDE; k = k + side + 1 & ~side) {
                int swapped = (words[k] >>> side ^ words[k + side]) & mask;
                words[k] ^= swapped << side;
                words[k + side] ^= swapped;
            }
            mask ^= mask << side / 2;
        }
    }
}
