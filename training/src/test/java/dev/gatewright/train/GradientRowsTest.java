package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.network.Connections;
import dev.gatewright.network.Wiring;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class GradientRowsTest {
    /** Layer before layer, each in the rows that the next one left, of widths that shrink and grow. */
    @Test
    void noRowIsTakenBeforeItsGradientIsRead() {
        int wider = 0;
        int idle = 0;
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int outputs = random.nextInt(2, 60);
            Connections last = connections(random, outputs, random.nextInt(1, 60));
            GradientRows rows = GradientRows.byVisit(Trails.of(last));
            for (int layer = 0; layer < 4; layer++) {
                int inputs = random.nextInt(2, 60);
                Connections connections = connections(random, inputs, outputs);
                Trails trails = Trails.of(connections);
                GradientRows taken = GradientRows.inPlace(connections, trails, rows);

                walk(connections, trails, rows, taken);
                assertThat(taken.count()).isLessThanOrEqualTo(Math.max(rows.count(), outputs + inputs));
                wider += taken.count() > rows.count() ? 1 : 0;
                idle += taken.idle().length > 0 ? 1 : 0;
                rows = taken;
                outputs = inputs;
            }
        }
        assertThat(wider).isPositive();
        assertThat(idle).isPositive();
    }

    private static Connections connections(SplittableRandom random, int inputs, int gates) {
        int[] wires = random.ints(2 * gates, 0, inputs).toArray();
        int[] a = Arrays.copyOf(wires, gates);
        int[] b = Arrays.copyOfRange(wires, gates, 2 * gates);
        return new Connections(inputs, a, b);
    }

    private static void walk(Connections connections, Trails trails, GradientRows outputs, GradientRows inputs) {
        Map<Integer, String> holds = new HashMap<>();
        for (int gate = 0; gate < connections.gates(); gate++) {
            assertThat(holds.put(outputs.ofWire()[gate], "output of " + gate)).isNull();
        }
        for (int gate : trails.order) {
            assertThat(holds.remove(outputs.ofWire()[gate])).isEqualTo("output of " + gate);
            for (int i = 0; i < 2; i++) {
                String wire = "wire " + connections.wire(gate, i);
                String before = holds.put(inputs.ofWire()[connections.wire(gate, i)], wire);
                assertThat(before).isIn(null, wire);
            }
        }
        for (int row : inputs.idle()) {
            assertThat(holds.put(row, "idle")).isNull();
        }
        assertThat(holds).hasSize(connections.inputs());
        assertThat(holds.keySet()).allMatch(row -> row >= 0 && row < inputs.count());
    }

    /** Between layers of equal width one row after the other is taken by the gate that has read it. */
    @Test
    void equalLayersTakeHardlyMoreRows() {
        Wiring.Random wiring = new Wiring.Random();
        Connections second = wiring.connect(8000, 8000, new SplittableRandom(1));
        Connections first = wiring.connect(8000, 8000, new SplittableRandom(2));
        GradientRows rows = GradientRows.byVisit(Trails.of(second));

        GradientRows inPlace = GradientRows.inPlace(first, Trails.of(first), rows);

        assertThat(inPlace.inPlace()).isTrue();
        assertThat(inPlace.count()).isLessThan(8020);
        assertThat(inPlace.idle()).isEmpty();
    }
}
