package dev.gatewright.pass;

import static dev.gatewright.circuit.RandomCircuits.assertSameFunction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.CircuitText;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.Verifier;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapThreeInputsTest {
    /** A change of these numbers is a change of quality: look at it before you replace them. */
    @ParameterizedTest
    @CsvSource({
        "adder8-nand, 16",
        "comparator8, 20",
        "layers32x8, 35",
        "layers64x4, 47",
        "majority7, 35",
        "multiplier4, 36",
        "mux16, 15",
        "parity12-nor, 7",
        "popcount15, 22",
    })
    void gatesLeftOfKnownCircuits(String name, int left) throws IOException {
        Circuit circuit = Pipeline.THOROUGH.run(PipelineTest.known(name)).circuit();
        Circuit mapped = new MapThreeInputs().apply(circuit);
        assertSameFunction(circuit, mapped);
        assertThat(mapped.gates()).isEqualTo(left);
    }

    @Test
    void randomCircuitsKeepTheirFunction() {
        for (int seed = 0; seed < 500; seed++) {
            Circuit circuit = RandomCircuits.random(seed, 1 + seed % 18, 1 + seed % 200, 1 + seed % 9, 2);
            Circuit mapped = new MapThreeInputs().apply(circuit);
            Verifier.verify(mapped);
            assertThat(mapped.maxArity()).isLessThanOrEqualTo(3);
            assertThat(mapped.gates()).as("seed %d", seed).isLessThanOrEqualTo(circuit.gates());
            assertSameFunction(circuit, mapped);
        }
    }

    @Test
    void aFullAdderTakesTwoGates() {
        Circuit circuit = CircuitText.parse("""
                inputs 3 arity 2
                g0 = 6(i0, i1)
                g1 = 6(g0, i2)
                g2 = 8(i0, i1)
                g3 = 8(g0, i2)
                g4 = e(g2, g3)
                outputs g1 g4
                """);
        assertThat(CircuitText.print(new MapThreeInputs().apply(circuit)))
                .isEqualTo("inputs 3 arity 3\ng0 = 96(i0, i1, i2)\ng1 = e8(i0, i1, i2)\noutputs g0 g1\n");
    }

    @Test
    void aDeepChainNeedsNoStack() {
        CircuitBuilder builder = new CircuitBuilder(64);
        int wire = builder.input(0);
        for (int i = 0; i < 100_000; i++) {
            wire = builder.gate(i % 3 == 0 ? TruthTable.NAND : TruthTable.XOR, wire, builder.input(1 + i * 7 % 63));
        }
        Circuit circuit = builder.build(wire);
        Circuit mapped = new MapThreeInputs().apply(circuit);
        assertSameFunction(circuit, mapped);
        assertThat(mapped.gates()).isEqualTo(50_000);
    }
}
