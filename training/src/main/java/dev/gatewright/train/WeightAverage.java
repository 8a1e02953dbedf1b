package dev.gatewright.train;

import java.util.List;

/**
 * The exponential moving average of what a network learns. After step {@code t}, counted from 1,
 * {@code average += (1 − d)·(parameters − average)} with {@code d = min(decay, (1 + t)/(10 + t))}: the ramp keeps a short
 * run from remembering how it was initialised.
 *
 * <p>Costs three floats of memory traffic a parameter and step. Elements are independent, so the number of threads
 * changes nothing.
 */
final class WeightAverage {
    /** Parameters that one task averages. */
    private static final int SPAN = 1 << 14;

    private final double decay;
    private final List<Trainable> layers;
    private final List<float[]> weights;
    private final float[][] averages;
    private final int[] tasksBefore;

    /** Starts from the present parameters. */
    WeightAverage(double decay, List<Trainable> layers) {
        this.decay = decay;
        this.layers = layers;
        weights = layers.stream().flatMap(layer -> layer.weights().stream()).toList();
        averages = weights.stream().map(float[]::clone).toArray(float[][]::new);
        tasksBefore = new int[averages.length + 1];
        for (int i = 0; i < averages.length; i++) {
            tasksBefore[i + 1] = tasksBefore[i] + (averages[i].length + SPAN - 1) / SPAN;
        }
    }

    /** Follows the parameters after step {@code step}, counted from 1. */
    void follow(long step, Workers workers) {
        float rate = (float) (1 - Math.min(decay, (1.0 + step) / (10.0 + step)));
        workers.run(tasksBefore[averages.length], (worker, task) -> {
            int i = 0;
            while (task >= tasksBefore[i + 1]) {
                i++;
            }
            int from = (task - tasksBefore[i]) * SPAN;
            approach(averages[i], weights.get(i), rate, from, Math.min(from + SPAN, averages[i].length));
        });
    }

    private static void approach(float[] average, float[] live, float rate, int from, int to) {
        for (int i = from; i < to; i++) {
            average[i] += rate * (live[i] - average[i]);
        }
    }

    /** Puts the averages in the place of the parameters and these in theirs; twice is as never. */
    void exchange() {
        for (int i = 0; i < averages.length; i++) {
            float[] live = weights.get(i);
            for (int p = 0; p < live.length; p++) {
                float weight = live[p];
                live[p] = averages[i][p];
                averages[i][p] = weight;
            }
        }
        layers.forEach(Trainable::weightsChanged);
    }

    /** The live averages, array after array of {@link Trainable#weights}, in the layout of the kernels. */
    float[][] state() {
        return averages;
    }

    /** The inverse of {@link #state}. */
    void restore(float[][] state) {
        for (int i = 0; i < averages.length; i++) {
            System.arraycopy(state[i], 0, averages[i], 0, averages[i].length);
        }
    }
}
