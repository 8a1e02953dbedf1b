package dev.gatewright.train;

import dev.gatewright.relax.Noise;
import dev.gatewright.relax.Relaxation;

/** The training kernels in plain Java: the definition that {@link VectorKernels} follows operation by operation. */
final class ScalarKernels implements Kernels {
    private final BitKernels bits = new ScalarBitKernels();

    @Override
    public void forward(LayerPlan plan, float[] coefficients, float[] slab, int in, int out) {
        for (int k = 0; k < plan.gates; k++) {
            int a = in + plan.enter[k] * TILE;
            int b = in + plan.leave[k] * TILE;
            int o = out + plan.out[k] * TILE;
            for (int j = 0; j < TILE; j++) {
                slab[o + j] = value(coefficients, k, slab[a + j], slab[b + j]);
            }
        }
    }

    @Override
    public void forwardSums(LayerPlan plan, float[] coefficients, float[] slab, int in, int out) {
        for (int k = 0; k < plan.gates; k++) {
            int a = in + plan.enter[k] * TILE;
            int b = in + plan.leave[k] * TILE;
            int o = out + plan.out[k] * TILE;
            for (int j = 0; j < TILE; j++) {
                slab[o + j] += value(coefficients, k, slab[a + j], slab[b + j]);
            }
        }
    }

    private static float value(float[] coefficients, int k, float a, float b) {
        int c = k * COEFFICIENTS;
        float slope = Math.fma(coefficients[c + 3], a, coefficients[c + 2]);
        return Math.fma(b, slope, Math.fma(coefficients[c + 1], a, coefficients[c]));
    }

    @Override
    public void backward(
            LayerPlan plan,
            float[] coefficients,
            float[] slab,
            int in,
            int outGradient,
            int inGradient,
            float[] sums,
            boolean first) {
        for (int k = 0; k < plan.gates; k++) {
            int c = k * COEFFICIENTS;
            int from = in + plan.enter[k] * TILE;
            int and = in + plan.leave[k] * TILE;
            int enter = inGradient + plan.enterGradient[k] * TILE;
            int leave = inGradient + plan.leaveGradient[k] * TILE;
            int g = outGradient + plan.outGradient[k] * TILE;
            // Before the gradients, which may take the row of the output's.
            addSums(slab, from, and, g, sums, k * SUMS, first);
            for (int j = 0; j < TILE; j++) {
                float a = slab[from + j];
                float b = slab[and + j];
                float toEnter = slab[g + j] * Math.fma(coefficients[c + 3], b, coefficients[c + 1]);
                float toLeave = slab[g + j] * Math.fma(coefficients[c + 3], a, coefficients[c + 2]);
                slab[enter + j] = Math.fma(plan.keepEnter[k], slab[enter + j], toEnter);
                slab[leave + j] = Math.fma(plan.keepLeave[k], slab[leave + j], toLeave);
            }
        }
    }

    @Override
    public void backwardFirst(
            LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient, float[] sums, boolean first) {
        for (int k = 0; k < plan.gates; k++) {
            int a = in + plan.enter[k] * TILE;
            int b = in + plan.leave[k] * TILE;
            addSums(slab, a, b, outGradient + plan.outGradient[k] * TILE, sums, k * SUMS, first);
        }
    }

    /** Sums over a tile as eight lanes do it: lane-wise first, then halves, quarters and neighbours together. */
    private static void addSums(float[] slab, int a, int b, int g, float[] sums, int to, boolean first) {
        float[] sum = new float[LANES];
        float[] sumA = new float[LANES];
        float[] sumB = new float[LANES];
        float[] sumAb = new float[LANES];
        for (int j = 0; j < TILE; j++) {
            int lane = j % LANES;
            float ga = slab[g + j] * slab[a + j];
            sum[lane] += slab[g + j];
            sumA[lane] += ga;
            sumB[lane] = Math.fma(slab[g + j], slab[b + j], sumB[lane]);
            sumAb[lane] = Math.fma(ga, slab[b + j], sumAb[lane]);
        }
        addHalves(sum, sums, to, first);
        addHalves(sumB, sums, to + 2, first);
        addHalves(sumA, sums, to + 4, first);
        addHalves(sumAb, sums, to + 6, first);
    }

    /** Adds lanes to two sums, of the even ones and of the odd ones; the {@code first} to come replaces what was there. */
    static void addHalves(float[] lanes, float[] sums, int to, boolean first) {
        float even = (lanes[0] + lanes[4]) + (lanes[2] + lanes[6]);
        float odd = (lanes[1] + lanes[5]) + (lanes[3] + lanes[7]);
        sums[to] = first ? even : sums[to] + even;
        sums[to + 1] = first ? odd : sums[to + 1] + odd;
    }

    @Override
    public void project(
            Relaxation relaxation,
            float sharpness,
            float[] parameters,
            float[] coefficients,
            int from,
            int to,
            float[] scratch) {
        ScalarUpdate.project(relaxation, sharpness, parameters, coefficients, from, to, scratch);
    }

    @Override
    public void update(
            Relaxation relaxation,
            float sharpness,
            AdamStep adam,
            float[][] sums,
            float[] seen,
            float[] parameters,
            float[][] moments,
            int from,
            int to,
            float[] scratch) {
        ScalarUpdate.update(relaxation, sharpness, adam, sums, seen, parameters, moments, from, to, scratch);
    }

    @Override
    public void perturb(Noise noise, long key, float[] parameters, float[] seen, int from, int to) {
        ScalarUpdate.perturb(noise, key, parameters, seen, from, to);
    }

    @Override
    public BitKernels bits() {
        return bits;
    }

    @Override
    public WireKernels wires() {
        return new ScalarWireKernels();
    }

    @Override
    public LutKernels luts() {
        return new ScalarLutKernels();
    }

    @Override
    public ConvKernels convs() {
        return new ScalarConvKernels();
    }
}
