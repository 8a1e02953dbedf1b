package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine must do: the same as the judge, for every circuit, batch and number of threads. */
abstract class EngineTest {
    abstract Engine engine();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void equalsTheJudgeOnRandomCircuits(int arity) {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(1000L * arity + seed);
            Circuit circuit = random(random, random.nextInt(20), random.nextInt(150), 1 + random.nextInt(20), arity);
            check(circuit, random(random, random.nextInt(700), circuit.inputs()), "arity " + arity + " seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 127, 255, 256, 257, 511, 512, 513, 1000})
    void takesBatchesOfAnySize(int samples) {
        Random random = new Random(samples);
        Circuit circuit = random(random, 30, 400, 24, 2);
        check(circuit, random(random, samples, 30), samples + " samples");
    }

    @Test
    void takesWideLayers() {
        Random random = new Random(7);
        Circuit circuit = random(random, 300, 9000, 4200, 2);
        check(circuit, random(random, 300, 300), "wide");
    }

    @Test
    void takesMoreSlotsThanSixteenBitsCount() {
        Random random = new Random(8);
        CircuitBuilder builder = new CircuitBuilder(66_000);
        int[] outputs = new int[66_000];
        for (int i = 0; i < outputs.length; i++) {
            int left = builder.input(i);
            int right = builder.input((i * 7 + 1) % 66_000);
            outputs[i] = builder.gate(1 + random.nextInt(14), left, right);
        }
        Circuit circuit = builder.build(outputs);
        assertThat(Runs.of(Scheduler.schedule(circuit)).shortCode()).isNull();
        BitMatrix in = random(random, 130, 66_000);
        try (Executable executable = engine().compile(circuit)) {
            assertThat(executable.evaluate(in, 2).equals(ReferenceEvaluator.evaluate(circuit, in)))
                    .isTrue();
        }
    }

    @Test
    void takesCircuitsWithoutGates() {
        CircuitBuilder builder = new CircuitBuilder(3);
        Circuit circuit = builder.build(builder.input(2), builder.input(0), 0, 1, builder.input(2), 1);
        check(circuit, random(new Random(1), 100, 3), "no gates");
    }

    @Test
    void takesCircuitsWithoutInputs() {
        check(new CircuitBuilder(0).build(1, 0, 1), new BitMatrix(100, 0), "no inputs");
    }

    @Test
    void takesCircuitsWithoutOutputs() {
        check(new CircuitBuilder(2).build(), random(new Random(1), 100, 2), "no outputs");
    }

    @Test
    void takesEveryTwoInputTableAndItsInverse() {
        for (int table = 0; table < 16; table++) {
            CircuitBuilder builder = new CircuitBuilder(2);
            int wire = builder.gate(table, builder.input(0), builder.input(1));
            int inverse = builder.not(wire);
            int both = builder.gate(TruthTable.XOR, wire, inverse);
            int again = builder.gate(table, inverse, builder.input(1));
            check(builder.build(wire, inverse, both, again, wire), random(new Random(table), 70, 2), "table " + table);
        }
    }

    @Test
    void takesChainsOfAnyDepth() {
        CircuitBuilder builder = new CircuitBuilder(3);
        int wire = builder.input(0);
        for (int i = 0; i < 100_000; i++) {
            wire = builder.gate(i % 2 == 0 ? TruthTable.NAND : TruthTable.XOR, wire, builder.input(1 + i % 2));
        }
        check(builder.build(wire), random(new Random(3), 65, 3), "deep");
    }

    @Test
    void readsOnlyInputsThatMatter() {
        CircuitBuilder builder = new CircuitBuilder(5);
        Circuit circuit = builder.build(builder.gate(TruthTable.AND, builder.input(1), builder.input(3)));
        try (Executable executable = engine().compile(circuit)) {
            assertThat(executable.inputsRead()).containsExactly(1, 3);
        }
    }

    @Test
    void refusesSamplesOfAnotherWidth() {
        try (Executable executable = engine().compile(new CircuitBuilder(3).build(1))) {
            assertThatThrownBy(() -> executable.evaluate(new BitMatrix(1, 2), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2 bits")
                    .hasMessageContaining("3 inputs");
        }
    }

    @Test
    void refusesGroupsThatDoNotDivide() {
        try (Executable executable = engine().compile(new CircuitBuilder(0).build(1, 0, 1))) {
            BitMatrix in = new BitMatrix(1, 0);
            assertThatThrownBy(() -> executable.groupSums(in, 2, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> executable.groupSums(in, 0, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> executable.evaluate(in, 0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesWorkAfterClosing() {
        Executable executable = engine().compile(new CircuitBuilder(0).build(1));
        executable.close();
        assertThatThrownBy(() -> executable.evaluate(new BitMatrix(1, 0), 1)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 28, 63, 64, 65, 100, 130, 784})
    void packsBytesThroughThresholds(int rowBytes) {
        Random random = new Random(rowBytes);
        int inputs = 3 * rowBytes;
        CircuitBuilder builder = new CircuitBuilder(inputs);
        Circuit circuit = builder.build(IntStream.range(0, inputs)
                .filter(i -> i % 5 != 0)
                .map(builder::input)
                .toArray());
        int[] bytes = random.ints(inputs, 0, rowBytes).toArray();
        int[] thresholds = random.ints(inputs, -1, 256).toArray();
        byte[] rows = new byte[rowBytes * 300];
        random.nextBytes(rows);
        try (Executable executable = engine().compile(circuit)) {
            Block block = executable.newBlock();
            PixelBits pixels = new PixelBits(rowBytes, bytes, thresholds, executable.inputsRead());
            for (int row = 0; row < 300; row += block.samples()) {
                int count = Math.min(block.samples(), 300 - row);
                block.load(pixels, rows, row, count);
                block.run();
                for (int sample = 0; sample < count; sample++) {
                    for (int output = 0; output < circuit.outputs(); output++) {
                        int input = circuit.output(output) - Circuit.CONSTANTS;
                        boolean expected = (rows[(row + sample) * rowBytes + bytes[input]] & 0xFF) > thresholds[input];
                        assertThat((block.output(output, sample >> 6) >>> sample & 1) != 0)
                                .as("row %d input %d", row + sample, input)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    private void check(Circuit circuit, BitMatrix in, String what) {
        BitMatrix expected = ReferenceEvaluator.evaluate(circuit, in);
        try (Executable executable = engine().compile(circuit)) {
            for (int threads : new int[] {1, 2, 3}) {
                assertThat(executable.evaluate(in, threads).equals(expected))
                        .as("%s, %d threads", what, threads)
                        .isTrue();
                for (int groups = 1; groups <= circuit.outputs(); groups++) {
                    if (circuit.outputs() % groups == 0 && (groups < 20 || threads == 1)) {
                        assertThat(executable.groupSums(in, groups, threads))
                                .as("%s, %d groups, %d threads", what, groups, threads)
                                .isEqualTo(sums(expected, groups));
                    }
                }
            }
        }
    }

    private static int[] sums(BitMatrix out, int groups) {
        int[] sums = new int[out.samples() * groups];
        int size = out.bits() / groups;
        for (int sample = 0; sample < out.samples(); sample++) {
            for (int output = 0; output < out.bits(); output++) {
                sums[sample * groups + output / size] += out.get(sample, output) ? 1 : 0;
            }
        }
        return sums;
    }

    private static BitMatrix random(Random random, int samples, int bits) {
        BitMatrix matrix = new BitMatrix(samples, bits);
        for (int bit = 0; bit < bits; bit++) {
            for (int word = 0; word < matrix.wordsPerPlane(); word++) {
                matrix.setWord(bit, word, random.nextLong());
            }
        }
        return matrix;
    }

    private static Circuit random(Random random, int inputs, int gates, int outputs, int arity) {
        CircuitBuilder builder = new CircuitBuilder(inputs, arity);
        int[] wires = new int[Circuit.CONSTANTS + inputs + gates];
        for (int wire = 0; wire < Circuit.CONSTANTS + inputs; wire++) {
            wires[wire] = wire;
        }
        for (int gate = 0; gate < gates; gate++) {
            int count = Circuit.CONSTANTS + inputs + gate;
            int[] reads = new int[1 + random.nextInt(arity)];
            for (int i = 0; i < reads.length; i++) {
                reads[i] = wires[random.nextInt(count)];
            }
            wires[count] = builder.gate(random.nextLong() & TruthTable.mask(reads.length), reads);
        }
        int[] driven = new int[outputs];
        for (int output = 0; output < outputs; output++) {
            driven[output] = wires[random.nextInt(wires.length)];
        }
        return builder.build(driven);
    }
}
