package dev.gatewright.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitTextTest {
    private static final String TEXT = """
            inputs 3 arity 3
            g0 = 6(i0, i1)
            g1 = 96(i0, i2, g0)
            g2 = 1(g1)
            outputs g2 i2 0 1 g2
            """;

    @Test
    void printedIsParsed() {
        assertThat(CircuitText.print(CircuitText.parse(TEXT))).isEqualTo(TEXT);
        for (int seed = 0; seed < 100; seed++) {
            Circuit circuit = RandomCircuits.random(seed, seed % 7, seed, seed % 5, 1 + seed % 6);
            String text = CircuitText.print(circuit);
            assertThat(CircuitText.parse(text)).as("seed %d", seed).isEqualTo(circuit);
            assertThat(CircuitText.print(CircuitText.parse(text))).isEqualTo(text);
        }
    }

    @Test
    void viewsCount() {
        Circuit circuit = CircuitText.parse(TEXT);
        Levels levels = Levels.of(circuit);
        assertThat(levels.depth()).isEqualTo(3);
        assertThat(levels.level(circuit.gateWire(0))).isEqualTo(1);
        assertThat(levels.level(circuit.inputWire(2))).isZero();
        Fanout fanout = Fanout.of(circuit);
        assertThat(fanout.readers(circuit.inputWire(0))).isEqualTo(2);
        assertThat(fanout.readers(circuit.inputWire(2))).isEqualTo(2);
        assertThat(fanout.readers(circuit.gateWire(2))).isEqualTo(2);
        assertThat(fanout.readers(0)).isEqualTo(1);
        CircuitStats stats = CircuitStats.of(circuit);
        assertThat(stats.gatesByKind()).isEqualTo(Map.of("xor", 1, "lut3", 1, "not", 1));
        assertThat(stats).isEqualTo(new CircuitStats(3, 3, 5, 3, 3, stats.gatesByKind()));
    }

    @Test
    void depthIsThatOfOutputs() {
        Circuit dead = CircuitText.parse("inputs 2 arity 2\ng0 = 8(i0, i1)\ng1 = 1(g0)\noutputs g0");
        assertThat(Levels.of(dead).depth()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gates | line 1: expected inputs N arity K, found gates",
                "inputs 2 arity 7 | line 1: expected inputs N arity K",
                "inputs 2 arity 2;g0 = 8(i0, i2);outputs | line 2: expected 0, 1, an input up to i1",
                "inputs 2 arity 2;;g0 = 8(i0, g1);outputs | line 3: expected 0, 1, an input up to i1",
                "inputs 2 arity 2;g0 = 18(i0, i1);outputs | line 2: expected a table that fits 2 wires, found 18",
                "inputs 2 arity 2;g0 = 8(i0, i1);g0 = 6(i0, i1);outputs | line 3: expected a gate that is not defined",
                "inputs 3 arity 2;g0 = 96(i0, i1, i2);outputs | line 2: a gate of 3 wires where at most 2",
                "inputs 2 arity 2;x;outputs | line 2: expected gN = TABLE(WIRE, …) or outputs, found x",
                "inputs 2 arity 2;outputs;g0 = 8(i0, i1) | line 3: expected nothing after the outputs",
                "inputs 2 arity 2 | line 1: expected a line of outputs, found the end",
            })
    void mistakesAreNamedWithTheirLine(String text, String message) {
        assertThatThrownBy(() -> CircuitText.parse(text.replace(";", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
