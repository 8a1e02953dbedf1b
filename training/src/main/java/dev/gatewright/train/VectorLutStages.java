package dev.gatewright.train;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What {@link VectorLutKernels} does to a gate's tile. Lanes are samples, but where entry gradients are added: there they
 * are the eight assignments of the low inputs, so that nothing is summed across lanes.
 */
final class VectorLutStages {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final int TILE = Kernels.TILE;
    private static final int LANES = Kernels.LANES;
    private static final int VALUES = LutGate.VALUES;
    private static final int WEIGHTS = LutGate.WEIGHTS;

    /** A low input's part in an assignment is {@code base + sign · x}: the input, or what it lacks to 1. */
    private static final FloatVector BASE_0 = pattern(1, 0, 1, 0, 1, 0, 1, 0);

    private static final FloatVector BASE_1 = pattern(1, 1, 0, 0, 1, 1, 0, 0);
    private static final FloatVector BASE_2 = pattern(1, 1, 1, 1, 0, 0, 0, 0);
    private static final FloatVector SIGN_0 = pattern(-1, 1, -1, 1, -1, 1, -1, 1);
    private static final FloatVector SIGN_1 = pattern(-1, -1, 1, 1, -1, -1, 1, 1);
    private static final FloatVector SIGN_2 = pattern(-1, -1, -1, -1, 1, 1, 1, 1);

    private VectorLutStages() {}

    private static FloatVector pattern(float... lanes) {
        return FloatVector.fromArray(SPECIES, lanes, 0);
    }

    static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(SPECIES, values, at);
    }

    static FloatVector every(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    /** Sums of entries over the low assignments: one a high assignment. */
    static void mixLow(LutGate gate) {
        float[] slab = gate.slab;
        float[] entries = gate.entries;
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector x0 = load(slab, gate.x0 + j);
            FloatVector x1 = load(slab, gate.x1 + j);
            FloatVector x2 = load(slab, gate.x2 + j);
            FloatVector y0 = every(1).sub(x0);
            FloatVector y1 = every(1).sub(x1);
            FloatVector y2 = every(1).sub(x2);
            FloatVector p0 = y2.mul(y1);
            FloatVector p1 = y2.mul(x1);
            FloatVector p2 = x2.mul(y1);
            FloatVector p3 = x2.mul(x1);
            FloatVector w0 = p0.mul(y0);
            FloatVector w1 = p0.mul(x0);
            FloatVector w2 = p1.mul(y0);
            FloatVector w3 = p1.mul(x0);
            FloatVector w4 = p2.mul(y0);
            FloatVector w5 = p2.mul(x0);
            FloatVector w6 = p3.mul(y0);
            FloatVector w7 = p3.mul(x0);
            int to = gate.scratch + VALUES + j;
            for (int h = 0; h < gate.high; h++) {
                int at = gate.first + h * LANES;
                FloatVector sum = w0.mul(every(entries[at]));
                sum = w1.fma(every(entries[at + 1]), sum);
                sum = w2.fma(every(entries[at + 2]), sum);
                sum = w3.fma(every(entries[at + 3]), sum);
                sum = w4.fma(every(entries[at + 4]), sum);
                sum = w5.fma(every(entries[at + 5]), sum);
                sum = w6.fma(every(entries[at + 6]), sum);
                sum = w7.fma(every(entries[at + 7]), sum);
                sum.intoArray(slab, to + h * TILE);
            }
        }
    }

    /** The outputs: between the sums over the low assignments, by the high inputs. */
    static void interpolate(LutGate gate) {
        float[] slab = gate.slab;
        for (int j = 0; j < TILE; j += LANES) {
            int values = gate.scratch + VALUES + j;
            FloatVector x0 = load(slab, gate.x3 + j);
            FloatVector x1 = load(slab, gate.x4 + j);
            FloatVector near = between(x1, between(slab, x0, values), between(slab, x0, values + 2 * TILE));
            FloatVector far = between(x1, between(slab, x0, values + 4 * TILE), between(slab, x0, values + 6 * TILE));
            between(load(slab, gate.x5 + j), near, far).intoArray(slab, gate.out + j);
        }
    }

    private static FloatVector between(float[] slab, FloatVector x, int pair) {
        return between(x, load(slab, pair), load(slab, pair + TILE));
    }

    private static FloatVector between(FloatVector x, FloatVector low, FloatVector high) {
        return x.fma(high.sub(low), low);
    }

    /** Products of the high inputs, or of what they lack to 1, for their eight assignments. */
    static void weigh(LutGate gate) {
        float[] slab = gate.slab;
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector x0 = load(slab, gate.x3 + j);
            FloatVector x1 = load(slab, gate.x4 + j);
            FloatVector x2 = load(slab, gate.x5 + j);
            FloatVector y0 = every(1).sub(x0);
            FloatVector y1 = every(1).sub(x1);
            FloatVector y2 = every(1).sub(x2);
            FloatVector p0 = y2.mul(y1);
            FloatVector p1 = y2.mul(x1);
            FloatVector p2 = x2.mul(y1);
            FloatVector p3 = x2.mul(x1);
            int to = gate.scratch + WEIGHTS + j;
            p0.mul(y0).intoArray(slab, to);
            p0.mul(x0).intoArray(slab, to + TILE);
            p1.mul(y0).intoArray(slab, to + 2 * TILE);
            p1.mul(x0).intoArray(slab, to + 3 * TILE);
            p2.mul(y0).intoArray(slab, to + 4 * TILE);
            p2.mul(x0).intoArray(slab, to + 5 * TILE);
            p3.mul(y0).intoArray(slab, to + 6 * TILE);
            p3.mul(x0).intoArray(slab, to + 7 * TILE);
        }
    }

    /** Makes of each high assignment's weights its shares of the output gradient. */
    static void share(LutGate gate) {
        float[] slab = gate.slab;
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector delta = load(slab, gate.delta + j);
            int at = gate.scratch + WEIGHTS + j;
            for (int h = 0; h < gate.high; h++) {
                delta.mul(load(slab, at + h * TILE)).intoArray(slab, at + h * TILE);
            }
        }
    }

    /** The weights of one sample's low assignments. */
    private static FloatVector lowWeights(LutGate gate, int j) {
        FloatVector pair = SIGN_0.fma(every(gate.slab[gate.x0 + j]), BASE_0)
                .mul(SIGN_1.fma(every(gate.slab[gate.x1 + j]), BASE_1));
        return pair.mul(SIGN_2.fma(every(gate.slab[gate.x2 + j]), BASE_2));
    }

    static void addOne(LutGate gate) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int shares = gate.scratch + WEIGHTS;
        for (int j = 0; j < TILE; j++) {
            sum = lowWeights(gate, j).fma(every(gate.slab[shares + j]), sum);
        }
        addTo(gate.entries, gate.first, sum);
    }

    static void addTwo(LutGate gate) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        int shares = gate.scratch + WEIGHTS;
        for (int j = 0; j < TILE; j++) {
            FloatVector w = lowWeights(gate, j);
            sum0 = w.fma(every(gate.slab[shares + j]), sum0);
            sum1 = w.fma(every(gate.slab[shares + TILE + j]), sum1);
        }
        addTo(gate.entries, gate.first, sum0);
        addTo(gate.entries, gate.first + LANES, sum1);
    }

    static void addFour(LutGate gate, int high) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        FloatVector sum2 = FloatVector.zero(SPECIES);
        FloatVector sum3 = FloatVector.zero(SPECIES);
        int shares = gate.scratch + WEIGHTS + high * TILE;
        for (int j = 0; j < TILE; j++) {
            FloatVector w = lowWeights(gate, j);
            sum0 = w.fma(every(gate.slab[shares + j]), sum0);
            sum1 = w.fma(every(gate.slab[shares + TILE + j]), sum1);
            sum2 = w.fma(every(gate.slab[shares + 2 * TILE + j]), sum2);
            sum3 = w.fma(every(gate.slab[shares + 3 * TILE + j]), sum3);
        }
        int to = gate.first + high * LANES;
        addTo(gate.entries, to, sum0);
        addTo(gate.entries, to + LANES, sum1);
        addTo(gate.entries, to + 2 * LANES, sum2);
        addTo(gate.entries, to + 3 * LANES, sum3);
    }

    private static void addTo(float[] sums, int to, FloatVector sum) {
        load(sums, to).add(sum).intoArray(sums, to);
    }

    /** Sums of entries over the high assignments: one a low assignment. */
    static void mixHigh(LutGate gate) {
        float[] slab = gate.slab;
        float[] entries = gate.entries;
        for (int j = 0; j < TILE; j += LANES) {
            FloatVector t0 = FloatVector.zero(SPECIES);
            FloatVector t1 = FloatVector.zero(SPECIES);
            FloatVector t2 = FloatVector.zero(SPECIES);
            FloatVector t3 = FloatVector.zero(SPECIES);
            FloatVector t4 = FloatVector.zero(SPECIES);
            FloatVector t5 = FloatVector.zero(SPECIES);
            FloatVector t6 = FloatVector.zero(SPECIES);
            FloatVector t7 = FloatVector.zero(SPECIES);
            for (int h = 0; h < gate.high; h++) {
                int at = gate.first + h * LANES;
                FloatVector w = load(slab, gate.scratch + WEIGHTS + h * TILE + j);
                t0 = w.fma(every(entries[at]), t0);
                t1 = w.fma(every(entries[at + 1]), t1);
                t2 = w.fma(every(entries[at + 2]), t2);
                t3 = w.fma(every(entries[at + 3]), t3);
                t4 = w.fma(every(entries[at + 4]), t4);
                t5 = w.fma(every(entries[at + 5]), t5);
                t6 = w.fma(every(entries[at + 6]), t6);
                t7 = w.fma(every(entries[at + 7]), t7);
            }
            int to = gate.scratch + VALUES + j;
            t0.intoArray(slab, to);
            t1.intoArray(slab, to + TILE);
            t2.intoArray(slab, to + 2 * TILE);
            t3.intoArray(slab, to + 3 * TILE);
            t4.intoArray(slab, to + 4 * TILE);
            t5.intoArray(slab, to + 5 * TILE);
            t6.intoArray(slab, to + 6 * TILE);
            t7.intoArray(slab, to + 7 * TILE);
        }
    }

    /** Adds the gradients of up to three inputs from the {@code first} on, in rows a, b and c, between eight values. */
    static void slopes(LutGate gate, int a, int b, int c, int first) {
        float[] slab = gate.slab;
        float[] gradients = gate.gradients;
        int inputs = gate.arity - first;
        for (int j = 0; j < TILE && inputs > 0; j += LANES) {
            int values = gate.scratch + VALUES + j;
            FloatVector t0 = load(slab, values);
            FloatVector t2 = load(slab, values + 2 * TILE);
            FloatVector t4 = load(slab, values + 4 * TILE);
            FloatVector t6 = load(slab, values + 6 * TILE);
            FloatVector d0 = load(slab, values + TILE).sub(t0);
            FloatVector d1 = load(slab, values + 3 * TILE).sub(t2);
            FloatVector d2 = load(slab, values + 5 * TILE).sub(t4);
            FloatVector d3 = load(slab, values + 7 * TILE).sub(t6);
            FloatVector x0 = load(slab, a + j);
            FloatVector x1 = load(slab, b + j);
            FloatVector x2 = load(slab, c + j);
            FloatVector delta = load(slab, gate.delta + j);
            add(delta, between(x2, between(x1, d0, d1), between(x1, d2, d3)), gradients, gate.to[first] + j);
            if (inputs > 1) {
                FloatVector l0 = x0.fma(d0, t0);
                FloatVector l1 = x0.fma(d1, t2);
                FloatVector l2 = x0.fma(d2, t4);
                FloatVector l3 = x0.fma(d3, t6);
                FloatVector e0 = l1.sub(l0);
                FloatVector e1 = l3.sub(l2);
                add(delta, between(x2, e0, e1), gradients, gate.to[first + 1] + j);
                if (inputs > 2) {
                    add(delta, x1.fma(e1, l2).sub(x1.fma(e0, l0)), gradients, gate.to[first + 2] + j);
                }
            }
        }
    }

    private static void add(FloatVector delta, FloatVector slope, float[] gradients, int to) {
        delta.fma(slope, load(gradients, to)).intoArray(gradients, to);
    }
}
