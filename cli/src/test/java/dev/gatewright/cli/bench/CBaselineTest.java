package dev.gatewright.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.ReferenceEvaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    /** Every way of packing and counting, lines and tables, words and vectors. */
    private static List<CForm> forms() {
        return List.of(
                CForm.PEERS.withFlags("-O0"),
                CForm.vectors(512).withFlags("-O1"),
                CForm.vectors(128).withFlags("-O0"),
                CForm.table(64).withFlags("-O1"),
                CForm.table(256).withFlags("-O1", "-march=native"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void agreesWithTheTruthTables(CForm form) throws Exception {
        long seed = 11;
        RandomGenerator random = new SplittableRandom(seed);
        for (int arity : new int[] {0, 2, 6}) {
            Circuit circuit = circuit(random, arity);
            try (CBaseline compiled = compile(RawNet.of(circuit, GROUPS), form)) {
                for (int samples : new int[] {0, 1, 64, 65, 513, 700}) {
                    BitMatrix in = random(random, samples, circuit.inputs());
                    BitMatrix expected = evaluate(circuit, in);
                    assertThat(compiled.evaluate(in))
                            .as("%d samples, arity %d, seed %d", samples, arity, seed)
                            .isEqualTo(expected);
                    assertThat(compiled.groupSums(in))
                            .as("%d samples, arity %d, seed %d", samples, arity, seed)
                            .isEqualTo(sums(expected));
                }
            }
        }
    }

    @Test
    void keepsEveryGateOfANetwork() throws Exception {
        RawNet net = Nets.named("tiny-conv", 5);
        BitMatrix in = random(new SplittableRandom(6), 100, net.inputs());
        BitMatrix expected = ReferenceEvaluator.evaluate(net.circuit(), in);

        for (CForm form : List.of(CForm.PEERS.withFlags("-O0"), CForm.table(64).withFlags("-O1"))) {
            try (CBaseline compiled = compile(net, form)) {
                assertThat(compiled.evaluate(in)).as(form.name()).isEqualTo(expected);
            }
        }
    }

    @Test
    void keepsTheResult() throws Exception {
        RawNet net = RawNet.of(circuit(new SplittableRandom(1), 2), GROUPS);
        Duration took;
        try (CBaseline compiled = compile(net, CForm.PEERS)) {
            took = compiled.compileTime();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> compiled.evaluate(new BitMatrix(1, net.inputs() + 1)));
        }
        try (CBaseline again = compile(net, CForm.PEERS);
                Stream<Path> files = Files.list(cache)) {
            assertThat(again.compileTime()).isEqualTo(Duration.ofMillis(took.toMillis()));
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void remembersThatGccDidNotFinish() throws IOException {
        RawNet net = Nets.named("tiny", 1);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(SharedObject.UnfinishedException.class)
                    .isThrownBy(() -> CBaseline.compile(net, CForm.PEERS, cache, Duration.ofMillis(1), message -> {}))
                    .withMessageContaining("not finished");
        }
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).singleElement().asString().endsWith(".unfinished");
        }
    }

    @Test
    void resultsAreKeptBySourceFlagsAndCompiler() {
        assertThat(List.of(
                        SharedObject.key("a", List.of("-O1"), "gcc 12"),
                        SharedObject.key("b", List.of("-O1"), "gcc 12"),
                        SharedObject.key("a", List.of("-O2"), "gcc 12"),
                        SharedObject.key("a", List.of("-O1"), "gcc 13")))
                .doesNotHaveDuplicates();
    }

    private CBaseline compile(RawNet net, CForm form) throws Exception {
        return CBaseline.compile(net, form, cache, Duration.ofMinutes(5), message -> {});
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
