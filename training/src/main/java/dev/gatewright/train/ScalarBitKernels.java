package dev.gatewright.train;

import dev.gatewright.relax.Relaxation;

/** Gates on words in plain Java: the definition that {@link VectorBitKernels} follows operation by operation. */
final class ScalarBitKernels implements BitKernels {
    private static final int TILE = Kernels.TILE;
    private static final int LANES = Kernels.LANES;

    @Override
    public void tables(Relaxation relaxation, float[] parameters, boolean[] swapped, int[] tables, int from, int to) {
        Blocks.tables(relaxation, parameters, swapped, tables, from, to);
    }

    @Override
    public void forwardSums(LayerPlan plan, int[] functions, int[] bits, int in, float[] slab, int sums) {
        for (int k = 0; k < plan.gates; k++) {
            int word = BitKernels.word(plan, functions, bits, in, k);
            int to = sums + plan.out[k] * TILE;
            for (int j = 0; j < TILE; j++) {
                slab[to + j] += word >>> j & 1;
            }
        }
    }

    @Override
    public void expand(int[] bits, int from, int rows, float[] slab, int to) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < TILE; j++) {
                slab[to + row * TILE + j] = bits[from + row] >>> j & 1;
            }
        }
    }

    @Override
    public void backward(
            LayerPlan plan,
            float[] coefficients,
            int[] bits,
            int in,
            float[] slab,
            int outGradient,
            int inGradient,
            float[] sums,
            boolean first) {
        for (int k = 0; k < plan.gates; k++) {
            int c = k * Kernels.COEFFICIENTS;
            int a = bits[in + plan.enter[k]];
            int b = bits[in + plan.leave[k]];
            int g = outGradient + plan.outGradient[k] * TILE;
            int enter = inGradient + plan.enterGradient[k] * TILE;
            int leave = inGradient + plan.leaveGradient[k] * TILE;
            // Before the gradients, which may take the row of the output's.
            addSums(slab, a, b, g, sums, k * Kernels.SUMS, first);
            for (int j = 0; j < TILE; j++) {
                float delta = slab[g + j];
                float toEnter = Math.fma(coefficients[c + 3], where(b, j, delta), coefficients[c + 1] * delta);
                float toLeave = Math.fma(coefficients[c + 3], where(a, j, delta), coefficients[c + 2] * delta);
                slab[enter + j] = Math.fma(plan.keepEnter[k], slab[enter + j], toEnter);
                slab[leave + j] = Math.fma(plan.keepLeave[k], slab[leave + j], toLeave);
            }
        }
    }

    private static float where(int word, int j, float value) {
        return (word >>> j & 1) != 0 ? value : 0;
    }

    @Override
    public void backwardFirst(
            LayerPlan plan, int[] bits, int in, float[] slab, int outGradient, float[] sums, boolean first) {
        for (int k = 0; k < plan.gates; k++) {
            int a = bits[in + plan.enter[k]];
            int b = bits[in + plan.leave[k]];
            addSums(slab, a, b, outGradient + plan.outGradient[k] * TILE, sums, k * Kernels.SUMS, first);
        }
    }

    private static void addSums(float[] slab, int a, int b, int g, float[] sums, int to, boolean first) {
        float[][] lanes = new float[4][LANES];
        for (int j = 0; j < TILE; j++) {
            float delta = slab[g + j];
            lanes[0][j % LANES] += delta;
            lanes[1][j % LANES] += where(b, j, delta);
            lanes[2][j % LANES] += where(a, j, delta);
            lanes[3][j % LANES] += where(a & b, j, delta);
        }
        for (int i = 0; i < lanes.length; i++) {
            ScalarKernels.addHalves(lanes[i], sums, to + 2 * i, first);
        }
    }

    @Override
    public void inputGradients(
            LayerPlan plan,
            float[] coefficients,
            int[] bits,
            int in,
            float[] slab,
            int outGradient,
            float[] gradients) {
        for (int k = 0; k < plan.gates; k++) {
            int c = k * Kernels.COEFFICIENTS;
            int a = bits[in + plan.enter[k]];
            int b = bits[in + plan.leave[k]];
            int g = outGradient + plan.outGradient[k] * TILE;
            int to = 2 * k * TILE;
            for (int j = 0; j < TILE; j++) {
                float delta = slab[g + j];
                gradients[to + j] = Math.fma(coefficients[c + 3], where(b, j, delta), coefficients[c + 1] * delta);
                gradients[to + TILE + j] =
                        Math.fma(coefficients[c + 3], where(a, j, delta), coefficients[c + 2] * delta);
            }
        }
    }
}
