package dev.gatewright.train;

import dev.gatewright.logic.TruthTable;
import dev.gatewright.relax.Light;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;

/** The training kernels in plain Java: the definition that {@link VectorKernels} follows operation by operation. */
final class ScalarKernels implements Kernels {
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
            LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient, int inGradient, float[] sums) {
        for (int k = 0; k < plan.gates; k++) {
            int c = k * COEFFICIENTS;
            int enter = plan.enter[k] * TILE;
            int leave = plan.leave[k] * TILE;
            int g = outGradient + plan.out[k] * TILE;
            for (int j = 0; j < TILE; j++) {
                float a = slab[in + enter + j];
                float b = slab[in + leave + j];
                float toEnter = slab[g + j] * Math.fma(coefficients[c + 3], b, coefficients[c + 1]);
                float toLeave = slab[g + j] * Math.fma(coefficients[c + 3], a, coefficients[c + 2]);
                slab[inGradient + enter + j] = Math.fma(plan.keepEnter[k], slab[inGradient + enter + j], toEnter);
                slab[inGradient + leave + j] = Math.fma(plan.keepLeave[k], slab[inGradient + leave + j], toLeave);
            }
            addSums(slab, in + enter, in + leave, g, sums, k * SUMS);
        }
    }

    @Override
    public void backwardFirst(
            LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient, float[] sums) {
        for (int k = 0; k < plan.gates; k++) {
            int a = in + plan.enter[k] * TILE;
            int b = in + plan.leave[k] * TILE;
            addSums(slab, a, b, outGradient + plan.out[k] * TILE, sums, k * SUMS);
        }
    }

    /** Sums over a tile as eight lanes do it: lane-wise first, then halves, quarters and neighbours together. */
    private static void addSums(float[] slab, int a, int b, int g, float[] sums, int to) {
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
        addTwice(sums, to, reduce(sum));
        addTwice(sums, to + 2, reduce(sumB));
        addTwice(sums, to + 4, reduce(sumA));
        addTwice(sums, to + 6, reduce(sumAb));
    }

    private static void addTwice(float[] sums, int to, float value) {
        sums[to] += value;
        sums[to + 1] += value;
    }

    private static float reduce(float[] lanes) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }

    @Override
    public void project(Relaxation relaxation, float[] parameters, float[] coefficients, int from, int to) {
        float[] corners = new float[Relaxation.CORNERS * LANES];
        float[] weights = new float[Softmax16.FUNCTIONS];
        for (int block = from; block < to; block++) {
            for (int lane = 0; lane < LANES; lane++) {
                corners(relaxation, parameters, block * relaxation.parameters() * LANES + lane, corners, lane, weights);
            }
            Blocks.coefficients(corners, 0, coefficients, block);
        }
    }

    private static void corners(
            Relaxation relaxation, float[] parameters, int at, float[] corners, int lane, float[] weights) {
        switch (relaxation) {
            case Softmax16 ignored -> softmaxCorners(parameters, at, corners, lane, weights);
            case Light light -> {
                for (int i = 0; i < Relaxation.CORNERS; i++) {
                    float parameter = parameters[at + i * LANES];
                    corners[i * LANES + lane] = switch (light.estimator()) {
                        case SIGMOID -> 1 / (1 + FloatMath.exp(-parameter));
                        case SINE -> Math.fma(0.5f, FloatMath.sin(parameter), 0.5f);
                    };
                }
            }
        }
    }

    /** Leaves the unnormalised weights of the functions in {@code weights} and returns the inverse of their sum. */
    private static float softmaxCorners(float[] parameters, int at, float[] corners, int lane, float[] weights) {
        float max = parameters[at];
        for (int t = 1; t < Softmax16.FUNCTIONS; t++) {
            max = Math.max(max, parameters[at + t * LANES]);
        }
        float sum = 0;
        for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
            weights[t] = FloatMath.exp(parameters[at + t * LANES] - max);
            sum += weights[t];
        }
        float scale = 1 / sum;
        for (int i = 0; i < Relaxation.CORNERS; i++) {
            float corner = 0;
            for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
                corner += TruthTable.value(t, i) ? weights[t] : 0;
            }
            corners[i * LANES + lane] = corner * scale;
        }
        return scale;
    }

    @Override
    public void update(
            Relaxation relaxation,
            AdamStep adam,
            float[][] sums,
            float[] parameters,
            float[][] moments,
            float[] coefficients,
            int from,
            int to,
            float[] scratch) {
        for (int block = from; block < to; block++) {
            Blocks.cornerGradients(sums, block, scratch);
            for (int lane = 0; lane < LANES; lane++) {
                updateGate(
                        relaxation,
                        adam,
                        scratch,
                        lane,
                        parameters,
                        moments,
                        block * relaxation.parameters() * LANES + lane);
            }
        }
        project(relaxation, parameters, coefficients, from, to);
    }

    private static void updateGate(
            Relaxation relaxation,
            AdamStep adam,
            float[] cornerGradients,
            int lane,
            float[] parameters,
            float[][] moments,
            int at) {
        switch (relaxation) {
            case Softmax16 ignored -> {
                float d0 = cornerGradients[lane];
                float d1 = cornerGradients[LANES + lane];
                float d2 = cornerGradients[2 * LANES + lane];
                float d3 = cornerGradients[3 * LANES + lane];
                float[] v = new float[Relaxation.CORNERS * LANES];
                float[] weights = new float[Softmax16.FUNCTIONS];
                float scale = softmaxCorners(parameters, at, v, lane, weights);
                float mean = Math.fma(v[lane], d0, v[LANES + lane] * d1);
                mean = Math.fma(v[2 * LANES + lane], d2, mean);
                mean = Math.fma(v[3 * LANES + lane], d3, mean);
                for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
                    float low = ((t & 1) != 0 ? d0 : 0) + ((t & 2) != 0 ? d1 : 0);
                    float high = ((t & 4) != 0 ? d2 : 0) + ((t & 8) != 0 ? d3 : 0);
                    step(adam, parameters, moments, at + t * LANES, weights[t] * scale * (low + high - mean));
                }
            }
            case Light light -> {
                for (int i = 0; i < Relaxation.CORNERS; i++) {
                    float slope = switch (light.estimator()) {
                        case SIGMOID -> {
                            float v = 1 / (1 + FloatMath.exp(-parameters[at + i * LANES]));
                            yield v * (1 - v);
                        }
                        case SINE -> 0.5f * FloatMath.cos(parameters[at + i * LANES]);
                    };
                    step(adam, parameters, moments, at + i * LANES, cornerGradients[i * LANES + lane] * slope);
                }
            }
        }
    }

    /** One AdamW step of one parameter. */
    static void step(AdamStep adam, float[] parameters, float[][] moments, int at, float gradient) {
        float g = (gradient + FLUSH_GRADIENT) - FLUSH_GRADIENT;
        float m = Math.fma(adam.beta1(), moments[0][at], (1 - adam.beta1()) * g);
        m = (m + FLUSH_FIRST) - FLUSH_FIRST;
        float v = Math.fma(adam.beta2(), moments[1][at], (1 - adam.beta2()) * g * g);
        v = (v + FLUSH_SECOND) - FLUSH_SECOND;
        moments[0][at] = m;
        moments[1][at] = v;
        float scale = (float) Math.sqrt(v * adam.unbias()) + adam.epsilon();
        float w = Math.fma(-adam.shrink(), parameters[at], parameters[at]);
        parameters[at] = w - adam.rate() * m / scale;
    }

    @Override
    public WireKernels wires() {
        return new ScalarWireKernels();
    }
}
