package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.network.Initialisation;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.Wiring;
import dev.gatewright.relax.Relaxation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedule, average, decay and smoothing against their formulas in double. */
class FormulasTest {
    private static final int TILE = Kernels.TILE;
    private static final int CLASSES = 4;
    private static final float TAU = 1.7f;

    private static LogicNetwork network() {
        return GradientTest.network(
                Relaxation.all().getFirst(), Wiring.fixed().getFirst(), new int[] {20, 12}, new SplittableRandom(4));
    }

    @Test
    void theRateRisesInEqualPartsThenFollowsItsSchedule() {
        for (int step = 0; step < 4; step++) {
            assertThat(Schedule.COSINE.factor(step, 24, 4)).isEqualTo((step + 1) / 4.0);
        }
        assertThat(Schedule.COSINE.factor(4, 24, 4)).isEqualTo(1);
        assertThat(Schedule.COSINE.factor(14, 24, 4)).isCloseTo(0.5, within(1e-12));
        assertThat(Schedule.COSINE.factor(23, 24, 4)).isBetween(0.0, 0.01);
        assertThat(Schedule.CONSTANT.factor(3, 24, 8)).isEqualTo(0.5);
        assertThat(Schedule.CONSTANT.factor(8, 24, 8)).isEqualTo(1);
        for (int step = 0; step < 24; step++) {
            assertThat(Schedule.COSINE.factor(step, 24, 0))
                    .isCloseTo((1 + Math.cos(Math.PI * step / 24.0)) / 2, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.1})
    void averagesFollowTheirFormula(double decay) {
        try (Workers workers = new Workers(2)) {
            Stepper stepper =
                    new Stepper(network(), new Objective.Classes(3, 1, new int[1]), new ScalarKernels(), workers);
            List<Trainable> layers = stepper.layers();
            WeightAverage average = new WeightAverage(decay, layers);
            double[][] expected = new double[layers.size()][];
            for (int i = 0; i < expected.length; i++) {
                float[] weights = layers.get(i).weights().getFirst();
                expected[i] = IntStream.range(0, weights.length)
                        .mapToDouble(p -> weights[p])
                        .toArray();
            }
            SplittableRandom random = new SplittableRandom(9);
            for (int step = 1; step <= 40; step++) {
                double kept = Math.min(decay, (1.0 + step) / (10 + step));
                for (int i = 0; i < expected.length; i++) {
                    float[] weights = layers.get(i).weights().getFirst();
                    for (int p = 0; p < weights.length; p++) {
                        weights[p] += (float) random.nextGaussian();
                        expected[i][p] = kept * expected[i][p] + (1 - kept) * weights[p];
                    }
                }
                average.follow(step, workers);
            }
            float[][] before = layers.stream()
                    .map(layer -> layer.weights().getFirst().clone())
                    .toArray(float[][]::new);
            average.exchange();
            for (int i = 0; i < expected.length; i++) {
                float[] averaged = layers.get(i).weights().getFirst();
                for (int p = 0; p < averaged.length; p++) {
                    assertThat((double) averaged[p]).isCloseTo(expected[i][p], within(1e-5));
                }
            }
            float[] coefficients = layers.getFirst().expected().clone();
            average.exchange();
            assertThat(layers.getFirst().expected()).isNotEqualTo(coefficients);
            for (int i = 0; i < before.length; i++) {
                assertThat(layers.get(i).weights().getFirst()).isEqualTo(before[i]);
            }
        }
    }

    /** Without a gradient, AdamW shrinks every parameter by the rate times the decay and does nothing else. */
    @Test
    void decayShrinksParametersApartFromTheGradient() {
        for (Relaxation relaxation : Relaxation.all()) {
            float[] before = Initialisation.GAUSSIAN.parameters(relaxation, Kernels.LANES, new SplittableRandom(2));
            float[] after = before.clone();
            float[][] sums = {new float[Kernels.LANES * Kernels.SUMS]};
            Kernels.AdamStep adam = new Kernels.AdamStep(0.9f, 0.999f, 0.1f, 1, 1e-8f, 0.1f * 0.03f);
            Kernels.best()
                    .update(
                            relaxation,
                            1,
                            adam,
                            sums,
                            after,
                            after,
                            new float[2][before.length],
                            0,
                            1,
                            new float[Kernels.SCRATCH]);
            for (int p = 0; p < before.length; p++) {
                double expected = before[p] * (1 - 0.1 * 0.03);
                assertThat((double) after[p]).isCloseTo(expected, within(1e-6 * Math.abs(expected) + 1e-12));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.6f})
    void smoothedCrossEntropyAndItsGradientFollowTheirFormula(float smoothing) {
        SplittableRandom random = new SplittableRandom(3);
        int count = 29;
        int batch = 50;
        int[] labels = random.ints(count, 0, CLASSES).toArray();
        check(
                new Objective.Classes(CLASSES, TAU, labels, smoothing, Optional.empty()),
                count,
                batch,
                (sums, sample) -> {
                    double loss = 0;
                    for (int c = 0; c < CLASSES; c++) {
                        double target = (c == labels[sample] ? 1 - smoothing : 0) + smoothing / (double) CLASSES;
                        loss -= target * logSoftmax(sums, TAU, c);
                    }
                    return loss;
                });
    }

    @ParameterizedTest
    @ValueSource(floats = {0.3f, 1})
    void distillationAndItsGradientFollowTheirFormula(float weight) {
        SplittableRandom random = new SplittableRandom(13);
        int count = 30;
        float temperature = 2.5f;
        int[] labels = random.ints(count, 0, CLASSES).toArray();
        float[] scores = new float[count * CLASSES];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextDouble(-6, 6);
        }
        Teacher teacher = Teacher.of(scores, CLASSES, weight, temperature);
        Objective objective = new Objective.Classes(CLASSES, TAU, labels, 0.1f, Optional.of(teacher));
        check(objective, count, 40, (sums, sample) -> {
            double[] taught = new double[CLASSES];
            Arrays.setAll(taught, c -> scores[sample * CLASSES + c]);
            double entropy = 0;
            double divergence = 0;
            for (int c = 0; c < CLASSES; c++) {
                double target = (c == labels[sample] ? 1 - 0.1f : 0) + 0.1f / (double) CLASSES;
                entropy -= target * logSoftmax(sums, TAU, c);
                double expected = logSoftmax(taught, temperature, c);
                divergence += Math.exp(expected) * (expected - logSoftmax(sums, TAU * temperature, c));
            }
            return (1 - weight) * entropy + weight * temperature * temperature * divergence;
        });
    }

    /** The loss of a sample with the given class sums. */
    @FunctionalInterface
    interface Loss {
        double of(double[] sums, int sample);
    }

    static double logSoftmax(double[] sums, double tau, int c) {
        double total = Arrays.stream(sums).map(sum -> Math.exp(sum / tau)).sum();
        return sums[c] / tau - Math.log(total);
    }

    /** Compares loss and gradient of one tile with a formula and its central differences. */
    static void check(Objective objective, int count, int batch, Loss loss) {
        SplittableRandom random = new SplittableRandom(8);
        float[] slab = new float[2 * CLASSES * TILE];
        for (int i = 0; i < CLASSES * TILE; i++) {
            slab[i] = (float) random.nextDouble(0, 9);
        }
        int[] samples = IntStream.range(0, count).toArray();
        double given = objective.gradient(samples, 0, count, batch, slab, 0, CLASSES * TILE);
        double expected = 0;
        double step = 1e-5;
        for (int lane = 0; lane < TILE; lane++) {
            double[] sums = new double[CLASSES];
            for (int c = 0; c < CLASSES; c++) {
                sums[c] = slab[c * TILE + lane];
            }
            expected += lane < count ? loss.of(sums, lane) : 0;
            for (int c = 0; c < CLASSES; c++) {
                double slope = 0;
                if (lane < count) {
                    double value = sums[c];
                    sums[c] = value + step;
                    slope = loss.of(sums, lane);
                    sums[c] = value - step;
                    slope = (slope - loss.of(sums, lane)) / (2 * step * batch);
                    sums[c] = value;
                }
                assertThat((double) slab[(CLASSES + c) * TILE + lane])
                        .as("lane %d, class %d", lane, c)
                        .isCloseTo(slope, within(1e-8 + 1e-5 * Math.abs(slope)));
            }
        }
        assertThat(given).isCloseTo(expected, within(1e-5 * expected));
    }
}
