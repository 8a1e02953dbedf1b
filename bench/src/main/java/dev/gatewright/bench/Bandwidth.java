package dev.gatewright.bench;

import dev.gatewright.cli.bench.Quiet;
import java.util.ArrayList;
import java.util.List;

/** How fast this machine streams, by the triad {@code a[i] = b[i] + s · c[i]} on floats. */
final class Bandwidth {
    private static final int PASSES = 7;

    private Bandwidth() {}

    /**
     * Bytes a second, as STREAM counts them: two reads and a write a step, without the line that a write fetches
     * first. The best of several passes.
     *
     * @param floats length of each of a thread's three arrays
     */
    static double triad(int threads, int floats) {
        int repeats = Math.max(1, (1 << 25) / floats);
        List<float[][]> arrays = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            arrays.add(new float[3][floats]);
        }
        double best = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            long start = System.nanoTime();
            List<Thread> running = new ArrayList<>();
            for (float[][] own : arrays) {
                running.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < repeats; i++) {
                        triad(own[0], own[1], own[2], i);
                    }
                }));
            }
            running.forEach(Quiet::join);
            double seconds = (System.nanoTime() - start) / 1e9;
            best = Math.max(best, 3.0 * Float.BYTES * floats * repeats * threads / seconds);
        }
        return best;
    }

    private static void triad(float[] a, float[] b, float[] c, float s) {
        for (int i = 0; i < a.length; i++) {
            a[i] = b[i] + s * c[i];
        }
    }
}
