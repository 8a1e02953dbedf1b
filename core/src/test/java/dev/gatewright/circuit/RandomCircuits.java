package dev.gatewright.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.ReferenceEvaluator;
import dev.gatewright.verify.SameFunction;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Random circuits and samples, and the assertions that compare functions. */
public final class RandomCircuits {
    private RandomCircuits() {}

    /**
     * A circuit of {@code gates} gates that read one to {@code maxArity} wires, or of fewer where no more different
     * gates exist. Wires are drawn from everywhere, half of them near the end, so that circuits are deep; a few outputs
     * are constants, inputs or repeated.
     */
    public static Circuit random(long seed, int inputs, int gates, int outputs, int maxArity) {
        SplittableRandom random = new SplittableRandom(seed);
        CircuitBuilder builder = new CircuitBuilder(inputs, maxArity);
        for (int tries = 0; builder.gates() < gates && tries < 20L * gates + 100; tries++) {
            int[] reads = new int[maxArity == 1 ? 1 : random.nextInt(20) == 0 ? 1 : random.nextInt(2, maxArity + 1)];
            int wires = Circuit.CONSTANTS + inputs + builder.gates();
            for (int i = 0; i < reads.length; i++) {
                reads[i] = random.nextBoolean() ? random.nextInt(wires) : Math.max(0, wires - 1 - random.nextInt(10));
            }
            builder.gate(random.nextLong() & TruthTable.mask(reads.length), reads);
        }
        int wires = Circuit.CONSTANTS + inputs + builder.gates();
        int[] ends = new int[outputs];
        for (int i = 0; i < outputs; i++) {
            ends[i] = random.nextInt(4) == 0
                    ? random.nextInt(wires)
                    : Math.max(0, wires - 1 - random.nextInt(2 * outputs));
        }
        return builder.build(ends);
    }

    /** Samples of uniformly random bits. */
    public static BitMatrix randomBits(long seed, int samples, int bits) {
        SplittableRandom random = new SplittableRandom(seed);
        BitMatrix matrix = new BitMatrix(samples, bits);
        for (int bit = 0; bit < bits; bit++) {
            for (int word = 0; word < matrix.wordsPerPlane(); word++) {
                matrix.setWord(bit, word, random.nextLong());
            }
        }
        return matrix;
    }

    /** Fails if an input is found on which the circuits differ; see {@link SameFunction}. */
    public static void assertSameFunction(Circuit expected, Circuit actual) {
        assertThat(SameFunction.counterExample(expected, actual, 1))
                .as("%s and %s", expected, actual)
                .isEmpty();
    }

    /** Fails if a way of running circuits gives other outputs than the reference evaluator on random samples. */
    public static void assertSameFunction(Circuit expected, UnaryOperator<BitMatrix> actual, long seed, int samples) {
        BitMatrix in = randomBits(seed, samples, expected.inputs());
        assertThat(actual.apply(in))
                .as("%s on %d samples of seed %d", expected, samples, seed)
                .isEqualTo(ReferenceEvaluator.evaluate(expected, in));
    }
}
