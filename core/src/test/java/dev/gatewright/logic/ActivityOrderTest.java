package dev.gatewright.logic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ActivityOrderTest {
    @Test
    void theMostActiveComesFirst() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] activity = new double[1 + seed % 40];
            ActivityOrder order = new ActivityOrder(activity);
            TreeSet<Integer> expected = new TreeSet<>(
                    Comparator.<Integer>comparingDouble(v -> -activity[v]).thenComparing(Comparator.naturalOrder()));
            IntStream.range(0, activity.length).forEach(expected::add);
            for (int step = 0; step < 300; step++) {
                int variable = random.nextInt(activity.length);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        Integer first = expected.pollFirst();
                        assertThat(order.poll())
                                .as("seed %d, step %d", seed, step)
                                .isEqualTo(first == null ? -1 : first);
                    }
                    case 1 -> {
                        expected.add(variable);
                        order.add(variable);
                    }
                    default -> {
                        boolean in = expected.remove(variable);
                        // Few values, so that some are tied.
                        activity[variable] += random.nextInt(3);
                        if (in) {
                            expected.add(variable);
                        }
                        order.grew(variable);
                    }
                }
            }
        }
    }
}
