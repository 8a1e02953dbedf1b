package dev.gatewright.train;

import dev.gatewright.logic.TruthTable;
import dev.gatewright.relax.Covariance;
import dev.gatewright.relax.Light;
import dev.gatewright.relax.Noise;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;

/** The half of {@link ScalarKernels} that sees parameters, gate by gate; {@link VectorUpdate} follows it. */
final class ScalarUpdate {
    private static final int LANES = Kernels.LANES;

    // Places in the scratch memory: gradients of the corners of a block first, then these.
    private static final int V = Relaxation.CORNERS * LANES;
    private static final int WEIGHTS = V + Relaxation.CORNERS * LANES;
    private static final int LOGITS = WEIGHTS + Softmax16.FUNCTIONS;
    private static final int TOTALS = Kernels.SCRATCH - LANES * Kernels.SUMS;

    private ScalarUpdate() {}

    /** {@link Kernels#project}. */
    static void project(
            Relaxation relaxation,
            float sharpness,
            float[] parameters,
            float[] coefficients,
            int from,
            int to,
            float[] scratch) {
        int size = relaxation.parameters() * LANES;
        for (int block = from; block < to; block++) {
            for (int lane = 0; lane < LANES; lane++) {
                corners(relaxation, sharpness, parameters, block * size + lane, lane, scratch);
            }
            Blocks.coefficients(scratch, V, coefficients, block);
        }
    }

    private static void corners(
            Relaxation relaxation, float sharpness, float[] parameters, int at, int lane, float[] scratch) {
        switch (relaxation) {
            case Softmax16 ignored -> softmaxCorners(parameters, at, LANES, sharpness, lane, scratch);
            case Light light -> {
                for (int i = 0; i < Relaxation.CORNERS; i++) {
                    float w = parameters[at + i * LANES];
                    scratch[V + i * LANES + lane] = switch (light.estimator()) {
                        case SIGMOID -> sigmoid(w * sharpness);
                        case SINE -> Math.fma(0.5f, FloatMath.sin(w), 0.5f);
                    };
                }
            }
            case Covariance ignored -> {
                distances(parameters, at, scratch);
                softmaxCorners(scratch, LOGITS, 1, sharpness, lane, scratch);
            }
        }
    }

    private static float sigmoid(float x) {
        return 1 / (1 + FloatMath.exp(-x));
    }

    /** Leaves squared distances to the functions, from one value for all, as logits in {@code scratch}. */
    private static void distances(float[] parameters, int at, float[] scratch) {
        for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
            float logit = parameters[at] * (2 * Covariance.prototype(t, 0)) - Covariance.square(t);
            for (int k = 1; k < Relaxation.CORNERS; k++) {
                logit = Math.fma(parameters[at + k * LANES], 2 * Covariance.prototype(t, k), logit);
            }
            scratch[LOGITS + t] = logit;
        }
    }

    /**
     * Leaves the unnormalised weights of the functions and the corners in {@code scratch} and returns the inverse of
     * the weights' sum. The logits stand {@code stride} places apart.
     */
    private static float softmaxCorners(
            float[] logits, int at, int stride, float sharpness, int lane, float[] scratch) {
        float max = logits[at];
        for (int t = 1; t < Softmax16.FUNCTIONS; t++) {
            max = Math.max(max, logits[at + t * stride]);
        }
        float sum = 0;
        for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
            scratch[WEIGHTS + t] = FloatMath.exp((logits[at + t * stride] - max) * sharpness);
            sum += scratch[WEIGHTS + t];
        }
        float scale = 1 / sum;
        for (int i = 0; i < Relaxation.CORNERS; i++) {
            float corner = 0;
            for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
                corner += TruthTable.value(t, i) ? scratch[WEIGHTS + t] : 0;
            }
            scratch[V + i * LANES + lane] = corner * scale;
        }
        return scale;
    }

    /** {@link Kernels#update}. */
    static void update(
            Relaxation relaxation,
            float sharpness,
            Kernels.AdamStep adam,
            float[][] sums,
            float[] seen,
            float[] parameters,
            float[][] moments,
            int from,
            int to,
            float[] scratch) {
        int size = relaxation.parameters() * LANES;
        for (int block = from; block < to; block++) {
            Blocks.add(sums, block, scratch, TOTALS);
            Blocks.cornerGradients(scratch, TOTALS, scratch);
            for (int lane = 0; lane < LANES; lane++) {
                int at = block * size + lane;
                switch (relaxation) {
                    case Softmax16 ignored -> {
                        softmaxSlopes(seen, at, LANES, sharpness, lane, scratch);
                        for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
                            step(adam, parameters, moments, at + t * LANES, scratch[WEIGHTS + t]);
                        }
                    }
                    case Light light -> updateLight(light, sharpness, adam, seen, parameters, moments, at, scratch);
                    case Covariance ignored ->
                        updateCovariance(sharpness, adam, seen, parameters, moments, at, lane, scratch);
                }
            }
        }
    }

    /** Leaves the gradients of the logits in the place of the weights. */
    private static void softmaxSlopes(float[] logits, int at, int stride, float sharpness, int lane, float[] scratch) {
        float scale = softmaxCorners(logits, at, stride, sharpness, lane, scratch) * sharpness;
        float d0 = scratch[lane];
        float d1 = scratch[LANES + lane];
        float d2 = scratch[2 * LANES + lane];
        float d3 = scratch[3 * LANES + lane];
        float mean = Math.fma(scratch[V + lane], d0, scratch[V + LANES + lane] * d1);
        mean = Math.fma(scratch[V + 2 * LANES + lane], d2, mean);
        mean = Math.fma(scratch[V + 3 * LANES + lane], d3, mean);
        for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
            float low = ((t & 1) != 0 ? d0 : 0) + ((t & 2) != 0 ? d1 : 0);
            float high = ((t & 4) != 0 ? d2 : 0) + ((t & 8) != 0 ? d3 : 0);
            scratch[WEIGHTS + t] = scratch[WEIGHTS + t] * scale * (low + high - mean);
        }
    }

    private static void updateLight(
            Light light,
            float sharpness,
            Kernels.AdamStep adam,
            float[] seen,
            float[] parameters,
            float[][] moments,
            int at,
            float[] scratch) {
        int lane = at % LANES;
        for (int i = 0; i < Relaxation.CORNERS; i++) {
            float w = seen[at + i * LANES];
            float slope = switch (light.estimator()) {
                case SIGMOID -> {
                    float v = sigmoid(w * sharpness);
                    yield v * (1 - v) * sharpness;
                }
                case SINE -> 0.5f * FloatMath.cos(w);
            };
            step(adam, parameters, moments, at + i * LANES, scratch[i * LANES + lane] * slope);
        }
    }

    private static void updateCovariance(
            float sharpness,
            Kernels.AdamStep adam,
            float[] seen,
            float[] parameters,
            float[][] moments,
            int at,
            int lane,
            float[] scratch) {
        distances(seen, at, scratch);
        softmaxSlopes(scratch, LOGITS, 1, sharpness, lane, scratch);
        for (int k = 0; k < Relaxation.CORNERS; k++) {
            float gradient = 0;
            for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
                gradient = Math.fma(scratch[WEIGHTS + t], 2 * Covariance.prototype(t, k), gradient);
            }
            step(adam, parameters, moments, at + k * LANES, gradient);
        }
    }

    /** {@link Kernels#perturb}. */
    static void perturb(Noise noise, long key, float[] parameters, float[] seen, int from, int to) {
        for (int i = from; i < to; i++) {
            float u = FloatMath.uniform(i, key);
            seen[i] = parameters[i]
                    + switch (noise) {
                        case GUMBEL -> -FloatMath.ln(-FloatMath.ln(u));
                        case LOGISTIC -> FloatMath.ln(u) - FloatMath.ln(1 - u);
                    };
        }
    }

    /** One AdamW step of one parameter. */
    static void step(Kernels.AdamStep adam, float[] parameters, float[][] moments, int at, float gradient) {
        float g = (gradient + Kernels.FLUSH_GRADIENT) - Kernels.FLUSH_GRADIENT;
        float m = Math.fma(adam.beta1(), moments[0][at], (1 - adam.beta1()) * g);
        m = (m + Kernels.FLUSH_FIRST) - Kernels.FLUSH_FIRST;
        float v = Math.fma(adam.beta2(), moments[1][at], (1 - adam.beta2()) * g * g);
        v = (v + Kernels.FLUSH_SECOND) - Kernels.FLUSH_SECOND;
        moments[0][at] = m;
        moments[1][at] = v;
        float scale = (float) Math.sqrt(v * adam.unbias()) + adam.epsilon();
        float w = Math.fma(-adam.shrink(), parameters[at], parameters[at]);
        parameters[at] = w - adam.rate() * m / scale;
    }
}
