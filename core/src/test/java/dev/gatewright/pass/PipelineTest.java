package dev.gatewright.pass;

import static dev.gatewright.circuit.RandomCircuits.assertSameFunction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitArrays;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.CircuitText;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.circuit.Levels;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineTest {
    static Stream<String> everyPass() {
        return Stream.concat(Pipeline.names().stream(), Stream.of("standard", "thorough"));
    }

    @ParameterizedTest
    @MethodSource("everyPass")
    void keepsTheFunctionAndNeverAddsGates(String name) {
        Pipeline pipeline = Pipeline.parse(name);
        for (int seed = 0; seed < 600; seed++) {
            Circuit before = RandomCircuits.random(seed, 1 + seed % 18, 1 + seed % 80, 1 + seed % 9, 1 + seed % 6);
            Circuit after = pipeline.run(before).circuit();
            Verifier.verify(after);
            assertThat(after.gates()).as("seed %d", seed).isLessThanOrEqualTo(before.gates());
            assertSameFunction(before, after);
        }
    }

    @ParameterizedTest
    @MethodSource("everyPass")
    void doneTwiceIsDoneOnce(String name) {
        Pipeline pipeline = Pipeline.parse(name);
        for (int seed = 0; seed < 600; seed++) {
            Circuit before = RandomCircuits.random(seed, 1 + seed % 18, 1 + seed % 80, 1 + seed % 9, 1 + seed % 6);
            Circuit after = pipeline.run(before).circuit();
            assertThat(pipeline.run(after).circuit()).as("seed %d", seed).isEqualTo(after);
        }
    }

    /** A change of these numbers is a change of quality: look at it before you replace them. */
    @ParameterizedTest
    @CsvSource({
        "adder8-nand, 70, 37, 15",
        "comparator8, 71, 38, 10",
        "constants, 78, 29, 4",
        "layers32x8, 122, 54, 7",
        "layers64x4, 92, 57, 4",
        "luts, 72, 72, 3",
        "majority7, 99, 99, 37",
        "multiplier4, 64, 64, 16",
        "mux16, 49, 45, 8",
        "parity12-nor, 61, 12, 12",
        "popcount15, 55, 55, 11",
    })
    void gatesLeftOfKnownCircuits(String name, int gates, int left, int depth) throws IOException {
        Circuit circuit = known(name);
        Circuit after = Pipeline.STANDARD.run(circuit).circuit();
        assertSameFunction(circuit, after);
        assertThat(List.of(circuit.gates(), after.gates(), Levels.of(after).depth()))
                .isEqualTo(List.of(gates, left, depth));
    }

    /** As above, with all passes. */
    @ParameterizedTest
    @CsvSource({
        "adder8-nand, 37",
        "comparator8, 38",
        "constants, 27",
        "layers32x8, 50",
        "layers64x4, 57",
        "luts, 72",
        "majority7, 59",
        "multiplier4, 60",
        "mux16, 45",
        "parity12-nor, 12",
        "popcount15, 55",
    })
    void gatesLeftByAllPasses(String name, int left) throws IOException {
        Circuit circuit = known(name);
        Circuit after = Pipeline.THOROUGH.run(circuit).circuit();
        assertSameFunction(circuit, after);
        assertThat(after.gates()).isEqualTo(left);
    }

    /** A circuit of the resources: its text is in {@code NAME.txt}. */
    static Circuit known(String name) throws IOException {
        try (InputStream in = PipelineTest.class.getResourceAsStream(name + ".txt")) {
            return CircuitText.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void deadGatesGo() {
        assertBecomes(
                "drop-dead-gates",
                "inputs 2 arity 2\ng0 = 8(i0, i1)\ng1 = 6(i0, i1)\ng2 = 1(g1)\noutputs g0",
                "inputs 2 arity 2\ng0 = 8(i0, i1)\noutputs g0\n");
    }

    @Test
    void equalGatesOfStoredCircuitsAreShared() {
        Circuit twice =
                CircuitArrays.restore(2, 2, new int[] {2, 3, 2, 3, 4, 5}, new byte[] {8, 8, 6}, new int[] {4, 5, 6});
        assertThat(CircuitText.print(new ShareGates().apply(twice)))
                .isEqualTo("inputs 2 arity 2\ng0 = 8(i0, i1)\noutputs g0 g0 0\n");
    }

    @Test
    void gatesLookThroughGates() {
        assertBecomes(
                "fold-constants,drop-dead-gates",
                "inputs 2 arity 2\ng0 = e(i0, i1)\ng1 = 8(i0, g0)\ng2 = 8(i0, i1)\ng3 = 2(i0, g2)\noutputs g1 g3",
                "inputs 2 arity 2\ng0 = 2(i0, i1)\noutputs i0 g0\n");
    }

    @Test
    void invertersGoIntoTheirReaders() {
        assertBecomes(
                "absorb-inverters",
                "inputs 2 arity 2\ng0 = 1(i0)\ng1 = 8(i1, g0)\noutputs g1",
                "inputs 2 arity 2\ng0 = 4(i0, i1)\noutputs g0\n");
        assertBecomes(
                "absorb-inverters",
                "inputs 2 arity 2\ng0 = 8(i0, i1)\ng1 = 1(g0)\noutputs g1 g1",
                "inputs 2 arity 2\ng0 = 7(i0, i1)\noutputs g0 g0\n");
    }

    @Test
    void complementsAreComputedOnce() {
        assertBecomes(
                "absorb-inverters",
                "inputs 3 arity 2\ng0 = 8(i0, i1)\ng1 = 7(i0, i1)\ng2 = 6(g0, i2)\ng3 = 8(g1, i2)\noutputs g2 g3",
                "inputs 3 arity 2\ng0 = 8(i0, i1)\ng1 = 6(i2, g0)\ng2 = 2(i2, g0)\noutputs g1 g2\n");
        assertBecomes(
                "absorb-inverters",
                "inputs 2 arity 2\ng0 = 8(i0, i1)\ng1 = 7(i0, i1)\noutputs g1 g0",
                "inputs 2 arity 2\ng0 = 8(i0, i1)\ng1 = 1(g0)\noutputs g1 g0\n");
    }

    @Test
    void everyRunOfAPassIsReported() {
        Circuit circuit = CircuitText.parse("inputs 2 arity 2\ng0 = 8(i0, i1)\ng1 = 1(g0)\noutputs g0");
        AtomicLong clock = new AtomicLong();
        Pipeline.Result result = Pipeline.parse("share-gates, drop-dead-gates")
                .run(circuit, InputRelations.none(2), () -> clock.addAndGet(1000));
        assertThat(result.reports())
                .containsExactly(
                        new PassReport("share-gates", 2, 2, 1, 1, Duration.ofNanos(1000)),
                        new PassReport("drop-dead-gates", 2, 1, 1, 1, Duration.ofNanos(1000)));
    }

    /** Once every pass has seen the same circuit and left it alone, nothing runs again. */
    @Test
    void passesRunUntilEachHasChangedNothing() {
        Circuit circuit = CircuitText.parse("inputs 2 arity 2\ng0 = 8(i0, i1)\ng1 = 1(g0)\ng2 = 6(i0, i1)\noutputs g1");
        assertThat(Pipeline.STANDARD.run(circuit).reports())
                .extracting(PassReport::pass, PassReport::gatesAfter)
                .containsExactly(
                        tuple("drop-dead-gates", 2),
                        tuple("fold-constants", 2),
                        tuple("absorb-inverters", 1),
                        tuple("drop-dead-gates", 1),
                        tuple("fold-constants", 1),
                        tuple("absorb-inverters", 1));
        Circuit dead = CircuitText.parse("inputs 2 arity 2\ng0 = 8(i0, i1)\ng1 = 6(i0, i1)\noutputs g0");
        assertThat(Pipeline.STANDARD.run(dead).reports())
                .extracting(PassReport::pass)
                .containsExactly("drop-dead-gates", "fold-constants", "absorb-inverters", "drop-dead-gates");
    }

    @Test
    void pipelinesAreNamed() {
        assertThat(Pipeline.STANDARD).hasToString("standard");
        assertThat(Pipeline.THOROUGH).hasToString("thorough");
        assertThat(Pipeline.parse("thorough, map-three-inputs")).hasToString("thorough,map-three-inputs");
        assertThat(Pipeline.parse(" drop-dead-gates ,share-gates")).hasToString("drop-dead-gates,share-gates");
        assertThatThrownBy(() -> Pipeline.parse("share-gates,fold"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "there is no pass 'fold'; expected standard, thorough, or some of drop-dead-gates, ");
    }

    @ParameterizedTest
    @MethodSource("everyPass")
    void circuitsWithoutInputsOrGatesStayAsTheyAre(String name) {
        for (int inputs = 0; inputs < 3; inputs++) {
            CircuitBuilder builder = new CircuitBuilder(inputs);
            int last = inputs == 0 ? 1 : builder.input(inputs - 1);
            for (Circuit circuit : List.of(builder.build(), builder.build(0, 1, last, last))) {
                assertThat(Pipeline.parse(name).run(circuit).circuit()).isEqualTo(circuit);
            }
        }
    }

    @Test
    void passesCompose() {
        Circuit circuit = CircuitText.parse("inputs 2 arity 2\ng0 = 8(i0, i1)\ng1 = 1(g0)\noutputs g1");
        Pass pass = new AbsorbInverters().then(new DropDeadGates()).untilStable();
        assertThat(pass.apply(circuit).gates()).isEqualTo(1);
    }

    @Test
    void aDeepChainNeedsNoStack() {
        CircuitBuilder builder = new CircuitBuilder(64);
        int wire = builder.input(0);
        for (int i = 0; i < 100_000; i++) {
            wire = builder.gate(i % 3 == 0 ? TruthTable.NAND : TruthTable.XOR, wire, builder.input(1 + i * 7 % 63));
        }
        Circuit circuit = builder.build(wire);
        Circuit after = Pipeline.STANDARD.run(circuit).circuit();
        assertThat(Levels.of(circuit).depth()).isEqualTo(100_000);
        assertSameFunction(circuit, after);
    }

    private static void assertBecomes(String passes, String before, String after) {
        assertThat(CircuitText.print(
                        Pipeline.parse(passes).run(CircuitText.parse(before)).circuit()))
                .isEqualTo(after);
    }
}
