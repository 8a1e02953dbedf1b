package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObjectiveTest {
    @Test
    void aSampleLongLearntHasNoGradientRatherThanASubnormalOne() {
        int tile = Kernels.TILE;
        float[] slab = new float[4 * tile];
        slab[0] = 1000;
        slab[1] = 3;

        new Objective.Classes(2, 1, new int[] {0, 0}).gradient(new int[] {0, 1}, 0, 2, 128, slab, 0, 2 * tile);

        assertThat(slab[2 * tile]).isZero();
        assertThat(slab[3 * tile]).isZero();
        assertThat(slab[3 * tile + 1]).isBetween(3e-4f, 4e-4f);
    }
}
