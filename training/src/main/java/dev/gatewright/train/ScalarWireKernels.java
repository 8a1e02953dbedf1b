package dev.gatewright.train;

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
            int g = outGradient + plan.out[k] * TILE;
            int to = 2 * k * TILE;
            for (int j = 0; j < TILE; j++) {
                gradients[to + j] = slab[g + j] * Math.fma(coefficients[c + 3], slab[b + j], coefficients[c + 1]);
                gradients[to + TILE + j] =
                        slab[g + j] * Math.fma(coefficients[c + 3], slab[a + j], coefficients[c + 2]);
            }
        }
    }

    @Override
    public void bitScores(float[] gradients, int[] starts, int[] samples, int wires, float[] scores) {
        for (int wire = 0; wire < wires; wire++) {
            for (int lane = 0; lane < BLOCK; lane++) {
                float sum = 0;
                for (int i = starts[wire]; i < starts[wire + 1]; i++) {
                    sum += gradients[samples[i] * BLOCK + lane];
                }
                scores[(lane / LANES * wires + wire) * LANES + lane % LANES] = sum;
            }
        }
    }

    @Override
    public void denseScores(float[] gradients, float[][] values, int tiles, int rows, float[] scores) {
        for (int row = 0; row < rows; row++) {
            for (int lane = 0; lane < BLOCK; lane++) {
                float sum = 0;
                for (int sample = 0; sample < tiles * TILE; sample++) {
                    float value = values[sample / TILE][row * TILE + sample % TILE];
                    sum = Math.fma(gradients[sample * BLOCK + lane], value, sum);
                }
                scores[(lane / LANES * rows + row) * LANES + lane % LANES] = sum;
            }
        }
    }

    @Override
    public void candidateScores(
            float[][] gradients,
            int firstRow,
            float[][] values,
            int tiles,
            int[] wires,
            int from,
            int candidates,
            float[] scores) {
        for (int slot = 0; slot < BLOCK; slot++) {
            int row = (firstRow + slot) * TILE;
            for (int k = 0; k < candidates; k++) {
                int at = (slot / LANES * candidates + k) * LANES + slot % LANES;
                int wire = wires[from + at] * TILE;
                float[] sums = new float[TILE];
                for (int tile = 0; tile < tiles; tile++) {
                    for (int j = 0; j < TILE; j++) {
                        sums[j] = Math.fma(gradients[tile][row + j], values[tile][wire + j], sums[j]);
                    }
                }
                scores[at] = sum(sums);
            }
        }
    }

    @Override
    public void bitCandidateScores(
            float[][] gradients,
            int firstRow,
            int[][] masks,
            int tiles,
            int[] wires,
            int from,
            int candidates,
            float[] scores) {
        for (int slot = 0; slot < BLOCK; slot++) {
            int row = (firstRow + slot) * TILE;
            for (int k = 0; k < candidates; k++) {
                int at = (slot / LANES * candidates + k) * LANES + slot % LANES;
                int wire = wires[from + at];
                float[] sums = new float[TILE];
                for (int tile = 0; tile < tiles; tile++) {
                    for (int j = 0; j < TILE; j++) {
                        sums[j] += (masks[tile][wire] >>> j & 1) != 0 ? gradients[tile][row + j] : 0;
                    }
                }
                scores[at] = sum(sums);
            }
        }
    }

    private static float sum(float[] sums) {
        float[] lanes = new float[LANES];
        for (int j = 0; j < LANES; j++) {
            lanes[j] = (sums[j] + sums[j + LANES]) + (sums[j + 2 * LANES] + sums[j + 3 * LANES]);
        }
        float even = (lanes[0] + lanes[4]) + (lanes[2] + lanes[6]);
        return even + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
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
            for (int i = lane; i < candidates * LANES; i += LANES) {
                float depth = Math.max((logits[at + i] - top[topAt + lane]) * inverseTemperature, SOFTMAX_DEPTH);
                float e = FloatMath.exp(depth);
                shares[i] = e;
                sum += e;
                weighted = Math.fma(e, scores[scoresAt + i], weighted);
            }
            float mean = weighted / sum;
            float scale = inverseTemperature / sum;
            float max = Float.NEGATIVE_INFINITY;
            for (int k = 0; k < candidates; k++) {
                int i = k * LANES + lane;
                float gradient = shares[i] * scale * (scores[scoresAt + i] - mean);
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
