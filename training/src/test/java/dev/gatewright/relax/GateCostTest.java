package dev.gatewright.relax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.logic.TruthTable;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GateCostTest {
    static Stream<Relaxation> relaxations() {
        return Relaxation.all().stream();
    }

    @ParameterizedTest
    @MethodSource("relaxations")
    void gradientsAreCentralDifferences(Relaxation relaxation) {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 40; trial++) {
            double temperature = relaxation.sharpens() ? 0.5 + random.nextDouble() : 1;
            double[] parameters = random.doubles(relaxation.parameters(), -2, 2).toArray();
            double[] gradient = new double[parameters.length];
            GateCost.gradient(relaxation, temperature, parameters, gradient);
            for (int p = 0; p < parameters.length; p++) {
                double value = parameters[p];
                parameters[p] = value + 1e-6;
                double more = GateCost.expected(relaxation, temperature, parameters);
                parameters[p] = value - 1e-6;
                double less = GateCost.expected(relaxation, temperature, parameters);
                parameters[p] = value;
                assertThat(gradient[p])
                        .as("%s, trial %d, parameter %d", relaxation.name(), trial, p)
                        .isCloseTo((more - less) / 2e-6, within(1e-7));
            }
        }
    }

    /** Of a decided gate it is the cost of its function. */
    @Test
    void wiresInvertersAndConstantsAreFree() {
        for (int table = 0; table < 16; table++) {
            boolean reads = TruthTable.dependsOn(table, 2, 0) && TruthTable.dependsOn(table, 2, 1);
            double[] logits = new double[16];
            logits[table] = 60;
            assertThat(GateCost.expected(new Softmax16(), 1, logits)).isCloseTo(reads ? 1 : 0, within(1e-9));
            double[] entries = new double[4];
            for (int i = 0; i < 4; i++) {
                entries[i] = TruthTable.value(table, i) ? 60 : -60;
            }
            assertThat(GateCost.expected(new Light(Light.Estimator.SIGMOID), 1, entries))
                    .isCloseTo(reads ? 1 : 0, within(1e-9));
        }
    }
}
