package dev.gatewright.relax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.logic.TruthTable;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RelaxationTest {
    static List<Relaxation> relaxations() {
        return Relaxation.all();
    }

    /** Parameters that mean truth table {@code table} as exactly as this relaxation can. */
    static double[] meaning(Relaxation relaxation, int table) {
        double[] parameters = new double[relaxation.parameters()];
        for (int p = 0; p < parameters.length; p++) {
            parameters[p] = switch (relaxation) {
                case Softmax16 ignored -> p == table ? 800 : 0;
                case Light light -> {
                    double size = light.estimator() == Light.Estimator.SINE ? Math.PI / 2 : 800;
                    yield TruthTable.value(table, p) ? size : -size;
                }
                case Covariance ignored -> 800 * weight(table, p);
            };
        }
        return parameters;
    }

    /** Coefficients whose product with those of a function is its true corners in {@code table} less the others. */
    private static int weight(int table, int coefficient) {
        int u0 = (table & 1) != 0 ? 1 : -1;
        int u1 = (table & 2) != 0 ? 1 : -1;
        int u2 = (table & 4) != 0 ? 1 : -1;
        int u3 = (table & 8) != 0 ? 1 : -1;
        return new int[] {u0 + u1 + u2 + u3, u1 + u3, u2 + u3, u3}[coefficient];
    }

    @ParameterizedTest
    @MethodSource("relaxations")
    void cornersOfAnExactGateAreItsTruthTable(Relaxation relaxation) {
        for (int table = 0; table < 16; table++) {
            double[] parameters = meaning(relaxation, table);
            double[] corners = new double[4];
            relaxation.corners(parameters, corners);
            for (int i = 0; i < 4; i++) {
                assertThat(corners[i])
                        .as("table %d, corner %d", table, i)
                        .isEqualTo(TruthTable.value(table, i) ? 1 : 0);
            }
            float[] single = new float[parameters.length + 3];
            for (int p = 0; p < parameters.length; p++) {
                single[p + 3] = (float) parameters[p];
            }
            assertThat(relaxation.table(single, 3)).isEqualTo(table);
        }
    }

    @ParameterizedTest
    @MethodSource("relaxations")
    void gradientsAreCentralDifferences(Relaxation relaxation) {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] parameters = random.doubles(relaxation.parameters(), -3, 3).toArray();
            double[] weights = random.doubles(4, -1, 1).toArray();
            double[] gradient = new double[parameters.length];
            relaxation.gradient(parameters, weights, gradient);
            for (int p = 0; p < parameters.length; p++) {
                double step = 1e-5;
                double[] more = parameters.clone();
                more[p] += step;
                double[] less = parameters.clone();
                less[p] -= step;
                double expected =
                        (weighted(relaxation, more, weights) - weighted(relaxation, less, weights)) / (2 * step);
                assertThat(gradient[p]).as("seed %d, parameter %d", seed, p).isCloseTo(expected, within(1e-9));
            }
        }
    }

    private static double weighted(Relaxation relaxation, double[] parameters, double[] weights) {
        double[] corners = new double[4];
        relaxation.corners(parameters, corners);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            assertThat(corners[i]).isBetween(0.0, 1.0);
            sum += weights[i] * corners[i];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("relaxations")
    void gradientsAtATemperatureAreCentralDifferencesToo(Relaxation relaxation) {
        for (double temperature : relaxation.sharpens() ? new double[] {0.3, 2.5} : new double[] {1}) {
            SplittableRandom random = new SplittableRandom(51);
            double[] parameters = random.doubles(relaxation.parameters(), -1, 1).toArray();
            double[] weights = random.doubles(4, -1, 1).toArray();
            double[] gradient = new double[parameters.length];
            relaxation.gradient(parameters, temperature, weights, gradient);
            for (int p = 0; p < parameters.length; p++) {
                double[] difference = new double[2];
                for (int side = 0; side < 2; side++) {
                    double[] moved = parameters.clone();
                    moved[p] += side == 0 ? 1e-5 : -1e-5;
                    double[] corners = new double[4];
                    relaxation.corners(moved, temperature, corners);
                    for (int i = 0; i < 4; i++) {
                        difference[side] += weights[i] * corners[i];
                    }
                }
                assertThat(gradient[p]).isCloseTo((difference[0] - difference[1]) / 2e-5, within(1e-8));
            }
        }
    }

    /** As the temperature falls, corners go to those of the gate that discretising takes. */
    @ParameterizedTest
    @MethodSource("relaxations")
    void aLowTemperatureGivesTheGateOfTheTable(Relaxation relaxation) {
        SplittableRandom random = new SplittableRandom(52);
        for (int round = 0; relaxation.sharpens() && round < 200; round++) {
            double[] parameters = random.doubles(relaxation.parameters(), -2, 2).toArray();
            float[] single = new float[parameters.length];
            for (int p = 0; p < single.length; p++) {
                single[p] = (float) parameters[p];
            }
            double[] corners = new double[4];
            relaxation.corners(parameters, 1e-9, corners);
            for (int i = 0; i < 4; i++) {
                assertThat(corners[i])
                        .as("round %d, corner %d", round, i)
                        .isEqualTo(TruthTable.value(relaxation.table(single, 0), i) ? 1 : 0);
            }
        }
    }

    /** Of the parameters of an equal softmax none moves a gate's input, whatever the other input is. */
    @Test
    void aGateOfEqualShareHasNoInputGradient() {
        double[] corners = new double[4];
        new Softmax16().corners(new double[16], 0.37, corners);
        for (double other : new double[] {0, 0.3, 1}) {
            assertThat((corners[1] - corners[0]) * (1 - other) + (corners[3] - corners[2]) * other)
                    .isZero();
        }
    }

    /** The formula of the paper: twice the covariance of the functions' coefficients, over the temperature. */
    @Test
    void theJacobianOfCovarianceIsACovariance() {
        double temperature = 0.8;
        double[] c = new SplittableRandom(53).doubles(4, -1, 1).toArray();
        double[] p = new double[16];
        double total = 0;
        for (int t = 0; t < 16; t++) {
            double distance = 0;
            for (int k = 0; k < 4; k++) {
                distance += Math.pow(c[k] - Covariance.prototype(t, k), 2);
            }
            p[t] = Math.exp(-distance / temperature);
            total += p[t];
        }
        double[] mean = new double[4];
        for (int t = 0; t < 16; t++) {
            p[t] /= total;
            for (int k = 0; k < 4; k++) {
                mean[k] += p[t] * Covariance.prototype(t, k);
            }
        }
        for (int out = 0; out < 4; out++) {
            // A gradient of the corners that picks coefficient "out".
            double[][] picks = {{1, 0, 0, 0}, {-1, 1, 0, 0}, {-1, 0, 1, 0}, {1, -1, -1, 1}};
            double[] gradient = new double[4];
            new Covariance().gradient(c, temperature, picks[out], gradient);
            for (int k = 0; k < 4; k++) {
                double covariance = 0;
                for (int t = 0; t < 16; t++) {
                    covariance +=
                            p[t] * (Covariance.prototype(t, out) - mean[out]) * (Covariance.prototype(t, k) - mean[k]);
                }
                assertThat(gradient[k]).isCloseTo(2 / temperature * covariance, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("relaxations")
    void exchangedParametersDescribeTheGateWithItsInputsExchanged(Relaxation relaxation) {
        double[] parameters =
                new SplittableRandom(1).doubles(relaxation.parameters(), -2, 2).toArray();
        double[] exchanged = new double[parameters.length];
        for (int p = 0; p < parameters.length; p++) {
            exchanged[p] = parameters[relaxation.exchanged(p)];
            assertThat(relaxation.exchanged(relaxation.exchanged(p))).isEqualTo(p);
        }
        double[] corners = new double[4];
        double[] other = new double[4];
        relaxation.corners(parameters, corners);
        relaxation.corners(exchanged, other);
        assertThat(other).containsExactly(new double[] {corners[0], corners[2], corners[1], corners[3]}, within(1e-15));
    }

    @Test
    void uniformLogitsHaveNoSlope() {
        double[] corners = new double[4];
        new Softmax16().corners(new double[16], corners);
        assertThat(corners).containsExactly(0.5, 0.5, 0.5, 0.5);
    }

    @Test
    void aSharedShiftOfLogitsChangesNothing() {
        double[] logits = new SplittableRandom(2).doubles(16, -2, 2).toArray();
        double[] shifted = logits.clone();
        for (int t = 0; t < 16; t++) {
            shifted[t] += 700;
        }
        double[] corners = new double[4];
        double[] other = new double[4];
        new Softmax16().corners(logits, corners);
        new Softmax16().corners(shifted, other);
        assertThat(other).containsExactly(corners, within(1e-12));
    }

    @Test
    void lightRoundingIsTheNearestGate() {
        SplittableRandom random = new SplittableRandom(3);
        Light light = new Light(Light.Estimator.SIGMOID);
        for (int round = 0; round < 1000; round++) {
            double[] parameters = random.doubles(4, -3, 3).toArray();
            double[] corners = new double[4];
            light.corners(parameters, corners);
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int table = 0; table < 16; table++) {
                double distance = 0;
                for (int i = 0; i < 4; i++) {
                    distance += Math.abs(corners[i] - (TruthTable.value(table, i) ? 1 : 0));
                }
                if (distance < least) {
                    least = distance;
                    nearest = table;
                }
            }
            float[] single = {(float) parameters[0], (float) parameters[1], (float) parameters[2], (float) parameters[3]
            };
            assertThat(light.table(single, 0)).isEqualTo(nearest);
        }
    }
}
