package dev.gatewright.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.InputRelations.Group;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InputRelationsTest {
    /** Inputs 4, 0, 2 are ordered and exclude 1 and 3, which exclude each other; 5 is free. */
    private static final InputRelations RELATIONS =
            new InputRelations(6, List.of(new Group(List.of(4, 0, 2), List.of(1, 3))));

    @Test
    void sixStatesOfThirtyTwoAreAllowed() {
        long[] in = new long[6];
        for (int lane = 0; lane < 64; lane++) {
            for (int i = 0; i < 6; i++) {
                in[i] |= (long) (lane >> i & 1) << lane;
            }
        }
        Set<Integer> allowed = lanes(in, RELATIONS.allowed(in));
        assertThat(allowed)
                .containsExactlyInAnyOrder(
                        0,
                        0b100,
                        0b101,
                        0b10101,
                        0b10,
                        0b1000,
                        32,
                        32 + 0b100,
                        32 + 0b101,
                        32 + 0b10101,
                        32 + 0b10,
                        40);
    }

    @Test
    void drawsEveryStateAndOnlyThose() {
        SplittableRandom random = new SplittableRandom(1);
        Set<Integer> drawn = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            long[] in = {-1, -1, -1, -1, -1, 0};
            RELATIONS.draw(in, random);
            assertThat(RELATIONS.allowed(in)).isEqualTo(-1);
            drawn.addAll(lanes(in, -1));
        }
        assertThat(drawn).containsExactly(0, 0b10, 0b100, 0b101, 0b1000, 0b10101);
    }

    @Test
    void closingRaisesTheWeaker() {
        long[] in = {0, 0, 0, 0, 1, 0};
        RELATIONS.close(in);
        assertThat(in).containsExactly(1, 0, 1, 0, 1, 0);
        assertThat(RELATIONS.allowed(in)).isEqualTo(-1);
    }

    @Test
    void groupsAreChecked() {
        assertThat(InputRelations.none(3).allowed(new long[] {1, 2, 3})).isEqualTo(-1);
        assertThatThrownBy(() -> new InputRelations(3, List.of(new Group(List.of(0, 3), List.of()))))
                .hasMessageContaining("group 0 names input 3");
        assertThatThrownBy(() -> new InputRelations(
                        3, List.of(new Group(List.of(0), List.of()), new Group(List.of(), List.of(1, 0)))))
                .hasMessageContaining("group 1 names input 0");
    }

    private static Set<Integer> lanes(long[] in, long chosen) {
        Set<Integer> lanes = new TreeSet<>();
        for (int lane = 0; lane < 64; lane++) {
            int assignment = 0;
            for (int i = 0; i < in.length; i++) {
                assignment |= (int) (in[i] >>> lane & 1) << i;
            }
            if ((chosen >>> lane & 1) != 0) {
                lanes.add(assignment);
            }
        }
        return lanes;
    }
}
