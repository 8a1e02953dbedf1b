package dev.gatewright.logic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TruthTableTest {
    @Test
    void namedTablesAreWhatTheirNamesSay() {
        for (int i = 0; i < 4; i++) {
            boolean a = (i & 1) != 0;
            boolean b = (i & 2) != 0;
            assertThat(TruthTable.value(TruthTable.AND, i)).isEqualTo(a && b);
            assertThat(TruthTable.value(TruthTable.NAND, i)).isEqualTo(!(a && b));
            assertThat(TruthTable.value(TruthTable.OR, i)).isEqualTo(a || b);
            assertThat(TruthTable.value(TruthTable.NOR, i)).isEqualTo(!(a || b));
            assertThat(TruthTable.value(TruthTable.XOR, i)).isEqualTo(a != b);
            assertThat(TruthTable.value(TruthTable.XNOR, i)).isEqualTo(a == b);
            assertThat(TruthTable.value(TruthTable.A, i)).isEqualTo(a);
            assertThat(TruthTable.value(TruthTable.B, i)).isEqualTo(b);
            assertThat(TruthTable.value(TruthTable.NOT_A, i)).isEqualTo(!a);
            assertThat(TruthTable.value(TruthTable.NOT_B, i)).isEqualTo(!b);
            assertThat(TruthTable.value(TruthTable.A_AND_NOT_B, i)).isEqualTo(a && !b);
            assertThat(TruthTable.value(TruthTable.B_AND_NOT_A, i)).isEqualTo(b && !a);
            assertThat(TruthTable.value(TruthTable.A_OR_NOT_B, i)).isEqualTo(a || !b);
            assertThat(TruthTable.value(TruthTable.B_OR_NOT_A, i)).isEqualTo(b || !a);
            assertThat(TruthTable.value(TruthTable.FALSE, i)).isFalse();
            assertThat(TruthTable.value(TruthTable.TRUE, i)).isTrue();
        }
        assertThat(TruthTable.name(TruthTable.A_AND_NOT_B)).isEqualTo("a&~b");
        assertThat(TruthTable.name(TruthTable.B_OR_NOT_A)).isEqualTo("b|~a");
    }

    /** The published numbers 0..15 in order: F, AND, A&~B, A, ~A&B, B, XOR, OR, NOR, XNOR, ~B, A|~B, ~A, ~A|B, NAND, T. */
    @Test
    void publishedNumbersMapToTheirGates() {
        int[] published = {
            TruthTable.FALSE, TruthTable.AND, TruthTable.A_AND_NOT_B, TruthTable.A,
            TruthTable.B_AND_NOT_A, TruthTable.B, TruthTable.XOR, TruthTable.OR,
            TruthTable.NOR, TruthTable.XNOR, TruthTable.NOT_B, TruthTable.A_OR_NOT_B,
            TruthTable.NOT_A, TruthTable.B_OR_NOT_A, TruthTable.NAND, TruthTable.TRUE
        };
        for (int number = 0; number < 16; number++) {
            assertThat(TruthTable.published(published[number])).isEqualTo(number);
            assertThat(TruthTable.published(number)).isEqualTo(published[number]);
        }
    }

    @Test
    void wordsAreSixtyFourValues() {
        long a = 0x123456789ABCDEF0L;
        long b = 0x0F1E2D3C4B5A6978L;
        for (int table = 0; table < 16; table++) {
            long word = TruthTable.apply(table, a, b);
            for (int lane = 0; lane < 64; lane++) {
                int index = (int) ((a >>> lane & 1) | (b >>> lane & 1) << 1);
                assertThat((word >>> lane & 1) != 0).isEqualTo(TruthTable.value(table, index));
            }
        }
    }

    @Test
    void wordsOfAnyNumberOfInputs() {
        SplittableRandom random = new SplittableRandom(6);
        for (int inputs = 0; inputs <= 6; inputs++) {
            for (int trial = 0; trial < 30; trial++) {
                long table = random.nextLong() & TruthTable.mask(inputs);
                long[] words = random.longs(6).toArray();
                long word = TruthTable.apply(table, words, inputs);
                for (int lane = 0; lane < 64; lane++) {
                    int index = 0;
                    for (int input = 0; input < inputs; input++) {
                        index |= (int) (words[input] >>> lane & 1) << input;
                    }
                    assertThat((word >>> lane & 1) != 0).isEqualTo(TruthTable.value(table, index));
                }
            }
        }
    }

    @Test
    void anInputThatIsIgnoredCanGo() {
        long[] variables = new long[6];
        for (int input = 0; input < 6; input++) {
            variables[input] = TruthTable.variable(input);
            for (int i = 0; i < 64; i++) {
                assertThat(TruthTable.value(variables[input], i)).isEqualTo((i >> input & 1) != 0);
            }
        }
        long narrow = 0x96E8L;
        for (int gone = 0; gone <= 4; gone++) {
            int input = gone;
            long[] others = java.util.stream.IntStream.range(0, 5)
                    .filter(i -> i != input)
                    .mapToLong(i -> variables[i])
                    .toArray();
            long wide = TruthTable.apply(narrow, others, 4) & TruthTable.mask(5);
            assertThat(TruthTable.without(wide, 5, gone)).as("input %d", gone).isEqualTo(narrow);
        }
    }

    @Test
    void dependenceAndInversionFollowTheirDefinitions() {
        SplittableRandom random = new SplittableRandom(5);
        for (int inputs = 1; inputs <= 6; inputs++) {
            for (int trial = 0; trial < 300; trial++) {
                long table = (trial % 2 == 0 ? random.nextLong() : random.nextInt(2) * -1L) & TruthTable.mask(inputs);
                for (int input = 0; input < inputs; input++) {
                    long inverted = TruthTable.invertInput(table, inputs, input);
                    boolean depends = false;
                    for (int i = 0; i < 1 << inputs; i++) {
                        assertThat(TruthTable.value(inverted, i)).isEqualTo(TruthTable.value(table, i ^ 1 << input));
                        depends |= TruthTable.value(table, i) != TruthTable.value(table, i ^ 1 << input);
                    }
                    assertThat(inverted & ~TruthTable.mask(inputs)).isZero();
                    assertThat(TruthTable.dependsOn(table, inputs, input)).isEqualTo(depends);
                }
            }
        }
    }
}
