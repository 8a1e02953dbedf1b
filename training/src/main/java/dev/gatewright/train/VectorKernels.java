package dev.gatewright.train;

import dev.gatewright.relax.Light;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The training kernels on 256-bit vectors, also where wider ones are there: a fixed width fixes the order of
 * summation and so the bytes of a trained model, and the loops wait for memory, not for arithmetic.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

    private static final VectorShuffle<Float> SWAP_HALVES = VectorShuffle.fromValues(SPECIES, 4, 5, 6, 7, 0, 1, 2, 3);
    private static final VectorShuffle<Float> SWAP_PAIRS = VectorShuffle.fromValues(SPECIES, 2, 3, 0, 1, 6, 7, 4, 5);
    private static final VectorShuffle<Float> SWAP_LANES = VectorShuffle.fromValues(SPECIES, 1, 0, 3, 2, 5, 4, 7, 6);
    private static final VectorMask<Float> UPPER_HALF = VectorMask.fromLong(SPECIES, 0b11110000);
    private static final VectorMask<Float> UPPER_PAIRS = VectorMask.fromLong(SPECIES, 0b11001100);

    // Places in the scratch memory of an update: gradients of the corners first, then these.
    private static final int V = Relaxation.CORNERS * LANES;
    private static final int LOW = V + Relaxation.CORNERS * LANES;
    private static final int HIGH = LOW + Relaxation.CORNERS * LANES;
    private static final int WEIGHTS = HIGH + Relaxation.CORNERS * LANES;

    private VectorKernels() {}

    /** Through a method, so that nobody links this class before the module is known to be there. */
    static Kernels create() {
        return new VectorKernels();
    }

    /** Whether the machine runs 256-bit float vectors natively. */
    static boolean available() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= SPECIES.vectorBitSize();
    }

    @Override
    public void forward(LayerPlan plan, float[] coefficients, float[] slab, int in, int out) {
        for (int k = 0; k < plan.gates; k++) {
            gate(
                    coefficients,
                    k * COEFFICIENTS,
                    slab,
                    in + plan.enter[k] * TILE,
                    in + plan.leave[k] * TILE,
                    out + plan.out[k] * TILE);
        }
    }

    private static void gate(float[] coefficients, int c, float[] slab, int a, int b, int o) {
        FloatVector c0 = FloatVector.broadcast(SPECIES, coefficients[c]);
        FloatVector ca = FloatVector.broadcast(SPECIES, coefficients[c + 1]);
        FloatVector cb = FloatVector.broadcast(SPECIES, coefficients[c + 2]);
        FloatVector cab = FloatVector.broadcast(SPECIES, coefficients[c + 3]);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector va = FloatVector.fromArray(SPECIES, slab, a + j);
            FloatVector vb = FloatVector.fromArray(SPECIES, slab, b + j);
            vb.fma(cab.fma(va, cb), ca.fma(va, c0)).intoArray(slab, o + j);
        }
    }

    @Override
    public void forwardSums(LayerPlan plan, float[] coefficients, float[] slab, int in, int out) {
        for (int k = 0; k < plan.gates; k++) {
            gateSum(
                    coefficients,
                    k * COEFFICIENTS,
                    slab,
                    in + plan.enter[k] * TILE,
                    in + plan.leave[k] * TILE,
                    out + plan.out[k] * TILE);
        }
    }

    private static void gateSum(float[] coefficients, int c, float[] slab, int a, int b, int o) {
        FloatVector c0 = FloatVector.broadcast(SPECIES, coefficients[c]);
        FloatVector ca = FloatVector.broadcast(SPECIES, coefficients[c + 1]);
        FloatVector cb = FloatVector.broadcast(SPECIES, coefficients[c + 2]);
        FloatVector cab = FloatVector.broadcast(SPECIES, coefficients[c + 3]);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector va = FloatVector.fromArray(SPECIES, slab, a + j);
            FloatVector vb = FloatVector.fromArray(SPECIES, slab, b + j);
            FloatVector sum = FloatVector.fromArray(SPECIES, slab, o + j);
            sum.add(vb.fma(cab.fma(va, cb), ca.fma(va, c0))).intoArray(slab, o + j);
        }
    }

    @Override
    public void backward(
            LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient, int inGradient, float[] sums) {
        int toGradient = inGradient - in;
        for (int k = 0; k < plan.gates; k++) {
            gateBackward(
                    coefficients,
                    k * COEFFICIENTS,
                    plan.keepEnter[k],
                    plan.keepLeave[k],
                    slab,
                    in + plan.enter[k] * TILE,
                    in + plan.leave[k] * TILE,
                    outGradient + plan.out[k] * TILE,
                    toGradient,
                    sums,
                    k * SUMS);
        }
    }

    private static void gateBackward(
            float[] coefficients,
            int c,
            float keepEnter,
            float keepLeave,
            float[] slab,
            int a,
            int b,
            int g,
            int toGradient,
            float[] sums,
            int s) {
        FloatVector ca = FloatVector.broadcast(SPECIES, coefficients[c + 1]);
        FloatVector cb = FloatVector.broadcast(SPECIES, coefficients[c + 2]);
        FloatVector cab = FloatVector.broadcast(SPECIES, coefficients[c + 3]);
        FloatVector keepA = FloatVector.broadcast(SPECIES, keepEnter);
        FloatVector keepB = FloatVector.broadcast(SPECIES, keepLeave);
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector sumA = FloatVector.zero(SPECIES);
        FloatVector sumB = FloatVector.zero(SPECIES);
        FloatVector sumAb = FloatVector.zero(SPECIES);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector va = FloatVector.fromArray(SPECIES, slab, a + j);
            FloatVector vb = FloatVector.fromArray(SPECIES, slab, b + j);
            FloatVector vg = FloatVector.fromArray(SPECIES, slab, g + j);
            FloatVector oldA = FloatVector.fromArray(SPECIES, slab, a + toGradient + j);
            keepA.fma(oldA, vg.mul(cab.fma(vb, ca))).intoArray(slab, a + toGradient + j);
            FloatVector oldB = FloatVector.fromArray(SPECIES, slab, b + toGradient + j);
            keepB.fma(oldB, vg.mul(cab.fma(va, cb))).intoArray(slab, b + toGradient + j);
            FloatVector ga = vg.mul(va);
            sum = sum.add(vg);
            sumA = sumA.add(ga);
            sumB = vg.fma(vb, sumB);
            sumAb = ga.fma(vb, sumAb);
        }
        addSums(sum, sumA, sumB, sumAb, sums, s);
    }

    @Override
    public void backwardFirst(
            LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient, float[] sums) {
        for (int k = 0; k < plan.gates; k++) {
            gateSums(
                    slab,
                    in + plan.enter[k] * TILE,
                    in + plan.leave[k] * TILE,
                    outGradient + plan.out[k] * TILE,
                    sums,
                    k * SUMS);
        }
    }

    private static void gateSums(float[] slab, int a, int b, int g, float[] sums, int s) {
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector sumA = FloatVector.zero(SPECIES);
        FloatVector sumB = FloatVector.zero(SPECIES);
        FloatVector sumAb = FloatVector.zero(SPECIES);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector va = FloatVector.fromArray(SPECIES, slab, a + j);
            FloatVector vb = FloatVector.fromArray(SPECIES, slab, b + j);
            FloatVector vg = FloatVector.fromArray(SPECIES, slab, g + j);
            FloatVector ga = vg.mul(va);
            sum = sum.add(vg);
            sumA = sumA.add(ga);
            sumB = vg.fma(vb, sumB);
            sumAb = ga.fma(vb, sumAb);
        }
        addSums(sum, sumA, sumB, sumAb, sums, s);
    }

    /** Reduces four vectors together, which costs half of four reductions, and leaves each total in two lanes. */
    private static void addSums(
            FloatVector sum, FloatVector sumA, FloatVector sumB, FloatVector sumAb, float[] sums, int s) {
        FloatVector x = sum.blend(sumA, UPPER_HALF)
                .add(sum.blend(sumA, UPPER_HALF.not()).rearrange(SWAP_HALVES));
        FloatVector y = sumB.blend(sumAb, UPPER_HALF)
                .add(sumB.blend(sumAb, UPPER_HALF.not()).rearrange(SWAP_HALVES));
        FloatVector z =
                x.blend(y, UPPER_PAIRS).add(x.blend(y, UPPER_PAIRS.not()).rearrange(SWAP_PAIRS));
        FloatVector total = z.add(z.rearrange(SWAP_LANES));
        FloatVector.fromArray(SPECIES, sums, s).add(total).intoArray(sums, s);
    }

    @Override
    public void project(Relaxation relaxation, float[] parameters, float[] coefficients, int from, int to) {
        float[] scratch = new float[SCRATCH];
        switch (relaxation) {
            case Softmax16 ignored -> {
                for (int block = from; block < to; block++) {
                    softmaxCorners(parameters, block * Softmax16.FUNCTIONS * LANES, scratch);
                    Blocks.coefficients(scratch, V, coefficients, block);
                }
            }
            case Light light -> projectLight(light.estimator(), parameters, coefficients, from, to, scratch);
        }
    }

    private static void projectLight(
            Light.Estimator estimator, float[] parameters, float[] coefficients, int from, int to, float[] scratch) {
        FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
        for (int block = from; block < to; block++) {
            for (int i = 0; i < Relaxation.CORNERS * LANES; i += LANES) {
                FloatVector w = FloatVector.fromArray(SPECIES, parameters, block * Relaxation.CORNERS * LANES + i);
                FloatVector v = switch (estimator) {
                    case SIGMOID -> VectorMath.sigmoid(w);
                    case SINE -> half.fma(VectorMath.sin(w), half);
                };
                v.intoArray(scratch, V + i);
            }
            Blocks.coefficients(scratch, V, coefficients, block);
        }
    }

    /**
     * Leaves the unnormalised weights of the functions and the corners in {@code scratch} and returns the inverse of
     * the weights' sum.
     */
    private static FloatVector softmaxCorners(float[] parameters, int from, float[] scratch) {
        FloatVector max = FloatVector.fromArray(SPECIES, parameters, from);
        for (int t = LANES; t < Softmax16.FUNCTIONS * LANES; t += LANES) {
            max = max.max(FloatVector.fromArray(SPECIES, parameters, from + t));
        }
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int t = 0; t < Softmax16.FUNCTIONS * LANES; t += LANES) {
            FloatVector e = VectorMath.exp(
                    FloatVector.fromArray(SPECIES, parameters, from + t).sub(max));
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
        switch (relaxation) {
            case Softmax16 ignored -> {
                for (int block = from; block < to; block++) {
                    Blocks.cornerGradients(sums, block, scratch);
                    updateSoftmax(
                            adam, parameters, moments[0], moments[1], block * Softmax16.FUNCTIONS * LANES, scratch);
                }
            }
            case Light light -> {
                for (int block = from; block < to; block++) {
                    Blocks.cornerGradients(sums, block, scratch);
                    int at = block * Relaxation.CORNERS * LANES;
                    updateLight(light.estimator(), adam, parameters, moments[0], moments[1], at, scratch);
                }
            }
        }
        project(relaxation, parameters, coefficients, from, to);
    }

    private static void updateLight(
            Light.Estimator estimator,
            AdamStep adam,
            float[] parameters,
            float[] first,
            float[] second,
            int at,
            float[] scratch) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int i = 0; i < Relaxation.CORNERS * LANES; i += LANES) {
            FloatVector w = FloatVector.fromArray(SPECIES, parameters, at + i);
            FloatVector slope = switch (estimator) {
                case SIGMOID -> {
                    FloatVector v = VectorMath.sigmoid(w);
                    yield v.mul(one.sub(v));
                }
                case SINE -> VectorMath.cos(w).mul(0.5f);
            };
            FloatVector gradient = FloatVector.fromArray(SPECIES, scratch, i).mul(slope);
            step(adam, parameters, first, second, at + i, gradient);
        }
    }

    private static void updateSoftmax(
            AdamStep adam, float[] parameters, float[] first, float[] second, int from, float[] scratch) {
        FloatVector scale = softmaxCorners(parameters, from, scratch);
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
        for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
            FloatVector trueCorners = FloatVector.fromArray(SPECIES, scratch, LOW + (t & 3) * LANES)
                    .add(FloatVector.fromArray(SPECIES, scratch, HIGH + (t >> 2) * LANES));
            FloatVector gradient = FloatVector.fromArray(SPECIES, scratch, WEIGHTS + t * LANES)
                    .mul(scale)
                    .mul(trueCorners.sub(mean));
            step(adam, parameters, first, second, from + t * LANES, gradient);
        }
    }

    /** 0, x, y and x + y: the gradients that two corners give a function, by which of the two are true in it. */
    private static void subsetSums(FloatVector x, FloatVector y, float[] scratch, int at) {
        FloatVector.zero(SPECIES).intoArray(scratch, at);
        x.intoArray(scratch, at + LANES);
        y.intoArray(scratch, at + 2 * LANES);
        x.add(y).intoArray(scratch, at + 3 * LANES);
    }

    private static void step(
            AdamStep adam, float[] parameters, float[] first, float[] second, int at, FloatVector gradient) {
        FloatVector m = FloatVector.fromArray(SPECIES, first, at);
        FloatVector v = FloatVector.fromArray(SPECIES, second, at);
        FloatVector w = FloatVector.fromArray(SPECIES, parameters, at);
        FloatVector g = gradient.add(FLUSH_GRADIENT).sub(FLUSH_GRADIENT);
        m = FloatVector.broadcast(SPECIES, adam.beta1()).fma(m, g.mul(1 - adam.beta1()));
        m = m.add(FLUSH_FIRST).sub(FLUSH_FIRST);
        v = FloatVector.broadcast(SPECIES, adam.beta2())
                .fma(v, g.mul(1 - adam.beta2()).mul(g));
        v = v.add(FLUSH_SECOND).sub(FLUSH_SECOND);
        m.intoArray(first, at);
        v.intoArray(second, at);
        FloatVector scale = v.mul(adam.unbias()).sqrt().add(adam.epsilon());
        w = FloatVector.broadcast(SPECIES, -adam.shrink()).fma(w, w);
        w.sub(m.mul(adam.rate()).div(scale)).intoArray(parameters, at);
    }
}
