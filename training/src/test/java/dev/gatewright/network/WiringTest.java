package dev.gatewright.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.InputException;
import java.util.BitSet;
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

    @ParameterizedTest
    @CsvSource({"784, 2000, 6", "17, 24, 3", "6, 24, 6", "7, 24, 6", "100, 25, 4", "5, 3, 4"})
    void randomGatesOfManyInputsReadDistinctWiresEquallyOften(int inputs, int gates, int arity) {
        Connections connections = new Wiring.Random().connect(inputs, gates, arity, new SplittableRandom(5));
        int[] uses = new int[inputs];
        for (int gate = 0; gate < gates; gate++) {
            assertThat(reads(connections, gate)).hasSize(arity);
            reads(connections, gate).forEach(wire -> uses[wire]++);
        }
        for (int count : uses) {
            assertThat(count).isBetween(arity * gates / inputs, (arity * gates + inputs - 1) / inputs);
        }
    }

    @ParameterizedTest
    @CsvSource({"784, 2000, 6", "100, 300, 3", "20, 9, 4"})
    void uniqueSetsOfManyInputsAreDistinctRunsOfNeighboursFirst(int inputs, int gates, int arity) {
        Connections connections = new Wiring.Unique().connect(inputs, gates, arity, new SplittableRandom(6));
        Set<Set<Integer>> sets = new HashSet<>();
        int neighbours = 0;
        for (int gate = 0; gate < gates; gate++) {
            Set<Integer> reads = reads(connections, gate);
            assertThat(reads).hasSize(arity);
            assertThat(sets.add(reads)).isTrue();
            neighbours += connections.wire(gate, 1) - connections.wire(gate, 0) == 1 ? 1 : 0;
        }
        assertThat(neighbours).isEqualTo(Math.min(gates, inputs - arity + 1));
    }

    private static Set<Integer> reads(Connections connections, int gate) {
        Set<Integer> reads = new HashSet<>();
        for (int i = 0; i < connections.arity(); i++) {
            reads.add(connections.wire(gate, i));
        }
        return reads;
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
    @CsvSource({"8, 8", "8, 28", "16, 24", "784, 8000", "7, 7", "100, 50"})
    void butterflyPairsAreDistinctNeighboursFirst(int inputs, int gates) {
        Connections connections = new ButterflyWiring(0).connect(inputs, gates, new SplittableRandom(6));
        Set<Set<Integer>> pairs = new HashSet<>();
        for (int gate = 0; gate < gates; gate++) {
            assertThat(pairs.add(Set.of(connections.a(gate), connections.b(gate))))
                    .as("gate " + gate)
                    .isTrue();
        }
        for (int gate = 0; gate < Math.min(gates, inputs); gate++) {
            assertThat(Math.floorMod(connections.b(gate) - connections.a(gate), inputs))
                    .isEqualTo(1);
        }
        for (int uses : uses(connections)) {
            assertThat(uses).isBetween(2 * gates / inputs, (2 * gates + inputs - 1) / inputs + 1);
        }
    }

    @Test
    void butterflyLayersReachEveryInput() {
        int width = 64;
        BitSet[] reach = new BitSet[width];
        for (int i = 0; i < width; i++) {
            reach[i] = new BitSet();
            reach[i].set(i);
        }
        for (int layer = 0; layer < 6; layer++) {
            Connections connections =
                    new ButterflyWiring(0).inLayer(layer).connect(width, width, new SplittableRandom(1));
            BitSet[] next = new BitSet[width];
            for (int i = 0; i < width; i++) {
                next[i] = (BitSet) reach[connections.a(i)].clone();
                next[i].or(reach[connections.b(i)]);
            }
            reach = next;
        }
        assertThat(reach[0].cardinality()).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({"784, 8000, 64", "64000, 64000, 500", "9, 5, 4", "2, 1, 2", "100, 50, 10", "10, 400, 3"})
    void localWiresAreNearAndEquallyOftenRead(int inputs, int gates, int window) {
        Connections connections = new LocalWiring(window).connect(inputs, gates, new SplittableRandom(5));
        int far = 0;
        for (int gate = 0; gate < gates; gate++) {
            assertThat(connections.a(gate)).isNotEqualTo(connections.b(gate));
            far += Math.abs(connections.a(gate) - connections.b(gate)) > window ? 1 : 0;
        }
        assertThat(far).isZero();
        int odd = 0;
        for (int uses : uses(connections)) {
            odd += uses < 2 * gates / inputs || uses > (2 * gates + inputs - 1) / inputs ? 1 : 0;
        }
        assertThat(odd).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("wirings")
    void theSameSeedGivesTheSameWires(Wiring wiring) {
        Connections first = wiring.connect(50, 70, new SplittableRandom(8));
        Connections second = wiring.connect(50, 70, new SplittableRandom(8));
        Connections other = wiring.connect(50, 70, new SplittableRandom(9));
        assertThat(wires(first)).isEqualTo(wires(second));
        assertThat(wires(first).equals(wires(other))).isEqualTo(wiring instanceof ButterflyWiring);
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
        assertThatThrownBy(() -> wiring.connect(4, 4, 5, new SplittableRandom(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("5-input gates over 4 wire(s)");
        assertThatThrownBy(() -> wiring.connect(100, 4, 6, new SplittableRandom(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at least 17 gates");
    }
}
