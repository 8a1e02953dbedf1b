package dev.gatewright.train;

/**
 * Where training stands, for what changes with it: temperatures and noise.
 *
 * @param seed of the run
 * @param step steps done
 * @param steps steps to do
 */
record Moment(long seed, long step, long steps) {
    /** A moment for steps that are no part of a run. */
    static final Moment START = new Moment(0, 0, 1);

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    Moment next() {
        return new Moment(seed, step + 1, steps);
    }

    /** The part of the steps that is done, 0 to 1. */
    double progress() {
        return Math.min(1, step / (double) steps);
    }

    /** A number for the noise of layer {@code layer} in the coming step. */
    long key(int layer) {
        return mix(mix(mix(seed + GOLDEN) + step * GOLDEN) + layer);
    }

    /** The finaliser of Steele and others, "Fast splittable pseudorandom number generators" (2014). */
    private static long mix(long z) {
        long x = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }
}
