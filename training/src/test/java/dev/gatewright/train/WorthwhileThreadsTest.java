package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.network.Planes;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class WorthwhileThreadsTest {
    private static int threads(int inputs, int batch, String network) {
        LogicNetwork drawn = NetworkSpec.parse(network).network(inputs, Optional.empty(), 2, new SplittableRandom(1));
        return Trainer.worthwhile(drawn, batch, 8);
    }

    @Test
    void aStepShorterThanWakingAThreadIsNotShared() {
        assertThat(threads(17, 32, "dense:12x6,wiring=learned,relaxation=light-sine | groupsum:tau=1"))
                .isEqualTo(1);
        assertThat(threads(17, 128, "dense:24x6 | groupsum:tau=1")).isEqualTo(1);
    }

    @Test
    void workIsSharedWhereThereIsSome() {
        assertThat(threads(784, 128, "dense:2000x1 | groupsum:tau=1")).isEqualTo(8);
        assertThat(threads(784, 128, "dense:100x1,wiring=learned | groupsum:tau=1"))
                .isEqualTo(8);
        LogicNetwork few = NetworkSpec.parse("conv:kernels=2,field=3 | groupsum:tau=1")
                .network(784, Optional.of(new Planes(1, 28, 28)), 2, new SplittableRandom(1));
        assertThat(Trainer.worthwhile(few, 128, 8)).isEqualTo(8);
    }
}
