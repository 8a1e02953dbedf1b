package dev.gatewright.bench;

import java.util.Arrays;

/**
 * The gates of a layer as the definition has them: each a softmax-weighted sum of the sixteen functions of two values,
 * computed in a loop over all sixteen, forward and back, with one value after the other. What {@link ExplicitLoops} is
 * made of.
 */
final class SixteenLoops {
    private static final int FUNCTIONS = 16;
    /** Function → its coefficients of 1, a, b and ab; bit {@code a + 2b} of its number is its value at a, b. */
    private static final float[][] COEFFICIENTS = new float[FUNCTIONS][4];

    static {
        for (int t = 0; t < FUNCTIONS; t++) {
            int v0 = t & 1;
            int v1 = t >> 1 & 1;
            int v2 = t >> 2 & 1;
            int v3 = t >> 3 & 1;
            COEFFICIENTS[t] = new float[] {v0, v1 - v0, v2 - v0, v3 - v2 - v1 + v0};
        }
    }

    private final float[] logits;
    private final float[] weights;
    private final float[] gradients;
    private final float[] first;
    private final float[] second;

    /** The gradients that the last {@link #backward} gave its inputs. */
    float toA;

    float toB;

    /** @param logits gate after gate, which are copied */
    SixteenLoops(float[] logits) {
        this.logits = logits.clone();
        weights = new float[logits.length];
        gradients = new float[logits.length];
        first = new float[logits.length];
        second = new float[logits.length];
    }

    /** Begins a step: weights from logits. */
    void begin() {
        Arrays.fill(gradients, 0);
        for (int from = 0; from < logits.length; from += FUNCTIONS) {
            float total = 0;
            for (int t = from; t < from + FUNCTIONS; t++) {
                weights[t] = (float) Math.exp(logits[t]);
                total += weights[t];
            }
            for (int t = from; t < from + FUNCTIONS; t++) {
                weights[t] /= total;
            }
        }
    }

    float value(int gate, float a, float b) {
        float value = 0;
        for (int t = 0; t < FUNCTIONS; t++) {
            value += weights[gate * FUNCTIONS + t] * function(t, a, b);
        }
        return value;
    }

    private static float function(int t, float a, float b) {
        float[] c = COEFFICIENTS[t];
        return c[0] + c[1] * a + c[2] * b + c[3] * a * b;
    }

    /** Adds to the gradients of the gate's weights, and leaves those of its inputs. */
    void backward(int gate, float a, float b, float delta) {
        float slopeA = 0;
        float slopeB = 0;
        for (int t = 0; t < FUNCTIONS; t++) {
            float[] c = COEFFICIENTS[t];
            float weight = weights[gate * FUNCTIONS + t];
            gradients[gate * FUNCTIONS + t] += delta * function(t, a, b);
            slopeA += weight * (c[1] + c[3] * b);
            slopeB += weight * (c[2] + c[3] * a);
        }
        toA = delta * slopeA;
        toB = delta * slopeB;
    }

    /** Ends a step: from the gradients of weights to those of logits, and Adam with these. */
    void end(float rate) {
        for (int from = 0; from < logits.length; from += FUNCTIONS) {
            float mean = 0;
            for (int t = from; t < from + FUNCTIONS; t++) {
                mean += weights[t] * gradients[t];
            }
            for (int t = from; t < from + FUNCTIONS; t++) {
                float g = weights[t] * (gradients[t] - mean);
                first[t] = 0.9f * first[t] + 0.1f * g;
                second[t] = 0.999f * second[t] + 0.001f * g * g;
                logits[t] -= rate * first[t] / ((float) Math.sqrt(second[t]) + 1e-8f);
            }
        }
    }
}
