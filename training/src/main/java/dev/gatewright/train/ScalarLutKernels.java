package dev.gatewright.train;

import dev.gatewright.relax.FiniteDifferenceTable;
import dev.gatewright.relax.Light;
import dev.gatewright.relax.LightTable;
import dev.gatewright.relax.TableRelaxation;
import dev.gatewright.relax.WalshTable;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** The kernels of larger gates in plain Java: the definition that {@link VectorLutKernels} follows. */
final class ScalarLutKernels implements LutKernels {
    private static final int TILE = Kernels.TILE;
    private static final int LANES = Kernels.LANES;
    private static final int LOW = LutPlan.LOW;

    /** What a sample's gate computes on the way. */
    private static final class Sample {
        final float[] x = new float[2 * LOW];
        final float[] low = new float[LANES];
        final float[] high = new float[LANES];
        final float[] mixed = new float[LANES];
        final float[] gradient = new float[LOW];

        void read(LutPlan plan, int gate, float[] slab, int in, int j) {
            for (int i = 0; i < plan.arity; i++) {
                x[i] = slab[in + plan.reads[gate * plan.arity + i] * TILE + j];
            }
        }
    }

    @Override
    public void forward(LutPlan plan, float[] entries, float[] slab, int in, int out, int scratch) {
        Sample sample = new Sample();
        for (int gate = 0; gate < plan.gates; gate++) {
            int e = gate * plan.stride;
            for (int j = 0; j < TILE; j++) {
                sample.read(plan, gate, slab, in, j);
                weights(sample.x, 0, sample.low);
                Arrays.fill(sample.mixed, 0);
                mixLow(entries, e, plan.stride / LANES, sample);
                slab[out + plan.out[gate] * TILE + j] = interpolate(sample.mixed, sample.x);
            }
        }
    }

    /** Products of three inputs, or of what they lack to 1, for their eight assignments. */
    private static void weights(float[] x, int at, float[] weights) {
        for (int a = 0; a < LANES; a++) {
            float pair = side(x[at + 2], a >> 2) * side(x[at + 1], a >> 1);
            weights[a] = pair * side(x[at], a);
        }
    }

    private static float side(float x, int assignment) {
        return (assignment & 1) != 0 ? x : 1 - x;
    }

    /** Sums over the low assignments: one a high assignment. */
    private static void mixLow(float[] entries, int e, int high, Sample sample) {
        for (int h = 0; h < high; h++) {
            float sum = sample.low[0] * entries[e + h * LANES];
            for (int l = 1; l < LANES; l++) {
                sum = Math.fma(sample.low[l], entries[e + h * LANES + l], sum);
            }
            sample.mixed[h] = sum;
        }
    }

    /** Eight values between the assignments of the high inputs. */
    private static float interpolate(float[] values, float[] x) {
        float[] left = values.clone();
        for (int i = 0, size = LANES / 2; size > 0; i++, size /= 2) {
            for (int t = 0; t < size; t++) {
                left[t] = Math.fma(x[LOW + i], left[2 * t + 1] - left[2 * t], left[2 * t]);
            }
        }
        return left[0];
    }

    @Override
    public void entryGradients(LutPlan plan, float[] slab, int in, int outGradient, float[] sums, int scratch) {
        Sample sample = new Sample();
        float[] total = new float[plan.stride];
        for (int gate = 0; gate < plan.gates; gate++) {
            Arrays.fill(total, 0);
            for (int j = 0; j < TILE; j++) {
                sample.read(plan, gate, slab, in, j);
                weights(sample.x, LOW, sample.high);
                float delta = slab[outGradient + plan.gradient[gate] * TILE + j];
                for (int l = 0; l < LANES; l++) {
                    float low = side(sample.x[0], l) * side(sample.x[1], l >> 1);
                    sample.low[l] = low * side(sample.x[2], l >> 2);
                }
                for (int h = 0; h < plan.stride / LANES; h++) {
                    float share = delta * sample.high[h];
                    for (int l = 0; l < LANES; l++) {
                        total[h * LANES + l] = Math.fma(share, sample.low[l], total[h * LANES + l]);
                    }
                }
            }
            for (int i = 0; i < total.length; i++) {
                sums[gate * plan.stride + i] += total[i];
            }
        }
    }

    @Override
    public void inputGradients(
            LutPlan plan, float[] entries, float[] slab, int in, int outGradient, int inGradient, int scratch) {
        gradients(plan, entries, slab, in, outGradient, slab, slot -> inGradient + plan.reads[slot] * TILE);
    }

    @Override
    public void slotGradients(
            LutPlan plan, float[] entries, float[] slab, int in, int outGradient, float[] gradients, int scratch) {
        gradients(plan, entries, slab, in, outGradient, gradients, slot -> slot * TILE);
    }

    /** Adds the gradient of slot {@code s} to the row of {@code target} that starts at {@code rowOf(s)}. */
    private static void gradients(
            LutPlan plan,
            float[] entries,
            float[] slab,
            int in,
            int outGradient,
            float[] target,
            IntUnaryOperator rowOf) {
        Sample sample = new Sample();
        for (int gate = 0; gate < plan.gates; gate++) {
            int e = gate * plan.stride;
            int high = plan.stride / LANES;
            for (int j = 0; j < TILE; j++) {
                sample.read(plan, gate, slab, in, j);
                weights(sample.x, LOW, sample.high);
                float delta = slab[outGradient + plan.gradient[gate] * TILE + j];
                for (int l = 0; l < LANES; l++) {
                    float sum = 0;
                    for (int h = 0; h < high; h++) {
                        sum = Math.fma(sample.high[h], entries[e + h * LANES + l], sum);
                    }
                    sample.mixed[l] = sum;
                }
                slopes(sample, 0);
                add(plan, gate, 0, delta, sample, target, rowOf, j);
                weights(sample.x, 0, sample.low);
                Arrays.fill(sample.mixed, 0);
                mixLow(entries, e, high, sample);
                slopes(sample, LOW);
                add(plan, gate, LOW, delta, sample, target, rowOf, j);
            }
        }
    }

    /** The derivatives of the interpolation of eight values by the three inputs from {@code x[at]} on. */
    private static void slopes(Sample sample, int at) {
        float[] t = sample.mixed;
        float x0 = sample.x[at];
        float x1 = sample.x[at + 1];
        float x2 = sample.x[at + 2];
        float d0 = t[1] - t[0];
        float d1 = t[3] - t[2];
        float d2 = t[5] - t[4];
        float d3 = t[7] - t[6];
        float near = Math.fma(x1, d1 - d0, d0);
        float far = Math.fma(x1, d3 - d2, d2);
        sample.gradient[0] = Math.fma(x2, far - near, near);
        float l0 = Math.fma(x0, d0, t[0]);
        float l1 = Math.fma(x0, d1, t[2]);
        float l2 = Math.fma(x0, d2, t[4]);
        float l3 = Math.fma(x0, d3, t[6]);
        float e0 = l1 - l0;
        float e1 = l3 - l2;
        sample.gradient[1] = Math.fma(x2, e1 - e0, e0);
        sample.gradient[2] = Math.fma(x1, e1, l2) - Math.fma(x1, e0, l0);
    }

    private static void add(
            LutPlan plan,
            int gate,
            int first,
            float delta,
            Sample sample,
            float[] target,
            IntUnaryOperator rowOf,
            int j) {
        for (int i = first; i < Math.min(plan.arity, first + LOW); i++) {
            int at = rowOf.applyAsInt(gate * plan.arity + i) + j;
            target[at] = Math.fma(delta, sample.gradient[i - first], target[at]);
        }
    }

    @Override
    public void squash(float[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            values[i] = 1 / (1 + FloatMath.exp(-values[i]));
        }
    }

    @Override
    public void unsquash(LutPlan plan, float[] slab, int out, int outGradient, int to) {
        for (int gate = 0; gate < plan.gates; gate++) {
            for (int j = 0; j < TILE; j++) {
                float output = slab[out + plan.out[gate] * TILE + j];
                float delta = slab[outGradient + plan.gradient[gate] * TILE + j];
                slab[to + gate * TILE + j] = delta * (output * (1 - output));
            }
        }
    }

    @Override
    public void round(float[] values, int from, float[] rounded, int to, int length, float low, float high) {
        for (int i = 0; i < length; i++) {
            rounded[to + i] = values[from + i] >= 0.5f ? high : low;
        }
    }

    @Override
    public void project(
            LutPlan plan, TableRelaxation relaxation, float[] parameters, float[] entries, int from, int to) {
        switch (relaxation) {
            case WalshTable ignored -> LutPlan.walsh(plan, parameters, entries, from, to);
            case FiniteDifferenceTable ignored -> {
                for (int i = from; i < to; i++) {
                    entries[i] = Math.fma(0.5f, parameters[i], 0.5f);
                }
            }
            case LightTable light -> {
                for (int i = from; i < to; i++) {
                    entries[i] = entry(light.estimator(), parameters[i]);
                }
            }
        }
    }

    private static float entry(Light.Estimator estimator, float parameter) {
        return switch (estimator) {
            case SIGMOID -> 1 / (1 + FloatMath.exp(-parameter));
            case SINE -> Math.fma(0.5f, FloatMath.sin(parameter), 0.5f);
        };
    }

    @Override
    public void update(
            LutPlan plan,
            TableRelaxation relaxation,
            Kernels.AdamStep adam,
            float[][] sums,
            float[] parameters,
            float[][] moments,
            float[] entries,
            int from,
            int to,
            float[] scratch) {
        switch (relaxation) {
            case WalshTable ignored -> {
                float[] gradients = new float[plan.stride];
                for (int gate = from; gate < to; gate += plan.stride) {
                    for (int i = 0; i < gradients.length; i++) {
                        gradients[i] = gradient(sums, gate + i);
                    }
                    WalshTable.transform(gradients, 0, plan.arity);
                    for (int i = 0; i < gradients.length; i++) {
                        ScalarUpdate.step(adam, parameters, moments, gate + i, gradients[i]);
                    }
                }
            }
            case FiniteDifferenceTable ignored -> {
                for (int i = from; i < to; i++) {
                    ScalarUpdate.step(adam, parameters, moments, i, gradient(sums, i));
                    parameters[i] = Math.min(Math.max(parameters[i], -1), 1);
                }
            }
            case LightTable light -> {
                for (int i = from; i < to; i++) {
                    float gradient = gradient(sums, i);
                    float slope = slope(light.estimator(), parameters[i], entries[i]);
                    ScalarUpdate.step(adam, parameters, moments, i, gradient * slope);
                }
            }
        }
        project(plan, relaxation, parameters, entries, from, to);
    }

    private static float gradient(float[][] sums, int at) {
        float gradient = 0;
        for (float[] chunk : sums) {
            gradient += chunk[at];
        }
        return gradient;
    }

    private static float slope(Light.Estimator estimator, float parameter, float entry) {
        return switch (estimator) {
            case SIGMOID -> entry * (1 - entry);
            case SINE -> 0.5f * FloatMath.cos(parameter);
        };
    }
}
