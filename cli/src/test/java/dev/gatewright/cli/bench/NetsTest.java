package dev.gatewright.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.pass.Pipeline;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetsTest {
    @Test
    void drawsTheMixture() {
        SplittableRandom random = new SplittableRandom(1);
        int draws = 100_000;
        int[] ones = new int[5];
        int[] wires = new int[2];
        for (int i = 0; i < draws; i++) {
            int table = Nets.table(random);
            ones[Integer.bitCount(table)]++;
            if (Integer.bitCount(table) == 2) {
                wires[table == 0b0110 || table == 0b1001 ? 0 : 1]++;
            }
        }
        assertThat(ones[1] / (double) draws).as("AND-like").isCloseTo(0.36, within(0.01));
        assertThat(ones[3] / (double) draws).as("OR-like").isCloseTo(0.28, within(0.01));
        assertThat(wires[0] / (double) draws).as("XOR, XNOR").isCloseTo(0.12, within(0.01));
        assertThat(wires[1] / (double) draws).as("wires, inverters").isCloseTo(0.22, within(0.01));
        assertThat((ones[0] + ones[4]) / (double) draws).as("constants").isCloseTo(0.02, within(0.01));
    }

    @Test
    void twoThirdsOfTheGatesSurvive() {
        RawNet net = Nets.dense(1, 196, 2000, 6, false);

        Circuit optimised = Pipeline.STANDARD.run(net.circuit()).circuit();

        assertThat(optimised.gates() / (double) net.gates()).isCloseTo(0.68, within(0.03));
    }

    @Test
    void equalSeedsGiveEqualNetworks() {
        assertThat(Nets.named("tiny", 3).circuit())
                .isEqualTo(Nets.named("tiny", 3).circuit());
        assertThat(Nets.named("tiny", 3).circuit())
                .isNotEqualTo(Nets.named("tiny", 4).circuit());
        assertThat(Nets.named("tiny-conv", 3).circuit())
                .isEqualTo(Nets.named("tiny-conv", 3).circuit());
    }

    @Test
    void sizesAreThoseOfTheirNames() {
        RawNet s = Nets.named("S", 1);
        assertThat(s.inputs()).isEqualTo(784);
        assertThat(s.gates()).isEqualTo(48_000);
        assertThat(s.outputs()).isEqualTo(8000);
        assertThat(s.groups()).isEqualTo(10);
        // One gate more than published: the constant beyond the picture's edge.
        assertThat(Nets.named("conv", 1).gates()).isEqualTo(236_849);
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nets.named("XXL", 1))
                .withMessageContaining("XXL")
                .withMessageContaining("L-local");
    }

    @Test
    void localWiresStayWithinTheirWindowsAndFanOutIsTwo() {
        int width = 2000;
        RawNet net = Nets.dense(1, 100, width, 3, true);
        int[] reads = new int[100 + 3 * width];
        for (int gate = width; gate < net.gates(); gate++) {
            int before = 100 + (gate / width - 1) * width;
            int at = gate % width;
            assertThat(distance(net.a(gate) - before, at, width)).isLessThan(500);
            assertThat(distance(net.b(gate) - before, at, width)).isLessThan(500);
            reads[net.a(gate)]++;
            reads[net.b(gate)]++;
        }
        assertThat(IntStream.range(100, 100 + 2 * width).map(wire -> reads[wire]))
                .containsOnly(2);
    }

    private static int distance(int wire, int gate, int width) {
        int apart = Math.abs(wire - gate);
        return Math.min(apart, width - apart);
    }
}
