package dev.gatewright.train;

import dev.gatewright.relax.Relaxation;

/** The exchange between a block's lanes and the rows of the gate kernels, the same for both twins. */
final class Blocks {
    private static final int LANES = Kernels.LANES;

    private Blocks() {}

    /**
     * From the chunks' sums over the bilinear basis to gradients of the corners,
     * {@code gradients[corner · LANES + lane]}; the transpose of {@link #coefficients}.
     */
    static void cornerGradients(float[][] sums, int block, float[] gradients) {
        for (int lane = 0; lane < LANES; lane++) {
            int s = (block * LANES + lane) * Kernels.SUMS;
            float one = 0;
            float enter = 0;
            float leave = 0;
            float both = 0;
            for (float[] chunk : sums) {
                one += chunk[s];
                leave += chunk[s + 2];
                enter += chunk[s + 4];
                both += chunk[s + 6];
            }
            gradients[lane] = (one - enter) - (leave - both);
            gradients[LANES + lane] = enter - both;
            gradients[2 * LANES + lane] = leave - both;
            gradients[3 * LANES + lane] = both;
        }
    }

    /** From corners, {@code corners[from + corner · LANES + lane]}, to the coefficients of the bilinear basis. */
    static void coefficients(float[] corners, int from, float[] coefficients, int block) {
        for (int lane = 0; lane < LANES; lane++) {
            int c = (block * LANES + lane) * Relaxation.CORNERS;
            float v0 = corners[from + lane];
            float v1 = corners[from + LANES + lane];
            float v2 = corners[from + 2 * LANES + lane];
            float v3 = corners[from + 3 * LANES + lane];
            coefficients[c] = v0;
            coefficients[c + 1] = v1 - v0;
            coefficients[c + 2] = v2 - v0;
            coefficients[c + 3] = (v3 - v2) - (v1 - v0);
        }
    }
}
