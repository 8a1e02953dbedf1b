package dev.gatewright.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PopcountTest {
    private static List<Popcount> all() {
        return Popcount.ALL;
    }

    /** One group of the inputs themselves. */
    private static Circuit counter(int bits, Popcount popcount) {
        CircuitBuilder builder = new CircuitBuilder(bits);
        int[] inputs = IntStream.range(0, bits).map(builder::input).toArray();
        return Votes.counted(builder.build(inputs), 1, false, popcount);
    }

    /** Every input of up to fourteen bits. */
    @ParameterizedTest
    @MethodSource("all")
    void countsEveryInputOfFewBits(Popcount popcount) {
        for (int bits = 1; bits <= 14; bits++) {
            Circuit circuit = counter(bits, popcount);
            assertThat(circuit.outputs()).isEqualTo(Votes.width(bits));
            BitMatrix in = new BitMatrix(1 << bits, bits);
            for (int sample = 0; sample < in.samples(); sample++) {
                for (int bit = 0; bit < bits; bit++) {
                    in.set(sample, bit, (sample >> bit & 1) != 0);
                }
            }
            check(circuit, in);
        }
    }

    /** Sizes around those at which chains, their carries and columns change. */
    @ParameterizedTest
    @MethodSource("all")
    void countsManyBits(Popcount popcount) {
        SplittableRandom random = new SplittableRandom(1);
        for (int bits : new int[] {47, 48, 49, 50, 54, 96, 97, 98, 99, 147, 148, 400, 2401}) {
            BitMatrix in = new BitMatrix(200, bits);
            for (int sample = 0; sample < in.samples(); sample++) {
                int per = sample < 2 ? sample : random.nextInt(1, 100);
                for (int bit = 0; bit < bits; bit++) {
                    in.set(sample, bit, sample == 0 || sample > 1 && random.nextInt(100) < per);
                }
            }
            check(counter(bits, popcount), in);
        }
    }

    private static void check(Circuit circuit, BitMatrix in) {
        BitMatrix out = ReferenceEvaluator.evaluate(circuit, in);
        for (int sample = 0; sample < in.samples(); sample++) {
            int expected = 0;
            for (int bit = 0; bit < in.bits(); bit++) {
                expected += in.get(sample, bit) ? 1 : 0;
            }
            assertThat(number(out, sample, 0, out.bits()))
                    .as("%d bits, sample %d", in.bits(), sample)
                    .isEqualTo(expected);
        }
    }

    private static int number(BitMatrix bits, int sample, int from, int width) {
        int number = 0;
        for (int i = 0; i < width; i++) {
            number |= (bits.get(sample, from + i) ? 1 : 0) << i;
        }
        return number;
    }

    @Test
    void theLowestOfTheLargestWins() {
        for (int classes : new int[] {1, 2, 3, 7, 10}) {
            int size = 3;
            CircuitBuilder builder = new CircuitBuilder(classes * size);
            int[] inputs =
                    IntStream.range(0, classes * size).map(builder::input).toArray();
            Circuit circuit = Votes.counted(builder.build(inputs), classes, true, new CounterTree());
            BitMatrix out =
                    ReferenceEvaluator.evaluate(circuit, RandomCircuits.randomBits(classes, 500, inputs.length));
            int width = Votes.width(size);
            for (int sample = 0; sample < out.samples(); sample++) {
                int best = 0;
                for (int i = 1; i < classes; i++) {
                    best = number(out, sample, i * width, width) > number(out, sample, best * width, width) ? i : best;
                }
                assertThat(number(out, sample, classes * width, Votes.width(classes - 1)))
                        .isEqualTo(best);
            }
        }
    }

    /** What each way costs in gates of two inputs: a full adder takes five. */
    @Test
    void costsAsManyGatesAsEver() {
        assertThat(Popcount.ALL.stream().map(p -> counter(96, p).gates())).containsExactly(519, 506, 632);
    }
}
