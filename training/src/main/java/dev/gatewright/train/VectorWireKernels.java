package dev.gatewright.train;

import java.util.Arrays;
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
    /** One in the lanes whose number has that bit. */
    private static final FloatVector BIT_0 = bit(0);

    private static final FloatVector BIT_1 = bit(1);
    private static final FloatVector BIT_2 = bit(2);

    private static FloatVector bit(int bit) {
        float[] lanes = new float[LANES];
        for (int i = 0; i < LANES; i++) {
            lanes[i] = i >>> bit & 1;
        }
        return FloatVector.fromArray(SPECIES, lanes, 0);
    }

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
                    outGradient + plan.outGradient[k] * TILE,
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
    public void masks(float[] slab, int in, int rows, int[] masks) {
        for (int row = 0; row < rows; row++) {
            int at = in + row * TILE;
            masks[row] = above(slab, at)
                    | above(slab, at + LANES) << LANES
                    | above(slab, at + 2 * LANES) << 2 * LANES
                    | above(slab, at + 3 * LANES) << 3 * LANES;
        }
    }

    private static int above(float[] slab, int at) {
        return (int) FloatVector.fromArray(SPECIES, slab, at)
                .compare(VectorOperators.GT, 0.5f)
                .toLong();
    }

    @Override
    public void scores(
            float[][] gradients, int firstRow, int[][] masks, int tiles, int wires, float[] table, float[] scores) {
        Arrays.fill(scores, 0, wires * BLOCK, 0);
        for (int from = 0; from < wires; from += WIRES) {
            int to = Math.min(from + WIRES, wires);
            for (int tile = 0; tile < tiles; tile++) {
                tabulate(gradients[tile], firstRow * TILE, table);
                add(table, masks[tile], from, to, scores);
            }
        }
    }

    /** Tables of a tile: entry {@code i} of four samples is the sum of the gradients of those with a bit in {@code i}. */
    private static void tabulate(float[] gradients, int from, float[] table) {
        for (int sample = 0; sample < TILE; sample++) {
            int subsets = 1 << sample % SUBSET;
            int empty = sample / SUBSET * SUBSETS * BLOCK;
            int alone = empty + subsets * BLOCK;
            for (int slot = 0; slot < BLOCK; slot++) {
                table[alone + slot] = gradients[from + slot * TILE + sample] + 0f;
            }
            for (int i = BLOCK; i < subsets * BLOCK; i += LANES) {
                FloatVector.fromArray(SPECIES, table, empty + i)
                        .add(FloatVector.fromArray(SPECIES, table, alone + i % BLOCK))
                        .intoArray(table, alone + i);
            }
        }
    }

    /** Adds a tile's entries; in steps of two, for the compiler does not unroll a loop of so many additions. */
    private static void add(float[] table, int[] masks, int from, int to, float[] scores) {
        for (int wire = from; wire < to; wire++) {
            int at = wire * BLOCK;
            FloatVector s0 = FloatVector.fromArray(SPECIES, scores, at);
            FloatVector s1 = FloatVector.fromArray(SPECIES, scores, at + LANES);
            FloatVector s2 = FloatVector.fromArray(SPECIES, scores, at + 2 * LANES);
            FloatVector s3 = FloatVector.fromArray(SPECIES, scores, at + 3 * LANES);
            int mask = masks[wire];
            for (int group = 0; group < TABLE; group += 2 * SUBSETS * BLOCK) {
                int e = group + (mask & SUBSETS - 1) * BLOCK;
                s0 = s0.add(FloatVector.fromArray(SPECIES, table, e));
                s1 = s1.add(FloatVector.fromArray(SPECIES, table, e + LANES));
                s2 = s2.add(FloatVector.fromArray(SPECIES, table, e + 2 * LANES));
                s3 = s3.add(FloatVector.fromArray(SPECIES, table, e + 3 * LANES));
                e = group + (SUBSETS | mask >>> SUBSET & SUBSETS - 1) * BLOCK;
                s0 = s0.add(FloatVector.fromArray(SPECIES, table, e));
                s1 = s1.add(FloatVector.fromArray(SPECIES, table, e + LANES));
                s2 = s2.add(FloatVector.fromArray(SPECIES, table, e + 2 * LANES));
                s3 = s3.add(FloatVector.fromArray(SPECIES, table, e + 3 * LANES));
                mask >>>= 2 * SUBSET;
            }
            s0.intoArray(scores, at);
            s1.intoArray(scores, at + LANES);
            s2.intoArray(scores, at + 2 * LANES);
            s3.intoArray(scores, at + 3 * LANES);
        }
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
            int at = from + slot / LANES * candidates * LANES + slot % LANES;
            for (int first = 0; first < candidates; first += LOOK_UPS) {
                int count = Math.min(LOOK_UPS, candidates - first);
                WireKernels.collect(words, tiles, wires, at, first, count, own);
                Arrays.fill(sums, 0);
                for (int tile = 0; tile < tiles; tile++) {
                    lookUpAll(gradients[tile], row, own, tile * LOOK_UPS, sums);
                }
                for (int k = 0; k < count; k++) {
                    scores[(first + k) * BLOCK + slot] = sums[k];
                }
            }
        }
    }

    @Override
    public void lookUp(float[] gradients, int row, int[] words, int at, float[] sums) {
        lookUpAll(gradients, row, words, at, sums);
    }

    /** Adds to the sums of all candidates what the samples of a tile with their bits have. */
    private static void lookUpAll(float[] gradients, int row, int[] words, int at, float[] sums) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, sums, 0);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sums, LANES);
        FloatVector s2 = FloatVector.fromArray(SPECIES, sums, 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(SPECIES, sums, 3 * LANES);
        IntVector w0 = IntVector.fromArray(INTS, words, at);
        IntVector w1 = IntVector.fromArray(INTS, words, at + LANES);
        IntVector w2 = IntVector.fromArray(INTS, words, at + 2 * LANES);
        IntVector w3 = IntVector.fromArray(INTS, words, at + 3 * LANES);
        for (int sample = 0; sample < TILE; sample += TRIPLE) {
            float third = sample + 2 < TILE ? gradients[row + sample + 2] : 0;
            IntVector subsets = subsets(gradients[row + sample], gradients[row + sample + 1], third);
            s0 = s0.add(w0.selectFrom(subsets).reinterpretAsFloats());
            s1 = s1.add(w1.selectFrom(subsets).reinterpretAsFloats());
            s2 = s2.add(w2.selectFrom(subsets).reinterpretAsFloats());
            s3 = s3.add(w3.selectFrom(subsets).reinterpretAsFloats());
            w0 = w0.lanewise(VectorOperators.LSHR, TRIPLE);
            w1 = w1.lanewise(VectorOperators.LSHR, TRIPLE);
            w2 = w2.lanewise(VectorOperators.LSHR, TRIPLE);
            w3 = w3.lanewise(VectorOperators.LSHR, TRIPLE);
        }
        s0.intoArray(sums, 0);
        s1.intoArray(sums, LANES);
        s2.intoArray(sums, 2 * LANES);
        s3.intoArray(sums, 3 * LANES);
    }

    /** Lane {@code i} has the sum of those of the three that have a bit in {@code i}, added in their order. */
    private static IntVector subsets(float first, float second, float third) {
        FloatVector sum = BIT_0.mul(first);
        sum = BIT_1.fma(FloatVector.broadcast(SPECIES, second), sum);
        return BIT_2.fma(FloatVector.broadcast(SPECIES, third), sum).reinterpretAsInts();
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
        for (int k = 0; k < candidates; k++) {
            int i = k * LANES;
            FloatVector depth = FloatVector.fromArray(SPECIES, logits, at + i)
                    .sub(max)
                    .mul(inverseTemperature)
                    .max(SOFTMAX_DEPTH);
            FloatVector e = VectorMath.exp(depth);
            e.intoArray(shares, i);
            sum = sum.add(e);
            weighted = e.fma(FloatVector.fromArray(SPECIES, scores, scoresAt + k * BLOCK), weighted);
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
                    .mul(FloatVector.fromArray(SPECIES, scores, scoresAt + k * BLOCK)
                            .sub(mean));
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
