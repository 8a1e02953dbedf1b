package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.network.Connections;
import dev.gatewright.network.Wiring;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrailsTest {
    @Test
    void everyGateIsVisitedOnceAndTrailsHangTogether() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int inputs = 2 + random.nextInt(20);
            int gates = random.nextInt(40);
            int[] a = random.ints(gates, 0, inputs).toArray();
            int[] b = random.ints(gates, 0, inputs).toArray();
            Connections connections = new Connections(inputs, a, b);
            Trails trails = Trails.of(connections);
            boolean[] seen = new boolean[gates];
            for (int gate : trails.order) {
                assertThat(seen[gate]).as("seed %d, gate %d", seed, gate).isFalse();
                seen[gate] = true;
            }
            boolean[] ranks = new boolean[inputs];
            for (int rank : trails.rank) {
                assertThat(ranks[rank]).as("seed %d, rank %d", seed, rank).isFalse();
                ranks[rank] = true;
            }
            LayerPlan plan = plan(connections, trails);
            for (int k = 0; k < gates; k++) {
                int gate = trails.order[k];
                int first = trails.swapped[k] ? connections.b(gate) : connections.a(gate);
                int second = trails.swapped[k] ? connections.a(gate) : connections.b(gate);
                assertThat(plan.enter[k]).isEqualTo(trails.rank[first]).isLessThan(trails.used);
                assertThat(plan.leave[k]).isEqualTo(trails.rank[second]).isLessThan(trails.used);
            }
        }
    }

    /** Between layers of equal width each wire feeds two gates, so the trails are cycles: few and long. */
    @Test
    void layersOfEqualWidthAreReadAsAStream() {
        Connections connections = new Wiring.Random().connect(8000, 8000, new SplittableRandom(3));
        LayerPlan plan = plan(connections, Trails.of(connections));
        int breaks = 0;
        int revisits = 0;
        for (int k = 1; k < plan.gates; k++) {
            breaks += plan.enter[k] != plan.leave[k - 1] ? 1 : 0;
            revisits += plan.keepLeave[k] != 0 ? 1 : 0;
        }
        assertThat(breaks).isLessThan(40);
        assertThat(revisits).isEqualTo(breaks + 1);
    }

    private static LayerPlan plan(Connections connections, Trails trails) {
        return new LayerPlan(
                connections,
                trails,
                true,
                gate -> gate,
                GradientRows.byVisit(trails),
                GradientRows.inOrder(connections.gates()));
    }
}
