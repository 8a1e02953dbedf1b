package dev.gatewright.train;

import dev.gatewright.relax.Covariance;
import dev.gatewright.relax.Light;
import dev.gatewright.relax.Noise;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The half of {@link VectorKernels} that sees parameters: projection on coefficients, gradients, AdamW. */
final class VectorUpdate {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final int LANES = Kernels.LANES;

    private static final VectorShuffle<Float> SWAP_NEIGHBOURS =
            VectorShuffle.fromValues(SPECIES, 1, 0, 3, 2, 5, 4, 7, 6);
    private static final VectorMask<Float> ODD = VectorMask.fromLong(SPECIES, 0b10101010);

    // Places in the scratch memory of an update: gradients of the corners first, then these.
    private static final int V = Relaxation.CORNERS * LANES;
    private static final int LOW = V + Relaxation.CORNERS * LANES;
    private static final int HIGH = LOW + Relaxation.CORNERS * LANES;
    private static final int WEIGHTS = HIGH + Relaxation.CORNERS * LANES;
    private static final int LOGITS = WEIGHTS + Softmax16.FUNCTIONS * LANES;
    private static final int TOTALS = LOGITS + Softmax16.FUNCTIONS * LANES;

    private VectorUpdate() {}

    /** {@link Kernels#project}. */
    static void project(
            Relaxation relaxation,
            float sharpness,
            float[] parameters,
            float[] coefficients,
            int from,
            int to,
            float[] scratch) {
        switch (relaxation) {
            case Softmax16 ignored -> {
                for (int block = from; block < to; block++) {
                    softmaxCorners(parameters, block * Softmax16.FUNCTIONS * LANES, sharpness, scratch);
                    Blocks.coefficients(scratch, V, coefficients, block);
                }
            }
            case Light light -> projectLight(light.estimator(), sharpness, parameters, coefficients, from, to, scratch);
            case Covariance ignored -> {
                for (int block = from; block < to; block++) {
                    distances(parameters, block * Relaxation.CORNERS * LANES, scratch);
                    softmaxCorners(scratch, LOGITS, sharpness, scratch);
                    Blocks.coefficients(scratch, V, coefficients, block);
                }
            }
        }
    }

    private static void projectLight(
            Light.Estimator estimator,
            float sharpness,
            float[] parameters,
            float[] coefficients,
            int from,
            int to,
            float[] scratch) {
        FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
        for (int block = from; block < to; block++) {
            for (int i = 0; i < Relaxation.CORNERS * LANES; i += LANES) {
                FloatVector w = FloatVector.fromArray(SPECIES, parameters, block * Relaxation.CORNERS * LANES + i);
                FloatVector v = switch (estimator) {
                    case SIGMOID -> VectorMath.sigmoid(w.mul(sharpness));
                    case SINE -> half.fma(VectorMath.sin(w), half);
                };
                v.intoArray(scratch, V + i);
            }
            Blocks.coefficients(scratch, V, coefficients, block);
        }
    }

    /** Leaves squared distances to the functions, from one value for all, as logits in {@code scratch}. */
    private static void distances(float[] parameters, int from, float[] scratch) {
        FloatVector c0 = FloatVector.fromArray(SPECIES, parameters, from);
        FloatVector c1 = FloatVector.fromArray(SPECIES, parameters, from + LANES);
        FloatVector c2 = FloatVector.fromArray(SPECIES, parameters, from + 2 * LANES);
        FloatVector c3 = FloatVector.fromArray(SPECIES, parameters, from + 3 * LANES);
        for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
            FloatVector logit = c0.mul(2 * Covariance.prototype(t, 0)).sub(Covariance.square(t));
            logit = c1.fma(FloatVector.broadcast(SPECIES, 2 * Covariance.prototype(t, 1)), logit);
            logit = c2.fma(FloatVector.broadcast(SPECIES, 2 * Covariance.prototype(t, 2)), logit);
            logit = c3.fma(FloatVector.broadcast(SPECIES, 2 * Covariance.prototype(t, 3)), logit);
            logit.intoArray(scratch, LOGITS + t * LANES);
        }
    }

    /**
     * Leaves the unnormalised weights of the functions and the corners in {@code scratch} and returns the inverse of
     * the weights' sum.
     */
    private static FloatVector softmaxCorners(float[] logits, int from, float sharpness, float[] scratch) {
        FloatVector max = FloatVector.fromArray(SPECIES, logits, from);
        for (int t = LANES; t < Softmax16.FUNCTIONS * LANES; t += LANES) {
            max = max.max(FloatVector.fromArray(SPECIES, logits, from + t));
        }
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int t = 0; t < Softmax16.FUNCTIONS * LANES; t += LANES) {
            FloatVector e = VectorMath.exp(
                    FloatVector.fromArray(SPECIES, logits, from + t).sub(max).mul(sharpness));
            e.intoArray(scratch, WEIGHTS + t);
            sum = sum.add(e);
        }
        FloatVector scale = FloatVector.broadcast(SPECIES, 1f).div(sum);
        for (int i = 0; i < Relaxation.CORNERS; i++) {
            FloatVector corner = FloatVector.zero(SPECIES);
            int low = (1 << i) - 1;
            for (int other = 0; other < Softmax16.FUNCTIONS / 2; other++) {
                int t = (other & ~low) << 1 | 1 << i | other & low;
                corner = corner.add(FloatVector.fromArray(SPECIES, scratch, WEIGHTS + t * LANES));
            }
            corner.mul(scale).intoArray(scratch, V + i * LANES);
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
            add(sums, block, scratch);
            cornerGradients(scratch);
            int at = block * size;
            switch (relaxation) {
                case Softmax16 ignored -> updateSoftmax(sharpness, adam, seen, parameters, moments, at, scratch);
                case Light light ->
                    updateLight(light.estimator(), sharpness, adam, seen, parameters, moments, at, scratch);
                case Covariance ignored -> updateCovariance(sharpness, adam, seen, parameters, moments, at, scratch);
            }
        }
    }

    /** {@link Blocks#add}. */
    private static void add(float[][] sums, int block, float[] scratch) {
        int from = block * LANES * Kernels.SUMS;
        for (int i = 0; i < LANES * Kernels.SUMS; i += LANES) {
            FloatVector total = FloatVector.zero(SPECIES);
            for (float[] chunk : sums) {
                total = total.add(FloatVector.fromArray(SPECIES, chunk, from + i));
            }
            total.intoArray(scratch, TOTALS + i);
        }
    }

    /** {@link Blocks#cornerGradients} of the totals in {@code scratch}: eight gates by four sums, transposed. */
    private static void cornerGradients(float[] scratch) {
        // Of two gates each: halves added, neighbours side by side.
        for (int pair = 0; pair < LANES / 2; pair++) {
            FloatVector even = FloatVector.fromArray(SPECIES, scratch, TOTALS + 2 * pair * LANES);
            FloatVector odd = FloatVector.fromArray(SPECIES, scratch, TOTALS + (2 * pair + 1) * LANES);
            even.blend(odd, ODD)
                    .add(even.blend(odd, ODD.not()).rearrange(SWAP_NEIGHBOURS))
                    .intoArray(scratch, TOTALS + pair * LANES);
        }
        FloatVector gates01 = FloatVector.fromArray(SPECIES, scratch, TOTALS);
        FloatVector gates23 = FloatVector.fromArray(SPECIES, scratch, TOTALS + LANES);
        FloatVector gates45 = FloatVector.fromArray(SPECIES, scratch, TOTALS + 2 * LANES);
        FloatVector gates67 = FloatVector.fromArray(SPECIES, scratch, TOTALS + 3 * LANES);
        // Of four gates each: one beside enter, leave beside both.
        FloatVector ones03 = gates01.blend(gates23.rearrange(VectorKernels.SWAP_PAIRS), VectorKernels.UPPER_PAIRS);
        FloatVector ones47 = gates45.blend(gates67.rearrange(VectorKernels.SWAP_PAIRS), VectorKernels.UPPER_PAIRS);
        FloatVector leaves03 = gates01.rearrange(VectorKernels.SWAP_PAIRS).blend(gates23, VectorKernels.UPPER_PAIRS);
        FloatVector leaves47 = gates45.rearrange(VectorKernels.SWAP_PAIRS).blend(gates67, VectorKernels.UPPER_PAIRS);
        FloatVector one = ones03.blend(ones47.rearrange(VectorKernels.SWAP_HALVES), VectorKernels.UPPER_HALF);
        FloatVector enter = ones03.rearrange(VectorKernels.SWAP_HALVES).blend(ones47, VectorKernels.UPPER_HALF);
        FloatVector leave = leaves03.blend(leaves47.rearrange(VectorKernels.SWAP_HALVES), VectorKernels.UPPER_HALF);
        FloatVector both = leaves03.rearrange(VectorKernels.SWAP_HALVES).blend(leaves47, VectorKernels.UPPER_HALF);
        FloatVector leaveAlone = leave.sub(both);
        one.sub(enter).sub(leaveAlone).intoArray(scratch, 0);
        enter.sub(both).intoArray(scratch, LANES);
        leaveAlone.intoArray(scratch, 2 * LANES);
        both.intoArray(scratch, 3 * LANES);
    }

    private static void updateLight(
            Light.Estimator estimator,
            float sharpness,
            Kernels.AdamStep adam,
            float[] seen,
            float[] parameters,
            float[][] moments,
            int at,
            float[] scratch) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int i = 0; i < Relaxation.CORNERS * LANES; i += LANES) {
            FloatVector w = FloatVector.fromArray(SPECIES, seen, at + i);
            FloatVector slope = switch (estimator) {
                case SIGMOID -> {
                    FloatVector v = VectorMath.sigmoid(w.mul(sharpness));
                    yield v.mul(one.sub(v)).mul(sharpness);
                }
                case SINE -> VectorMath.cos(w).mul(0.5f);
            };
            FloatVector gradient = FloatVector.fromArray(SPECIES, scratch, i).mul(slope);
            step(adam, parameters, moments[0], moments[1], at + i, gradient);
        }
    }

    private static void updateSoftmax(
            float sharpness,
            Kernels.AdamStep adam,
            float[] seen,
            float[] parameters,
            float[][] moments,
            int from,
            float[] scratch) {
        FloatVector scale = softmaxCorners(seen, from, sharpness, scratch).mul(sharpness);
        FloatVector mean = trueCorners(scratch);
        for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
            FloatVector gradient = gradient(t, scale, mean, scratch);
            step(adam, parameters, moments[0], moments[1], from + t * LANES, gradient);
        }
    }

    private static void updateCovariance(
            float sharpness,
            Kernels.AdamStep adam,
            float[] seen,
            float[] parameters,
            float[][] moments,
            int from,
            float[] scratch) {
        distances(seen, from, scratch);
        FloatVector scale = softmaxCorners(scratch, LOGITS, sharpness, scratch).mul(sharpness);
        FloatVector mean = trueCorners(scratch);
        for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
            gradient(t, scale, mean, scratch).intoArray(scratch, LOGITS + t * LANES);
        }
        for (int k = 0; k < Relaxation.CORNERS; k++) {
            FloatVector gradient = FloatVector.zero(SPECIES);
            for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
                FloatVector factor = FloatVector.broadcast(SPECIES, 2 * Covariance.prototype(t, k));
                gradient = FloatVector.fromArray(SPECIES, scratch, LOGITS + t * LANES)
                        .fma(factor, gradient);
            }
            step(adam, parameters, moments[0], moments[1], from + k * LANES, gradient);
        }
    }

    /** Leaves the sums over the true corners of every function in {@code scratch} and returns their mean. */
    private static FloatVector trueCorners(float[] scratch) {
        FloatVector d0 = FloatVector.fromArray(SPECIES, scratch, 0);
        FloatVector d1 = FloatVector.fromArray(SPECIES, scratch, LANES);
        FloatVector d2 = FloatVector.fromArray(SPECIES, scratch, 2 * LANES);
        FloatVector d3 = FloatVector.fromArray(SPECIES, scratch, 3 * LANES);
        FloatVector mean = FloatVector.fromArray(SPECIES, scratch, V)
                .fma(d0, FloatVector.fromArray(SPECIES, scratch, V + LANES).mul(d1));
        mean = FloatVector.fromArray(SPECIES, scratch, V + 2 * LANES).fma(d2, mean);
        mean = FloatVector.fromArray(SPECIES, scratch, V + 3 * LANES).fma(d3, mean);
        subsetSums(d0, d1, scratch, LOW);
        subsetSums(d2, d3, scratch, HIGH);
        return mean;
    }

    /** The gradient of logit {@code t}. */
    private static FloatVector gradient(int t, FloatVector scale, FloatVector mean, float[] scratch) {
        FloatVector trueCorners = FloatVector.fromArray(SPECIES, scratch, LOW + (t & 3) * LANES)
                .add(FloatVector.fromArray(SPECIES, scratch, HIGH + (t >> 2) * LANES));
        return FloatVector.fromArray(SPECIES, scratch, WEIGHTS + t * LANES)
                .mul(scale)
                .mul(trueCorners.sub(mean));
    }

    /** {@link Kernels#perturb}. */
    static void perturb(Noise noise, long key, float[] parameters, float[] seen, int from, int to) {
        IntVector lane = IntVector.zero(IntVector.SPECIES_256).addIndex(1);
        for (int i = from; i < to; i += LANES) {
            FloatVector u = VectorMath.uniform(lane.add(i), key);
            FloatVector drawn = switch (noise) {
                case GUMBEL -> VectorMath.ln(VectorMath.ln(u).neg()).neg();
                case LOGISTIC -> VectorMath.ln(u).sub(VectorMath.ln(u.neg().add(1)));
            };
            FloatVector.fromArray(SPECIES, parameters, i).add(drawn).intoArray(seen, i);
        }
    }

    /** 0, x, y and x + y: the gradients that two corners give a function, by which of the two are true in it. */
    private static void subsetSums(FloatVector x, FloatVector y, float[] scratch, int at) {
        FloatVector.zero(SPECIES).intoArray(scratch, at);
        x.intoArray(scratch, at + LANES);
        y.intoArray(scratch, at + 2 * LANES);
        x.add(y).intoArray(scratch, at + 3 * LANES);
    }

    /** One AdamW step of eight parameters. */
    static void step(
            Kernels.AdamStep adam, float[] parameters, float[] first, float[] second, int at, FloatVector gradient) {
        FloatVector m = FloatVector.fromArray(SPECIES, first, at);
        FloatVector v = FloatVector.fromArray(SPECIES, second, at);
        FloatVector w = FloatVector.fromArray(SPECIES, parameters, at);
        FloatVector g = gradient.add(Kernels.FLUSH_GRADIENT).sub(Kernels.FLUSH_GRADIENT);
        m = FloatVector.broadcast(SPECIES, adam.beta1()).fma(m, g.mul(1 - adam.beta1()));
        m = m.add(Kernels.FLUSH_FIRST).sub(Kernels.FLUSH_FIRST);
        v = FloatVector.broadcast(SPECIES, adam.beta2())
                .fma(v, g.mul(1 - adam.beta2()).mul(g));
        v = v.add(Kernels.FLUSH_SECOND).sub(Kernels.FLUSH_SECOND);
        m.intoArray(first, at);
        v.intoArray(second, at);
        FloatVector scale = v.mul(adam.unbias()).sqrt().add(adam.epsilon());
        w = FloatVector.broadcast(SPECIES, -adam.shrink()).fma(w, w);
        w.sub(m.mul(adam.rate()).div(scale)).intoArray(parameters, at);
    }
}
