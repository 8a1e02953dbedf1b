package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.discretise.Discretiser;
import dev.gatewright.network.Connections;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.Wiring;
import dev.gatewright.relax.Light;
import dev.gatewright.relax.Relaxation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    private static final Relaxation LIGHT = new Light(Light.Estimator.SIGMOID);
    private static final float YES = 5;
    private static final float NO = -5;

    private static DenseLayer layer(int inputs, int[] a, int[] b, float... parameters) {
        return new DenseLayer(new Connections(inputs, a, b), LIGHT, parameters);
    }

    /** Layers of: and, first input, true, undecided xor; first input, an or with one undecided corner. */
    private static LogicNetwork made() {
        DenseLayer first = layer(3, new int[] {0, 2, 0, 0}, new int[] {1, 1, 1, 2}, new float[] {
            NO, NO, NO, YES, NO, YES, NO, YES, YES, YES, YES, YES, -0.1f, 0.1f, 0.1f, -0.1f,
        });
        DenseLayer second = layer(4, new int[] {0, 1}, new int[] {3, 2}, new float[] {
            NO, YES, NO, YES, NO, YES, YES, 1,
        });
        return new LogicNetwork(3, List.of(first, second), 2);
    }

    @Test
    void gatesAreCountedByWhatTheyDo() {
        LogicNetwork network = made();
        try (Workers workers = new Workers(1)) {
            Stepper stepper =
                    new Stepper(network, new Objective.Classes(2, 1, new int[1]), new ScalarKernels(), workers);
            Diagnosis seen = Diagnostics.examine(
                    0.02, network, Discretiser.tables(network), stepper.layers(), List.of(1e-6, 1.0));
            assertThat(seen.gates()).isEqualTo(6);
            assertThat(seen.undecided()).isEqualTo(2);
            assertThat(seen.undecidedByLayer()).hasSize(network.layers().size());
            assertThat(seen.constant()).isEqualTo(1);
            assertThat(seen.passThrough()).isEqualTo(2);
            assertThat(seen.dead()).isEqualTo(1);
            assertThat(Diagnostics.brokenLayer(stepper.layers())).isZero();
            stepper.layers().get(1).expected()[3] = Float.NaN;
            assertThat(Diagnostics.brokenLayer(stepper.layers())).isEqualTo(2);
        }
    }

    @Test
    void adviceNamesWhatIsWrongAndNothingElse() {
        assertThat(new Diagnosis(0.004, 100, List.of(60), 20, 50, 20, List.of(0.1, 1.0)).advice())
                .isEmpty();
        assertThat(new Diagnosis(-0.3, 100, List.of(0), 0, 0, 0, List.of()).advice())
                .isEmpty();
        assertThat(new Diagnosis(0.023, 100, List.of(12), 0, 0, 0, List.of(1.0)).advice())
                .singleElement()
                .asString()
                .contains("2.3 points", "12 of 100 gates (12 %) undecided");
        assertThat(new Diagnosis(0, 100, List.of(0), 30, 0, 0, List.of()).advice())
                .singleElement()
                .asString()
                .contains("30 of 100");
        assertThat(new Diagnosis(0, 100, List.of(0), 0, 0, 40, List.of()).advice())
                .singleElement()
                .asString()
                .contains("40 of 100");
        assertThat(new Diagnosis(0, 100, List.of(0), 0, 0, 0, List.of(1e-6, 1e-3, 1e-1)).advice())
                .singleElement()
                .asString()
                .contains("1.0e-01", "1.0e-06");
    }

    /** The parameters' gradients are the corners' times the slope of the squashing function. */
    @Test
    void gradientNormsAreThoseOfTheCorners() {
        SplittableRandom random = new SplittableRandom(6);
        LogicNetwork network = GradientTest.network(LIGHT, Wiring.fixed().getFirst(), new int[] {11, 9}, random);
        int samples = 70;
        BitMatrix bits = new BitMatrix(samples, network.inputs());
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < network.inputs(); i++) {
                bits.set(s, i, random.nextBoolean());
            }
        }
        int[] labels = random.ints(samples, 0, 3).toArray();
        try (Workers workers = new Workers(2)) {
            Stepper stepper = new Stepper(network, new Objective.Classes(3, 1, labels), Kernels.best(), workers);
            int[] order = IntStream.range(0, samples).toArray();
            stepper.step(new BitRows(bits), order, 0, samples, new Kernels.AdamStep(0.9f, 0.999f, 0, 1, 1, 0));
            List<Double> norms = Diagnostics.gradientNorms(stepper, samples);
            assertThat(norms).hasSize(2);
            for (int i = 0; i < norms.size(); i++) {
                Layer layer = network.layers().get(i);
                float[] first = stepper.layers().get(i).state()[1];
                double squares = 0;
                for (int p = 0; p < first.length; p++) {
                    double corner = 1 / (1 + Math.exp(-layer.parameters()[p]));
                    double gradient = first[p] / (1 - 0.9f) / (corner * (1 - corner));
                    squares += gradient * gradient;
                }
                double expected = Math.sqrt(squares / layer.gates());
                assertThat(norms.get(i)).isCloseTo(expected, within(1e-4 * expected));
            }
        }
    }
}
