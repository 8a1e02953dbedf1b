package dev.gatewright.train;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarWireKernels} on 256-bit vectors, operation by operation. */
final class VectorWireKernels implements WireKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final int TILE = Kernels.TILE;
    /** Shifts that bring the bits of a tile's last eight samples to the sign. */
    private static final IntVector TO_SIGN = IntVector.fromArray(INTS, new int[] {7, 6, 5, 4, 3, 2, 1, 0}, 0);

    @Override
    public void inputGradients(
            LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient, float[] gradients) {
        for (int k = 0; k < plan.gates; k++) {
            gate(
                    coefficients,
                    k * Kernels.COEFFICIENTS,
                    slab,
                    in + plan.enter[k] * TILE,
                    in + plan.leave[k] * TILE,
                    outGradient + plan.out[k] * TILE,
                    gradients,
                    2 * k * TILE);
        }
    }

    private static void gate(
            float[] coefficients, int c, float[] slab, int a, int b, int g, float[] gradients, int to) {
        FloatVector ca = FloatVector.broadcast(SPECIES, coefficients[c + 1]);
        FloatVector cb = FloatVector.broadcast(SPECIES, coefficients[c + 2]);
        FloatVector cab = FloatVector.broadcast(SPECIES, coefficients[c + 3]);
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector va = FloatVector.fromArray(SPECIES, slab, a + j);
            FloatVector vb = FloatVector.fromArray(SPECIES, slab, b + j);
            FloatVector vg = FloatVector.fromArray(SPECIES, slab, g + j);
            vg.mul(cab.fma(vb, ca)).intoArray(gradients, to + j);
            vg.mul(cab.fma(va, cb)).intoArray(gradients, to + TILE + j);
        }
    }

    @Override
    public void bitScores(float[] gradients, int[] starts, int[] samples, int wires, float[] scores) {
        int half = wires * LANES;
        for (int wire = 0; wire < wires; wire++) {
            addSamples(gradients, samples, starts[wire], starts[wire + 1], scores, wire * LANES, half);
        }
    }

    private static void addSamples(
            float[] gradients, int[] samples, int from, int end, float[] scores, int to, int next) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        for (int i = from; i < end; i++) {
            int at = samples[i] * BLOCK;
            s0 = s0.add(FloatVector.fromArray(SPECIES, gradients, at));
            s1 = s1.add(FloatVector.fromArray(SPECIES, gradients, at + LANES));
            s2 = s2.add(FloatVector.fromArray(SPECIES, gradients, at + 2 * LANES));
            s3 = s3.add(FloatVector.fromArray(SPECIES, gradients, at + 3 * LANES));
        }
        s0.intoArray(scores, to);
        s1.intoArray(scores, to + next);
        s2.intoArray(scores, to + 2 * next);
        s3.intoArray(scores, to + 3 * next);
    }

    @Override
    public void denseScores(float[] gradients, float[][] values, int tiles, int rows, float[] scores) {
        for (int row = 0; row < rows; row += WIRES) {
            for (int lane = 0; lane < BLOCK; lane += 2 * LANES) {
                multiply(gradients, lane, values, tiles, row, scores, rows);
            }
        }
    }

    /** Two vectors of slots by four wires: eight sums, as many as hide the latency of a multiplication and addition. */
    private static void multiply(
            float[] gradients, int lane, float[][] values, int tiles, int row, float[] scores, int rows) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s02 = FloatVector.zero(SPECIES);
        FloatVector s03 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s12 = FloatVector.zero(SPECIES);
        FloatVector s13 = FloatVector.zero(SPECIES);
        int at = lane;
        for (int tile = 0; tile < tiles; tile++) {
            float[] x = values[tile];
            for (int j = row * TILE; j < (row + 1) * TILE; j++) {
                FloatVector g0 = FloatVector.fromArray(SPECIES, gradients, at);
                FloatVector g1 = FloatVector.fromArray(SPECIES, gradients, at + LANES);
                FloatVector x0 = FloatVector.broadcast(SPECIES, x[j]);
                s00 = g0.fma(x0, s00);
                s10 = g1.fma(x0, s10);
                FloatVector x1 = FloatVector.broadcast(SPECIES, x[j + TILE]);
                s01 = g0.fma(x1, s01);
                s11 = g1.fma(x1, s11);
                FloatVector x2 = FloatVector.broadcast(SPECIES, x[j + 2 * TILE]);
                s02 = g0.fma(x2, s02);
                s12 = g1.fma(x2, s12);
                FloatVector x3 = FloatVector.broadcast(SPECIES, x[j + 3 * TILE]);
                s03 = g0.fma(x3, s03);
                s13 = g1.fma(x3, s13);
                at += BLOCK;
            }
        }
        int to = (lane / LANES * rows + row) * LANES;
        s00.intoArray(scores, to);
        s01.intoArray(scores, to + LANES);
        s02.intoArray(scores, to + 2 * LANES);
        s03.intoArray(scores, to + 3 * LANES);
        to += rows * LANES;
        s10.intoArray(scores, to);
        s11.intoArray(scores, to + LANES);
        s12.intoArray(scores, to + 2 * LANES);
        s13.intoArray(scores, to + 3 * LANES);
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
        float[] lanes = new float[LANES];
        for (int slot = 0; slot < BLOCK; slot++) {
            int row = (firstRow + slot) * TILE;
            for (int k = 0; k < candidates; k++) {
                int at = (slot / LANES * candidates + k) * LANES + slot % LANES;
                product(gradients, row, values, wires[from + at] * TILE, tiles, lanes);
                scores[at] = sum(lanes);
            }
        }
    }

    private static void product(float[][] gradients, int g, float[][] values, int x, int tiles, float[] lanes) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        for (int tile = 0; tile < tiles; tile++) {
            float[] gs = gradients[tile];
            float[] xs = values[tile];
            s0 = FloatVector.fromArray(SPECIES, gs, g).fma(FloatVector.fromArray(SPECIES, xs, x), s0);
            s1 = FloatVector.fromArray(SPECIES, gs, g + LANES).fma(FloatVector.fromArray(SPECIES, xs, x + LANES), s1);
            s2 = FloatVector.fromArray(SPECIES, gs, g + 2 * LANES)
                    .fma(FloatVector.fromArray(SPECIES, xs, x + 2 * LANES), s2);
            s3 = FloatVector.fromArray(SPECIES, gs, g + 3 * LANES)
                    .fma(FloatVector.fromArray(SPECIES, xs, x + 3 * LANES), s3);
        }
        s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
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
        float[] lanes = new float[LANES];
        for (int slot = 0; slot < BLOCK; slot++) {
            int row = (firstRow + slot) * TILE;
            for (int k = 0; k < candidates; k++) {
                int at = (slot / LANES * candidates + k) * LANES + slot % LANES;
                bitProduct(gradients, row, masks, wires[from + at], tiles, lanes);
                scores[at] = sum(lanes);
            }
        }
    }

    /** Brings each lane's bit to the sign and spreads it, which selects its gradient or zero. */
    private static void bitProduct(float[][] gradients, int g, int[][] masks, int wire, int tiles, float[] lanes) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        for (int tile = 0; tile < tiles; tile++) {
            float[] gs = gradients[tile];
            IntVector mask = IntVector.broadcast(INTS, masks[tile][wire]).lanewise(VectorOperators.LSHL, TO_SIGN);
            s3 = s3.add(selected(gs, g + 3 * LANES, mask));
            mask = mask.lanewise(VectorOperators.LSHL, LANES);
            s2 = s2.add(selected(gs, g + 2 * LANES, mask));
            mask = mask.lanewise(VectorOperators.LSHL, LANES);
            s1 = s1.add(selected(gs, g + LANES, mask));
            mask = mask.lanewise(VectorOperators.LSHL, LANES);
            s0 = s0.add(selected(gs, g, mask));
        }
        s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
    }

    private static FloatVector selected(float[] gradients, int at, IntVector signs) {
        return FloatVector.fromArray(SPECIES, gradients, at)
                .reinterpretAsInts()
                .and(signs.lanewise(VectorOperators.ASHR, 31))
                .reinterpretAsFloats();
    }

    private static float sum(float[] lanes) {
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
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector weighted = FloatVector.zero(SPECIES);
        FloatVector max = FloatVector.fromArray(SPECIES, top, topAt);
        for (int i = 0; i < candidates * LANES; i += LANES) {
            FloatVector depth = FloatVector.fromArray(SPECIES, logits, at + i)
                    .sub(max)
                    .mul(inverseTemperature)
                    .max(SOFTMAX_DEPTH);
            FloatVector e = VectorMath.exp(depth);
            e.intoArray(shares, i);
            sum = sum.add(e);
            weighted = e.fma(FloatVector.fromArray(SPECIES, scores, scoresAt + i), weighted);
        }
        FloatVector mean = weighted.div(sum);
        FloatVector scale = FloatVector.broadcast(SPECIES, inverseTemperature).div(sum);
        step(adam, candidates, logits, moments, at, scores, scoresAt, top, topAt, best, bestAt, shares, mean, scale);
    }

    private static void step(
            Kernels.AdamStep adam,
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
            float[] shares,
            FloatVector mean,
            FloatVector scale) {
        float[] first = moments[0];
        float[] second = moments[1];
        FloatVector beta1 = FloatVector.broadcast(SPECIES, adam.beta1());
        FloatVector beta2 = FloatVector.broadcast(SPECIES, adam.beta2());
        FloatVector keep = FloatVector.broadcast(SPECIES, -adam.shrink());
        FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        FloatVector index = FloatVector.zero(SPECIES);
        for (int k = 0; k < candidates; k++) {
            int i = k * LANES;
            FloatVector g = FloatVector.fromArray(SPECIES, shares, i)
                    .mul(scale)
                    .mul(FloatVector.fromArray(SPECIES, scores, scoresAt + i).sub(mean));
            g = g.add(Kernels.FLUSH_GRADIENT).sub(Kernels.FLUSH_GRADIENT);
            FloatVector m = beta1.fma(FloatVector.fromArray(SPECIES, first, at + i), g.mul(1 - adam.beta1()));
            m = m.add(Kernels.FLUSH_FIRST).sub(Kernels.FLUSH_FIRST);
            FloatVector v = beta2.fma(
                    FloatVector.fromArray(SPECIES, second, at + i),
                    g.mul(1 - adam.beta2()).mul(g));
            v = v.add(Kernels.FLUSH_SECOND).sub(Kernels.FLUSH_SECOND);
            m.intoArray(first, at + i);
            v.intoArray(second, at + i);
            FloatVector w = FloatVector.fromArray(SPECIES, logits, at + i);
            FloatVector root = v.mul(adam.unbias()).sqrt().add(adam.epsilon());
            w = keep.fma(w, w).sub(m.mul(adam.rate()).div(root));
            w.intoArray(logits, at + i);
            VectorMask<Float> larger = w.compare(VectorOperators.GT, max);
            max = max.blend(w, larger);
            index = index.blend(FloatVector.broadcast(SPECIES, (float) k), larger);
        }
        max.intoArray(top, topAt);
        index.intoArray(best, bestAt);
    }
}
