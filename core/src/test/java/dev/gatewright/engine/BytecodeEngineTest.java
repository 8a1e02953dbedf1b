package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.ReferenceEvaluator;
import org.junit.jupiter.api.Test;

final class BytecodeEngineTest extends EngineTest {
    @Override
    Engine engine() {
        return new BytecodeEngine();
    }

    @Test
    void takesCircuitsOfManyMethodsAndClasses() {
        Circuit circuit = RandomCircuits.random(5, 500, 50_000, 20_000, 2);
        BitMatrix in = RandomCircuits.randomBits(6, 300, 500);
        try (Executable executable = engine().compile(circuit)) {
            assertThat(executable.engine()).isEqualTo("bytecode");
            assertThat(executable.evaluate(in, 2).equals(ReferenceEvaluator.evaluate(circuit, in)))
                    .isTrue();
        }
    }

    @Test
    void leavesLargeCircuitsToThePortableEngineAndSaysSo() {
        CircuitBuilder builder = new CircuitBuilder(2);
        int wire = builder.input(0);
        for (int i = 0; i <= BytecodeEngine.MOST_GATES; i++) {
            wire = builder.gate(i % 2 == 0 ? TruthTable.NAND : TruthTable.XOR, wire, builder.input(1));
        }
        Circuit circuit = builder.build(wire);
        BitMatrix in = RandomCircuits.randomBits(1, 100, 2);
        try (Executable executable = engine().compile(circuit)) {
            assertThat(executable.engine()).startsWith("portable, not bytecode: 200001 gates");
            assertThat(executable.evaluate(in, 1).equals(ReferenceEvaluator.evaluate(circuit, in)))
                    .isTrue();
        }
    }
}
