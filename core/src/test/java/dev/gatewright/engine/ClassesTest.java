package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The largest group without counts is the first largest of the counts, on every engine this machine has. */
final class ClassesTest {
    static Stream<Engine> engines() {
        return Stream.concat(Engine.all().stream(), Stream.of(new PortableEngine(new ScalarKernels())));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void equalsTheFirstLargestCount(Engine engine) {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int groups = 1 + random.nextInt(20);
            // Small groups tie often; sizes next to powers of two need one plane more or less.
            int size = new int[] {0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 63, 64}[random.nextInt(12)];
            Circuit circuit = circuit(random, groups * size);
            check(engine, circuit, groups, 1 + random.nextInt(600), seed);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void takesManyGroups(Engine engine) {
        for (int groups : new int[] {2, 32, 33, 255, 256, 257, 1000}) {
            check(engine, circuit(new Random(groups), 2 * groups), groups, 130, groups);
        }
    }

    /** Groups that are wholly true, held plainly or inverted: their counts need the last plane. */
    @ParameterizedTest
    @MethodSource("engines")
    void countsWholeGroups(Engine engine) {
        for (int size : new int[] {1, 2, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256}) {
            CircuitBuilder builder = new CircuitBuilder(6);
            int[] driven = new int[6 * size];
            for (int i = 0; i < driven.length; i++) {
                int input = builder.input(i / size);
                driven[i] = i / size % 2 == 0 ? input : builder.not(input);
            }
            check(engine, builder.build(driven), 6, 300, size);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void writesOnlyTheRowsAskedFor(Engine engine) {
        Circuit circuit = circuit(new Random(1), 20);
        try (Executable executable = engine.compile(circuit)) {
            Block block = executable.newBlock();
            block.load(new BitMatrix(block.samples(), circuit.inputs()), 0);
            block.run();
            int[] classes = new int[10];
            Arrays.fill(classes, -7);
            block.classes(4, 3, classes, 5);
            assertThat(classes).startsWith(-7, -7, -7, -7, -7).endsWith(-7, -7);
            assertThat(Arrays.copyOfRange(classes, 5, 8)).doesNotContain(-7);
            block.classes(4, 0, classes, 10);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesWhatCannotBe(Engine engine) {
        try (Executable executable = engine.compile(circuit(new Random(1), 20))) {
            Block block = executable.newBlock();
            int[] classes = new int[block.samples() + 1];
            assertThatThrownBy(() -> block.classes(0, 1, classes, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0 classes");
            assertThatThrownBy(() -> block.classes(3, 1, classes, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("20 outputs")
                    .hasMessageContaining("3 groups");
            assertThatThrownBy(() -> block.classes(4, classes.length, classes, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private static void check(Engine engine, Circuit circuit, int groups, int samples, int seed) {
        BitMatrix in = samples(new Random(seed), samples, circuit.inputs());
        BitMatrix out = ReferenceEvaluator.evaluate(circuit, in);
        try (Executable executable = engine.compile(circuit)) {
            Block block = executable.newBlock();
            int[] classes = new int[samples];
            for (int row = 0; row < samples; row += block.samples()) {
                block.load(in, row / Long.SIZE);
                block.run();
                block.classes(groups, Math.min(block.samples(), samples - row), classes, row);
            }
            for (int sample = 0; sample < samples; sample++) {
                assertThat(classes[sample])
                        .as("%s, seed %d, %d groups, sample %d", engine.name(), seed, groups, sample)
                        .isEqualTo(expected(out, groups, sample));
            }
        }
    }

    private static int expected(BitMatrix out, int groups, int sample) {
        int size = out.bits() / groups;
        int best = 0;
        int most = -1;
        for (int group = 0; group < groups; group++) {
            int count = 0;
            for (int i = 0; i < size; i++) {
                count += out.get(sample, group * size + i) ? 1 : 0;
            }
            if (count > most) {
                most = count;
                best = group;
            }
        }
        return best;
    }

    /** Gates on inputs, inverses, inputs themselves and constants, so that outputs are held in every way. */
    private static Circuit circuit(Random random, int outputs) {
        int inputs = 24;
        CircuitBuilder builder = new CircuitBuilder(inputs);
        int[] driven = new int[outputs];
        for (int i = 0; i < outputs; i++) {
            int left = builder.input(random.nextInt(inputs));
            int right = builder.input(random.nextInt(inputs));
            driven[i] = switch (random.nextInt(8)) {
                case 0 -> random.nextInt(Circuit.CONSTANTS);
                case 1 -> left;
                case 2 -> builder.not(left);
                default -> builder.gate(random.nextInt(16), left, right);
            };
        }
        return builder.build(driven);
    }

    private static BitMatrix samples(Random random, int samples, int bits) {
        BitMatrix matrix = new BitMatrix(samples, bits);
        for (int bit = 0; bit < bits; bit++) {
            for (int word = 0; word < matrix.wordsPerPlane(); word++) {
                matrix.setWord(bit, word, random.nextLong());
            }
        }
        return matrix;
    }
}
