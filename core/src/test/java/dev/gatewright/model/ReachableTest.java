package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.circuit.InputRelations.Group;
import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Encoder.InputColumn;
import dev.gatewright.encode.Encoder.Kind;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachableTest {
    @Test
    void columnsGiveGroups() {
        Encoder encoder = new Encoder(
                new Encoder.Inputs.Columns(List.of(
                        new InputColumn("age", Kind.NUMBER, List.of()),
                        new InputColumn("colour", Kind.CATEGORY, List.of("red", "green", "blue")))),
                new int[] {0, 1, 0, 0, 1, 1, 1, 0},
                new byte[] {0, 1, 2, 0, 1, 2, 1, 0},
                new float[] {3, 0, 0, 5, 2, 0, 0, 4});
        InputRelations relations = Reachable.relations(encoder);
        // Bit 6 repeats bit 1, so it is not exclusive with it and left out.
        assertThat(relations.groups())
                .containsExactly(new Group(List.of(3, 7, 0), List.of(2)), new Group(List.of(), List.of(1, 4, 5)));
        Table table = new Table(
                6,
                List.of(
                        new NumberColumn(
                                "age", false, new float[] {1, 3.5f, 4.5f, 9, Float.NaN, Float.POSITIVE_INFINITY}),
                        new CategoryColumn("colour", List.of("red", "blue", "pink"), new int[] {0, 1, 2, -1, 0, 1})));
        assertAllowed(relations, encoder.encode(table));
    }

    @Test
    void pixelsGiveGroups() {
        Encoder encoder =
                new Encoder(new Encoder.Inputs.Pixels(1, 1, 3), new int[] {0, 0, 2, 1, 2}, new byte[5], new float[] {
                    10, 200.5f, 7, 100, 7
                });
        InputRelations relations = Reachable.relations(encoder);
        assertThat(relations.groups())
                .containsExactly(new Group(List.of(1, 0), List.of()), new Group(List.of(2, 4), List.of()));
        byte[] pixels = new byte[3 * 256];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37);
        }
        assertAllowed(relations, encoder.encode(new Images(256, 1, 1, 3, pixels)));
    }

    private static void assertAllowed(InputRelations relations, BitMatrix bits) {
        for (int word = 0; word < bits.wordsPerPlane(); word++) {
            long[] in = new long[bits.bits()];
            for (int i = 0; i < in.length; i++) {
                in[i] = bits.word(i, word);
            }
            assertThat(relations.allowed(in)).isEqualTo(-1);
        }
    }
}
