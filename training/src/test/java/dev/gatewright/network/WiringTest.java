package dev.gatewright.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.InputException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WiringTest {
    static List<Wiring> wirings() {
        return Wiring.fixed();
    }

    private static int[] uses(Connections connections) {
        int[] uses = new int[connections.inputs()];
        for (int gate = 0; gate < connections.gates(); gate++) {
            uses[connections.a(gate)]++;
            uses[connections.b(gate)]++;
        }
        return uses;
    }

    @ParameterizedTest
    @CsvSource({"784, 8000", "17, 24", "24, 24", "9, 5", "2, 1", "100, 50"})
    void randomReadsEveryInputEquallyOften(int inputs, int gates) {
        Connections connections = new Wiring.Random().connect(inputs, gates, new SplittableRandom(5));
        for (int uses : uses(connections)) {
            assertThat(uses).isBetween(2 * gates / inputs, (2 * gates + inputs - 1) / inputs);
        }
    }

    @ParameterizedTest
    @CsvSource({"784, 8000, 11", "400, 8000, 21", "9216, 12000, 2", "9216, 128000, 14", "500, 500, 2"})
    void uniquePairsAreDistinctNeighboursFirst(int inputs, int gates, int largestOffset) {
        Connections connections = new Wiring.Unique().connect(inputs, gates, new SplittableRandom(6));
        Set<Long> pairs = new HashSet<>();
        int offset = 0;
        for (int gate = 0; gate < gates; gate++) {
            offset = Math.max(offset, connections.b(gate) - connections.a(gate));
            assertThat(pairs.add((long) connections.a(gate) * inputs + connections.b(gate)))
                    .isTrue();
        }
        assertThat(offset).isEqualTo(largestOffset);
    }

    @Test
    void uniqueReachesTheMaximumNumberOfPairsAndStartsOver() {
        Connections connections = new Wiring.Unique().connect(5, 20, new SplittableRandom(7));
        Set<Integer> pairs = new HashSet<>();
        for (int gate = 0; gate < 20; gate++) {
            pairs.add(connections.a(gate) * 5 + connections.b(gate));
        }
        assertThat(pairs).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("wirings")
    void theSameSeedGivesTheSameWires(Wiring wiring) {
        Connections first = wiring.connect(50, 70, new SplittableRandom(8));
        Connections second = wiring.connect(50, 70, new SplittableRandom(8));
        Connections other = wiring.connect(50, 70, new SplittableRandom(9));
        assertThat(wires(first)).isEqualTo(wires(second)).isNotEqualTo(wires(other));
    }

    private static List<Integer> wires(Connections connections) {
        return java.util.stream.IntStream.range(0, connections.gates())
                .mapToObj(gate -> connections.a(gate) * 1000 + connections.b(gate))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wirings")
    void sizesThatCannotBeWiredAreRefused(Wiring wiring) {
        assertThatThrownBy(() -> wiring.connect(10, 4, new SplittableRandom(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at least 5 gates");
        assertThatThrownBy(() -> wiring.connect(1, 4, new SplittableRandom(0))).isInstanceOf(InputException.class);
    }
}
