package dev.gatewright.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.logic.TruthTable;
import org.junit.jupiter.api.Test;

class SameFunctionTest {
    @Test
    void referenceReadsTablesAsWritten() {
        for (int table = 0; table < 16; table++) {
            CircuitBuilder builder = new CircuitBuilder(2);
            Circuit circuit = builder.build(builder.gate(table, builder.input(0), builder.input(1)));
            for (int i = 0; i < 4; i++) {
                boolean[] out = ReferenceEvaluator.evaluate(circuit, new boolean[] {(i & 1) != 0, (i & 2) != 0});
                assertThat(out).as("table %d at %d", table, i).containsExactly((table >> i & 1) != 0);
            }
        }
        BitMatrix three = new BitMatrix(1, 3);
        assertThatThrownBy(() -> ReferenceEvaluator.evaluate(new CircuitBuilder(2).build(), three))
                .hasMessageContaining("samples of 3 bits where the circuit has 2 inputs");
    }

    @Test
    void simulatorAgreesWithTheReference() {
        for (int seed = 0; seed < 200; seed++) {
            Circuit circuit = RandomCircuits.random(seed, 1 + seed % 20, 60, 5, 2 + seed % 5);
            boolean[] zero = new boolean[circuit.outputs()];
            Circuit constants = new CircuitBuilder(circuit.inputs()).build(new int[zero.length]);
            // The first example on which the circuit is not all false, both judges must see.
            var example = SameFunction.counterExample(constants, circuit, seed);
            if (example.isPresent()) {
                assertThat(ReferenceEvaluator.evaluate(circuit, example.get()))
                        .as("seed %d", seed)
                        .isNotEqualTo(zero);
            } else {
                BitMatrix in = RandomCircuits.randomBits(seed, 500, circuit.inputs());
                assertThat(ReferenceEvaluator.evaluate(circuit, in))
                        .as("seed %d", seed)
                        .isEqualTo(new BitMatrix(500, zero.length));
            }
        }
    }

    @Test
    void smallCircuitsAreTriedExhaustively() {
        for (int inputs : new int[] {1, 5, 6, 7, 11, 16}) {
            Circuit zero = new CircuitBuilder(inputs).build(0);
            for (int pattern : new int[] {0, (1 << inputs) - 1, (1 << inputs) / 3}) {
                assertThat(SameFunction.counterExample(zero, minterm(inputs, pattern), 0))
                        .as("%d inputs, pattern %d", inputs, pattern)
                        .isPresent();
            }
        }
        assertThat(SameFunction.counterExample(new CircuitBuilder(0).build(0), new CircuitBuilder(0).build(1), 0))
                .isPresent();
    }

    @Test
    void rareDifferencesOfWideCircuitsAreFound() {
        for (int inputs : new int[] {17, 63, 64, 65, 130}) {
            for (int rare = -1; rare < inputs; rare++) {
                CircuitBuilder builder = new CircuitBuilder(inputs);
                int all = 1;
                int none = 1;
                for (int i = 0; i < inputs; i++) {
                    all = builder.gate(i == rare ? TruthTable.A_AND_NOT_B : TruthTable.AND, all, builder.input(i));
                    none = builder.gate(i == rare ? TruthTable.AND : TruthTable.A_AND_NOT_B, none, builder.input(i));
                }
                Circuit zero = new CircuitBuilder(inputs).build(0);
                assertThat(SameFunction.counterExample(zero, builder.build(all), 0))
                        .as("one-cold %d of %d", rare, inputs)
                        .isPresent();
                assertThat(SameFunction.counterExample(zero, builder.build(none), 0))
                        .as("one-hot %d of %d", rare, inputs)
                        .isPresent();
            }
        }
    }

    private static Circuit minterm(int inputs, int pattern) {
        CircuitBuilder builder = new CircuitBuilder(inputs);
        int wire = 1;
        for (int i = 0; i < inputs; i++) {
            wire = builder.gate(
                    (pattern >> i & 1) != 0 ? TruthTable.AND : TruthTable.A_AND_NOT_B, wire, builder.input(i));
        }
        return builder.build(wire);
    }
}
