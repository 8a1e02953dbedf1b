package dev.gatewright.relax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.logic.TruthTable;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableRelaxationTest {
    static Stream<TableRelaxation> all() {
        return TableRelaxation.all().stream();
    }

    static Stream<TableRelaxation> differentiable() {
        return all().filter(relaxation -> !(relaxation instanceof FiniteDifferenceTable));
    }

    private static double[] drawn(int size, SplittableRandom random) {
        return random.doubles(size, -1, 1).toArray();
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void gradientsOfEntriesAreCentralDifferences(TableRelaxation relaxation) {
        SplittableRandom random = new SplittableRandom(51);
        for (int inputs = 2; inputs <= 6; inputs++) {
            double[] parameters = drawn(1 << inputs, random);
            double[] weights = drawn(1 << inputs, random);
            double[] gradient = new double[parameters.length];
            relaxation.gradient(parameters, weights, gradient);
            for (int p = 0; p < parameters.length; p++) {
                double value = parameters[p];
                parameters[p] = value + 1e-6;
                double more = weighted(relaxation, parameters, weights);
                parameters[p] = value - 1e-6;
                double less = weighted(relaxation, parameters, weights);
                parameters[p] = value;
                assertThat(gradient[p]).isCloseTo((more - less) / 2e-6, within(1e-7));
            }
        }
    }

    private static double weighted(TableRelaxation relaxation, double[] parameters, double[] weights) {
        double[] entries = new double[parameters.length];
        relaxation.entries(parameters, entries);
        double sum = 0;
        for (int i = 0; i < entries.length; i++) {
            sum += weights[i] * entries[i];
        }
        return sum;
    }

    /** At a corner the output is at least one half where the truth table is true, and nowhere else. */
    @ParameterizedTest
    @MethodSource("all")
    void theTruthTableIsWhatTheCornersRoundTo(TableRelaxation relaxation) {
        SplittableRandom random = new SplittableRandom(52);
        for (int i = 0; i < 200; i++) {
            int inputs = 2 + i % 5;
            int from = i % 3;
            float[] parameters = new float[from + (1 << inputs)];
            double[] own = new double[1 << inputs];
            for (int p = 0; p < own.length; p++) {
                parameters[from + p] = (float) random.nextDouble(-1, 1);
                own[p] = parameters[from + p];
            }
            double[] entries = new double[own.length];
            relaxation.entries(own, entries);
            long table = relaxation.table(parameters, from, inputs);
            for (int a = 0; a < own.length; a++) {
                double[] x = new double[inputs];
                for (int j = 0; j < inputs; j++) {
                    x[j] = a >> j & 1;
                }
                double value = relaxation.value(entries, x);
                assertThat(value >= 0.5).isEqualTo(TruthTable.value(table, a));
                double expected = relaxation.expected(entries[a]);
                assertThat(expected >= 0.5).isEqualTo(value >= 0.5);
            }
        }
    }

    /** The definition of the literature: the argument of σ is −Σ c_S Π (1 − 2x_j), between the corners too. */
    @Test
    void walshCoefficientsMeanWhatThePaperSays() {
        SplittableRandom random = new SplittableRandom(53);
        WalshTable walsh = new WalshTable();
        for (int inputs = 2; inputs <= 6; inputs++) {
            double[] c = drawn(1 << inputs, random);
            double[] x = random.doubles(inputs).toArray();
            double z = 0;
            for (int s = 0; s < c.length; s++) {
                double product = c[s];
                for (int j = 0; j < inputs; j++) {
                    product *= (s >> j & 1) != 0 ? 1 - 2 * x[j] : 1;
                }
                z += product;
            }
            double[] entries = new double[c.length];
            walsh.entries(c, entries);
            assertThat(walsh.value(entries, x)).isCloseTo(1 / (1 + Math.exp(z)), within(1e-12));
            float[] transformed = new float[c.length];
            for (int s = 0; s < c.length; s++) {
                transformed[s] = (float) c[s];
            }
            WalshTable.transform(transformed, 0, inputs);
            for (int a = 0; a < c.length; a++) {
                assertThat((double) transformed[a]).isCloseTo(entries[a], within(1e-5));
            }
        }
    }
}
