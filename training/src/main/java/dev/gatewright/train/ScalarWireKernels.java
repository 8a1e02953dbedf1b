package dev.gatewright.train;

import java.util.Arrays;

/** Learned wiring in plain Java: the definition that {@link VectorWireKernels} follows operation by operation. */
final class ScalarWireKernels implements WireKernels {
    private static final int TILE = Kernels.TILE;

    @Override
    public void inputGradients(
            LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient, float[] gradients) {
        for (int k = 0; k < plan.gates; k++) {
            int c = k * Kernels.COEFFICIENTS;
            int a = in + plan.enter[k] * TILE;
            int b = in + plan.leave[k] * TILE;
            int g = outGradient + plan.outGradient[k] * TILE;
            int to = 2 * k * TILE;
            for (int j = 0; j < TILE; j++) {
                gradients[to + j] = slab[g + j] * Math.fma(coefficients[c + 3], slab[b + j], coefficients[c + 1]);
                gradients[to + TILE + j] =
                        slab[g + j] * Math.fma(coefficients[c + 3], slab[a + j], coefficients[c + 2]);
            }
        }
    }

    @Override
    public void masks(float[] slab, int in, int rows, int[] masks) {
        for (int row = 0; row < rows; row++) {
            int mask = 0;
            for (int j = 0; j < TILE; j++) {
                mask |= (slab[in + row * TILE + j] > 0.5f ? 1 : 0) << j;
            }
            masks[row] = mask;
        }
    }

    @Override
    public void scores(
            float[][] gradients, int firstRow, int[][] masks, int tiles, int wires, float[] table, float[] scores) {
        Arrays.fill(scores, 0, wires * BLOCK, 0);
        for (int tile = 0; tile < tiles; tile++) {
            for (int slot = 0; slot < BLOCK; slot++) {
                int row = (firstRow + slot) * TILE;
                for (int wire = 0; wire < wires; wire++) {
                    int at = wire * BLOCK + slot;
                    for (int first = 0; first < TILE; first += SUBSET) {
                        scores[at] += subset(gradients[tile], row + first, SUBSET, masks[tile][wire] >>> first);
                    }
                }
            }
        }
    }

    private static float subset(float[] gradients, int from, int count, int bits) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (bits >>> i & 1) != 0 ? gradients[from + i] : 0;
        }
        return sum;
    }

    @Override
    public void candidateScores(
            float[][] gradients,
            int firstRow,
            int[] words,
            int tiles,
            int[] wires,
            int from,
            int candidates,
            int[] own,
            float[] sums,
            float[] scores) {
        for (int slot = 0; slot < BLOCK; slot++) {
            int row = (firstRow + slot) * TILE;
            for (int k = 0; k < candidates; k++) {
                int wire = wires[from + (slot / LANES * candidates + k) * LANES + slot % LANES];
                float sum = 0;
                for (int tile = 0; tile < tiles; tile++) {
                    for (int first = 0; first < TILE; first += TRIPLE) {
                        int count = Math.min(TRIPLE, TILE - first);
                        sum += subset(gradients[tile], row + first, count, words[wire * tiles + tile] >>> first);
                    }
                }
                scores[k * BLOCK + slot] = sum;
            }
        }
    }

    @Override
    public void lookUp(float[] gradients, int row, int[] words, int at, float[] sums) {
        for (int k = 0; k < LOOK_UPS; k++) {
            for (int first = 0; first < TILE; first += TRIPLE) {
                sums[k] += subset(gradients, row + first, Math.min(TRIPLE, TILE - first), words[at + k] >>> first);
            }
        }
    }

    @Override
    public void update(
            Kernels.AdamStep adam,
            float inverseTemperature,
            int candidates,
            float[] logits,
            float[][] moments,
            int at,
            float[] scores,
            int scoresAt,
            float[] top,
            int topAt,
            float[] best,
            int bestAt,
            float[] shares) {
        for (int lane = 0; lane < LANES; lane++) {
            float sum = 0;
            float weighted = 0;
            for (int k = 0; k < candidates; k++) {
                int i = k * LANES + lane;
                float depth = Math.max((logits[at + i] - top[topAt + lane]) * inverseTemperature, SOFTMAX_DEPTH);
                float e = FloatMath.exp(depth);
                shares[i] = e;
                sum += e;
                weighted = Math.fma(e, scores[scoresAt + k * BLOCK + lane], weighted);
            }
            float mean = weighted / sum;
            float scale = inverseTemperature / sum;
            float max = Float.NEGATIVE_INFINITY;
            for (int k = 0; k < candidates; k++) {
                int i = k * LANES + lane;
                float gradient = shares[i] * scale * (scores[scoresAt + k * BLOCK + lane] - mean);
                ScalarUpdate.step(adam, logits, moments, at + i, gradient);
                if (logits[at + i] > max) {
                    max = logits[at + i];
                    best[bestAt + lane] = k;
                }
            }
            top[topAt + lane] = max;
        }
    }
}
