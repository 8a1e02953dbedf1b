package dev.gatewright.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;
import dev.gatewright.logic.TruthTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CBaselineTest {
    private static final int GROUPS = 3;

    @TempDir
    private Path cache;

    @BeforeEach
    void needsGcc() {
        if (!"required".equals(System.getProperty("tools"))) {
            assumeThat(CBaseline.available()).as("gcc is on the path").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void agreesWithTheTruthTables(int arity) throws IOException, InterruptedException {
        long seed = arity;
        RandomGenerator random = new SplittableRandom(seed);
        Circuit circuit = circuit(random, arity);
        try (CBaseline compiled = compile(circuit)) {
            for (int samples : new int[] {0, 1, 63, 64, 65, 127, 200}) {
                BitMatrix in = random(random, samples, circuit.inputs());
                BitMatrix expected = evaluate(circuit, in);
                assertThat(compiled.evaluate(in))
                        .as("%d samples, seed %d", samples, seed)
                        .isEqualTo(expected);
                assertThat(compiled.groupSums(in))
                        .as("%d samples, seed %d", samples, seed)
                        .isEqualTo(sums(expected));
            }
        }
    }

    @Test
    void measuresAndKeepsTheResult() throws IOException, InterruptedException {
        Circuit circuit = circuit(new SplittableRandom(1), 2);
        Duration took;
        try (CBaseline compiled = compile(circuit)) {
            took = compiled.compileTime();
            BitMatrix in = random(new SplittableRandom(2), 100, circuit.inputs());
            assertThat(compiled.netSamplesPerSecond(in, Duration.ofMillis(1))).isPositive();
            assertThat(compiled.fullSamplesPerSecond(in, Duration.ofMillis(1))).isPositive();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> compiled.evaluate(new BitMatrix(1, circuit.inputs() + 1)));
        }
        try (CBaseline again = compile(circuit);
                Stream<Path> files = Files.list(cache)) {
            assertThat(again.compileTime()).isEqualTo(Duration.ofMillis(took.toMillis()));
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void comparesWithAnEngine() throws IOException, InterruptedException {
        Circuit circuit = circuit(new SplittableRandom(3), 2);
        BitMatrix in = random(new SplittableRandom(4), 100, circuit.inputs());
        try (CBaseline compiled = compile(circuit);
                Executable executable = Engine.best().compile(circuit)) {
            CComparison.requireSame(compiled, executable, in, GROUPS);

            double[] rates = {100, 3, 1, 2};
            int[] calls = new int[2];
            CComparison result = CComparison.measure(
                    compiled, in, () -> rates[calls[0]++], () -> 10 * rates[calls[1]++], 3, Duration.ofMillis(1));

            assertThat(result.net()).isEqualTo(2);
            assertThat(result.full()).isEqualTo(20);
            assertThat(result.netRatio()).isEqualTo(2 / result.netC());
            assertThat(result.fullRatio()).isEqualTo(20 / result.fullC());
        }
    }

    @Test
    void noticesAnotherCircuit() throws IOException, InterruptedException {
        Circuit circuit = circuit(new SplittableRandom(3), 2);
        BitMatrix in = random(new SplittableRandom(4), 100, circuit.inputs());
        try (CBaseline compiled = compile(circuit);
                Executable other = Engine.best().compile(circuit(new SplittableRandom(5), 2))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> CComparison.requireSame(compiled, other, in, GROUPS))
                    .withMessage("the engine and the straight-line C differ in an output");
        }
    }

    private CBaseline compile(Circuit circuit) throws IOException, InterruptedException {
        return CBaseline.compile(circuit, GROUPS, cache, message -> {});
    }

    /** Gates of up to {@code arity} wires; constants and inputs are among the outputs. */
    private static Circuit circuit(RandomGenerator random, int arity) {
        int inputs = 9;
        CircuitBuilder builder = new CircuitBuilder(inputs, Math.max(1, arity));
        int[] outputs = new int[GROUPS * 9];
        outputs[1] = 1;
        for (int i = 2; i < outputs.length; i++) {
            outputs[i] = Circuit.CONSTANTS + random.nextInt(inputs + builder.gates());
            if (arity > 0) {
                int[] wires = random.ints(1 + random.nextInt(arity), 2, 2 + inputs + builder.gates())
                        .toArray();
                outputs[i] = builder.gate(random.nextLong() & TruthTable.mask(wires.length), wires);
            }
        }
        return builder.build(outputs);
    }

    private static BitMatrix random(RandomGenerator random, int samples, int bits) {
        BitMatrix matrix = new BitMatrix(samples, bits);
        for (int bit = 0; bit < bits; bit++) {
            for (int word = 0; word < matrix.wordsPerPlane(); word++) {
                matrix.setWord(bit, word, random.nextLong());
            }
        }
        return matrix;
    }

    private static BitMatrix evaluate(Circuit circuit, BitMatrix in) {
        BitMatrix out = new BitMatrix(in.samples(), circuit.outputs());
        boolean[] wires = new boolean[circuit.wires()];
        wires[1] = true;
        for (int sample = 0; sample < in.samples(); sample++) {
            for (int i = 0; i < circuit.inputs(); i++) {
                wires[circuit.inputWire(i)] = in.get(sample, i);
            }
            for (int gate = 0; gate < circuit.gates(); gate++) {
                int index = 0;
                for (int i = 0; i < circuit.arity(gate); i++) {
                    index |= wires[circuit.wire(gate, i)] ? 1 << i : 0;
                }
                wires[circuit.gateWire(gate)] = TruthTable.value(circuit.table(gate), index);
            }
            for (int output = 0; output < circuit.outputs(); output++) {
                out.set(sample, output, wires[circuit.output(output)]);
            }
        }
        return out;
    }

    private static int[] sums(BitMatrix outputs) {
        int[] sums = new int[outputs.samples() * GROUPS];
        int size = outputs.bits() / GROUPS;
        for (int sample = 0; sample < outputs.samples(); sample++) {
            for (int output = 0; output < outputs.bits(); output++) {
                sums[sample * GROUPS + output / size] += outputs.get(sample, output) ? 1 : 0;
            }
        }
        return sums;
    }
}
