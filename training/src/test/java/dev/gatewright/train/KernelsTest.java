package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.Wiring;
import dev.gatewright.relax.Relaxation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelsTest {
    static java.util.List<Relaxation> relaxations() {
        return Relaxation.all();
    }

    @ParameterizedTest
    @MethodSource("relaxations")
    void theTwinsGiveTheSameBytesOnAnyNumberOfThreads(Relaxation relaxation) {
        assumeTrue(Kernels.vectors(), "no 256-bit Vector API on this machine");
        float[][] expected = trained(relaxation, new ScalarKernels(), 1);
        assertThat(trained(relaxation, Kernels.best(), 1)).isDeepEqualTo(expected);
        assertThat(trained(relaxation, Kernels.best(), 3)).isDeepEqualTo(expected);
        assertThat(trained(relaxation, new ScalarKernels(), 2)).isDeepEqualTo(expected);
    }

    private static float[][] trained(Relaxation relaxation, Kernels kernels, int threads) {
        SplittableRandom random = new SplittableRandom(21);
        LogicNetwork network =
                GradientTest.network(relaxation, new Wiring.Random(), new int[] {37, 37, 50, 30}, random);
        BitMatrix bits = new BitMatrix(300, network.inputs());
        int[] labels = new int[300];
        for (int s = 0; s < 300; s++) {
            labels[s] = random.nextInt(network.groups());
            for (int i = 0; i < network.inputs(); i++) {
                bits.set(s, i, random.nextBoolean());
            }
        }
        try (Workers workers = new Workers(threads)) {
            Stepper stepper = new Stepper(network, new Objective.Classes(3, 1, labels), kernels, workers);
            BitRows rows = new BitRows(bits);
            int[] order = IntStream.range(0, 300).toArray();
            for (int step = 0; step < 6; step++) {
                stepper.step(rows, order, step * 50, 50, new Kernels.AdamStep(0.9f, 0.999f, 0.05f, 1.5f, 1e-8f, 1e-4f));
            }
            return stepper.layers().stream()
                    .flatMap(layer -> Arrays.stream(layer.state()))
                    .toArray(float[][]::new);
        }
    }

    @Test
    void exponentialSineAndCosineAreAccurate() {
        SplittableRandom random = new SplittableRandom(22);
        for (int i = 0; i < 100_000; i++) {
            float x = (float) random.nextDouble(-80, 80);
            assertThat((double) FloatMath.exp(x)).isCloseTo(Math.exp(x), within(3e-7 * Math.exp(x)));
            assertThat((double) FloatMath.sin(x)).isCloseTo(Math.sin(x), within(5e-7));
            assertThat((double) FloatMath.cos(x)).isCloseTo(Math.cos(x), within(5e-7));
        }
        assertThat(FloatMath.exp(0)).isEqualTo(1);
        assertThat(FloatMath.exp(-1000)).isBetween(0f, 1e-37f);
        assertThat(FloatMath.exp(1000)).isFinite();
    }
}
