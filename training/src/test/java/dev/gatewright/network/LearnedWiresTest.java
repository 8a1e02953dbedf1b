package dev.gatewright.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.InputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearnedWiresTest {
    private static LearnedWires draw(int candidates, int inputs, int gates, long seed) {
        return draw(candidates, inputs, gates, 2, seed);
    }

    private static LearnedWires draw(int candidates, int inputs, int gates, int arity, long seed) {
        return new Wiring.Learned(candidates, 1, 1, 0, 0).draw(inputs, gates, arity, new SplittableRandom(seed));
    }

    @Test
    void candidatesAreDistinctAndTheChosenOneIsAmongThem() {
        LearnedWires wires = draw(5, 9, 21, 41);
        for (int slot = 0; slot < 42; slot++) {
            int own = slot;
            int[] candidates =
                    IntStream.range(0, 5).map(k -> wires.candidate(own, k)).toArray();
            assertThat(candidates).as("slot %d", slot).doesNotHaveDuplicates();
            assertThat(candidates).contains(wires.chosen(slot));
            assertThat(IntStream.of(candidates)).allMatch(wire -> wire >= 0 && wire < 9);
        }
        assertThat(draw(9, 9, 21, 41).choosesAmongAll()).isTrue();
    }

    @Test
    void theFirstChoiceIsSpreadOverAllInputs() {
        for (int candidates : new int[] {Wiring.Learned.ALL, 3}) {
            Connections connections = draw(candidates, 20, 1000, 42).connections();
            int[] uses = new int[20];
            for (int gate = 0; gate < 1000; gate++) {
                uses[connections.a(gate)]++;
                uses[connections.b(gate)]++;
            }
            assertThat(IntStream.of(uses)).allMatch(count -> count > 50 && count < 150);
        }
    }

    @Test
    void theSameSeedGivesTheSameLogitsAndChoice() {
        assertThat(draw(4, 30, 50, 43).logits()).isEqualTo(draw(4, 30, 50, 43).logits());
        assertThat(draw(4, 30, 50, 43).logits())
                .isNotEqualTo(draw(4, 30, 50, 44).logits());
        for (int slot = 0; slot < 100; slot++) {
            assertThat(draw(4, 30, 50, 43).chosen(slot))
                    .isEqualTo(draw(4, 30, 50, 43).chosen(slot));
        }
    }

    @Test
    void equalLogitsChooseTheFirst() {
        LearnedWires wires = draw(Wiring.Learned.ALL, 6, 3, 45);
        java.util.Arrays.fill(wires.logits(), 1);
        wires.choose();
        assertThat(IntStream.range(0, 6).map(wires::chosen)).containsOnly(0);
    }

    @Test
    void gatesOfSixInputsReadWhatTheirSixSlotsChoose() {
        LearnedWires wires = draw(7, 20, 11, 6, 46);
        assertThat(wires.slots()).isEqualTo(96);
        Connections connections = wires.connections();
        assertThat(connections.arity()).isEqualTo(6);
        for (int slot = 0; slot < 66; slot++) {
            assertThat(connections.wire(slot / 6, slot % 6)).as("slot %d", slot).isEqualTo(wires.chosen(slot));
        }
        assertThat(IntStream.range(0, 66).map(wires::chosen).distinct().count()).isGreaterThan(15);
    }

    @Test
    void aCandidateGivesWayToAnotherWire() {
        LearnedWires wires = draw(3, 9, 5, 47);
        int wire = IntStream.range(0, 9)
                .filter(w -> !wires.isCandidate(4, w))
                .findFirst()
                .orElseThrow();
        int first = wires.candidate(4, 0);
        wires.replace(4, 0, wire, 9);
        assertThat(wires.candidate(4, 0)).isEqualTo(wire);
        assertThat(wires.isCandidate(4, first)).isFalse();
        wires.choose();
        assertThat(wires.chosen(4)).isEqualTo(wire);
        assertThatThrownBy(() -> wires.replace(4, 1, wire, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Wiring.Learned(9, 1, 1, 10, 0).draw(9, 5, 2, new SplittableRandom(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more wires than candidates");
    }

    @Test
    void allCandidatesOfAGateLieInOneWindow() {
        Planes planes = new Planes(2, 3, 9, 11);
        LearnedWires wires = windowed(8, 3).draw(planes.size(), Optional.of(planes), 50, 2, new SplittableRandom(48));
        Set<Integer> corners = new HashSet<>();
        for (int gate = 0; gate < 50; gate++) {
            int first = 2 * gate;
            int[] candidates = IntStream.range(0, 16)
                    .map(k -> wires.candidate(first + k / 8, k % 8))
                    .toArray();
            assertThat(IntStream.of(candidates)).allMatch(wire -> wire >= 0 && wire < 2 * 3 * 9 * 11);
            IntSummaryStatistics rows =
                    IntStream.of(candidates).map(wire -> wire / 11 % 9).summaryStatistics();
            IntSummaryStatistics columns =
                    IntStream.of(candidates).map(wire -> wire % 11).summaryStatistics();
            assertThat(rows.getMax() - rows.getMin()).as("gate %d", gate).isLessThan(3);
            assertThat(columns.getMax() - columns.getMin()).as("gate %d", gate).isLessThan(3);
            corners.add(rows.getMin() * 11 + columns.getMin());
            for (int half = 0; half < 16; half += 8) {
                assertThat(Arrays.copyOfRange(candidates, half, half + 8)).doesNotHaveDuplicates();
            }
        }
        assertThat(corners).hasSizeGreaterThan(20);
    }

    @Test
    void withoutANumberAllWiresOfTheWindowAreCandidates() {
        Planes planes = new Planes(1, 3, 9, 11);
        LearnedWires wires = windowed(Wiring.Learned.ALL, 2)
                .draw(planes.size(), Optional.of(planes), 5, 2, new SplittableRandom(49));
        assertThat(wires.candidates()).isEqualTo(12);
        assertThat(wires.choosesAmongAll()).isFalse();
        for (int gate = 0; gate < 5; gate++) {
            int first = 2 * gate;
            assertThat(IntStream.range(0, 12).mapToObj(k -> wires.candidate(first, k)))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 12)
                            .mapToObj(k -> wires.candidate(first + 1, k))
                            .toList());
        }
    }

    @Test
    void aWindowNeedsAnImageThatHoldsIt() {
        assertThatThrownBy(() -> windowed(4, 3).draw(99, 5, 2, new SplittableRandom(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("learned:candidates=4:window=3")
                .hasMessageContaining("as the first layer over images");
        Optional<Planes> planes = Optional.of(new Planes(1, 1, 4, 9));
        assertThatThrownBy(() -> windowed(4, 5).draw(36, planes, 5, 2, new SplittableRandom(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("4×9 pixels")
                .hasMessageContaining("at most 4");
        assertThatThrownBy(() -> windowed(10, 3).draw(36, planes, 5, 2, new SplittableRandom(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("10 candidates within windows of 9 wires");
        assertThatThrownBy(() -> new Wiring.Learned(8, 1, 1, 10, 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("window=3 beside renew");
    }

    private static Wiring.Learned windowed(int candidates, int window) {
        return new Wiring.Learned(candidates, 1, 1, 0, window);
    }

    @Test
    void sizesThatCannotBeWiredAreRefused() {
        assertThatThrownBy(() -> draw(10, 9, 5, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("10 candidates")
                .hasMessageContaining("at most 9");
        assertThatThrownBy(() -> draw(10, 9, 5, 6, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("10 candidates")
                .hasMessageContaining("at most 9");
        assertThatThrownBy(() -> draw(1, 9, 5, 0)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> draw(Wiring.Learned.ALL, 1, 5, 0)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> draw(Wiring.Learned.ALL, 1 << 20, 1 << 20, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("candidates=32");
    }
}
