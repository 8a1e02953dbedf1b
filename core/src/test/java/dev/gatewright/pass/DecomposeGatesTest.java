package dev.gatewright.pass;

import static dev.gatewright.circuit.RandomCircuits.assertSameFunction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.Verifier;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecomposeGatesTest {
    private static Circuit gate(long table, int inputs) {
        CircuitBuilder builder = new CircuitBuilder(inputs, 6);
        int[] wires = IntStream.range(0, inputs).map(builder::input).toArray();
        return builder.build(builder.gate(table, wires));
    }

    @Test
    void everyFunctionOfThreeInputsKeepsItsTable() {
        for (long table = 0; table < 256; table++) {
            Circuit gate = gate(table, 3);
            Circuit small = new DecomposeGates().apply(gate);
            Verifier.verify(small);
            assertSameFunction(gate, small);
            assertThat(small.gates()).as("table %x", table).isLessThanOrEqualTo(4);
        }
    }

    private static long rarely(SplittableRandom random) {
        long some = random.nextLong();
        long others = random.nextLong();
        return some & others & random.nextLong();
    }

    @ParameterizedTest
    @CsvSource({"4, 7", "5, 17", "6, 37"})
    void randomFunctionsKeepTheirTable(int inputs, int most) {
        SplittableRandom random = new SplittableRandom(31);
        for (int i = 0; i < 2000; i++) {
            // Also such as ignore inputs, are rarely true or depend on two inputs through one gate.
            long table = i % 3 == 0 ? rarely(random) : random.nextLong();
            int ignored = random.nextInt(inputs);
            if (i % 5 == 0) {
                long fixed = TruthTable.invertInput(table & TruthTable.mask(inputs), inputs, ignored);
                table &= fixed;
                table |= TruthTable.invertInput(table & TruthTable.mask(inputs), inputs, ignored);
            }
            table &= TruthTable.mask(inputs);
            Circuit gate = gate(table, inputs);
            Circuit small = new DecomposeGates().apply(gate);
            Verifier.verify(small);
            assertThat(small.maxArity()).isEqualTo(2);
            assertSameFunction(gate, small);
            assertThat(small.gates()).as("table %x", table).isLessThanOrEqualTo(most);
            int gates = Math.max(1, Decomposition.gates(table, inputs));
            assertThat(small.gates()).as("table %x", table).isLessThanOrEqualTo(gates);
        }
    }

    /** A change of these numbers is a change of quality: look at it before you replace them. */
    @ParameterizedTest
    @CsvSource({
        "0x6996966996696996, 6, 5", // parity
        "0x8000000000000000, 6, 5", // conjunction
        "0xFEE8E880E8808000, 6, 24", // at least four of six
        "0xFEE8E880, 5, 15", // at least three of five
        "0xCACACACAF0F0F0F0, 6, 5", // choices between choices
        "0x7888877787777888, 6, 5", // a disjoint composition
    })
    void gatesOfKnownFunctions(String table, int inputs, int gates) {
        Circuit gate = gate(Long.parseUnsignedLong(table.substring(2), 16), inputs);
        assertThat(new DecomposeGates().apply(gate).gates()).isEqualTo(gates);
    }

    @Test
    void randomCircuitsOfAllSizesOfGatesKeepTheirFunction() {
        for (int seed = 0; seed < 300; seed++) {
            Circuit circuit = RandomCircuits.random(seed, 1 + seed % 18, 1 + seed % 100, 1 + seed % 9, 1 + seed % 6);
            Circuit small = new DecomposeGates().apply(circuit);
            Verifier.verify(small);
            assertThat(small.maxArity()).isLessThanOrEqualTo(2);
            assertSameFunction(circuit, small);
        }
    }
}
