package dev.gatewright.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.network.Planes;
import dev.gatewright.train.TrainingSteps;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** That what we are compared with trains the same network. */
class ExplicitLoopsTest {
    private static final int BATCH = 48;
    private static final float TAU = 2;
    private static final float RATE = 0.05f;

    @Test
    void learnsAsTheKernelsDo() {
        Planes images = new Planes(2, 9, 8);
        LogicNetwork network = NetworkSpec.parse("conv:kernels=6,field=3,depth=3,pad=1,wiring=random | orpool:2"
                        + " | conv:kernels=5,field=2,depth=2 | dense:40,20 | groupsum")
                .network(images.size(), Optional.of(images), 4, new SplittableRandom(3));
        BitMatrix samples = RandomBits.of(4, BATCH, images.size());
        int[] labels = new SplittableRandom(5).ints(BATCH, 0, 4).toArray();
        ExplicitLoops loops = new ExplicitLoops(network);
        try (TrainingSteps steps = TrainingSteps.fastest(network, samples, labels, TAU, 1)) {
            for (int step = 0; step < 10; step++) {
                double ours = steps.step(0, BATCH, RATE);
                assertThat(loops.step(samples, labels, BATCH, TAU, RATE)).isCloseTo(ours, within(2e-4));
            }
        }
    }
}
