package dev.gatewright.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.AdderTree;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.CounterTree;
import dev.gatewright.circuit.Levels;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.circuit.Votes;
import dev.gatewright.logic.TruthTable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LutMapperTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void mappedCircuitsComputeTheSame(int inputs) {
        for (int seed = 1; seed <= 40; seed++) {
            Circuit circuit = RandomCircuits.random(seed, 1 + seed % 30, 12 * seed, 1 + seed % 9, 2);
            Circuit mapped = LutMapper.map(circuit, inputs);
            RandomCircuits.assertSameFunction(circuit, mapped);
            assertThat(mapped.maxArity()).isEqualTo(inputs);
            assertThat(mapped.gates()).as("seed %d", seed).isLessThanOrEqualTo(circuit.gates());
            assertThat(LutMapper.levels(mapped))
                    .isLessThanOrEqualTo(Levels.of(circuit).depth());
        }
    }

    /** A chain of 36 inputs fits seven tables, each of which takes five or six of them. */
    @Test
    void levelsAreTheFewestThatTheStructureAllows() {
        CircuitBuilder builder = new CircuitBuilder(36);
        int[] wires = IntStream.range(0, 36).map(builder::input).toArray();
        int all = wires[0];
        for (int i = 1; i < 36; i++) {
            all = builder.gate(i % 6 == 0 ? TruthTable.OR : TruthTable.XOR, all, wires[i]);
        }
        Circuit chain = builder.build(all);
        assertThat(LutMapper.map(chain, 6).gates()).isEqualTo(7);
        assertThat(LutMapper.levels(LutMapper.map(counted(63, new CounterTree()), 6)))
                .isEqualTo(6);
    }

    private static Circuit counted(int bits, dev.gatewright.circuit.Popcount popcount) {
        CircuitBuilder builder = new CircuitBuilder(bits);
        return Votes.counted(
                builder.build(IntStream.range(0, bits).map(builder::input).toArray()), 1, false, popcount);
    }

    /** Counts are looked at when they change. */
    @Test
    void tablesAreFew() {
        int[] counts = {
            LutMapper.map(counted(96, new CounterTree()), 6).gates(),
            LutMapper.map(counted(96, new AdderTree()), 6).gates(),
            LutMapper.map(counted(96, new CounterTree()), 4).gates(),
            LutMapper.map(RandomCircuits.random(7, 40, 3000, 30, 2), 6).gates(),
            LutMapper.map(RandomCircuits.random(7, 40, 3000, 30, 2), 4).gates()
        };
        assertThat(counts).containsExactly(103, 199, 222, 619, 710);
    }

    /** A chain too deep for recursion, and one whose cone is long. */
    @Test
    void deepCircuitsAreMapped() {
        CircuitBuilder builder = new CircuitBuilder(40);
        int wire = builder.input(0);
        for (int i = 0; i < 100_000; i++) {
            wire = builder.gate(i % 3 == 0 ? TruthTable.XOR : TruthTable.NAND, wire, builder.input(i % 40));
        }
        Circuit chain = builder.build(wire);
        RandomCircuits.assertSameFunction(chain, LutMapper.map(chain, 6));
    }

    @Test
    void outputsMayBeInputsConstantsAndRepeated() {
        CircuitBuilder builder = new CircuitBuilder(2);
        int not = builder.not(builder.input(0));
        Circuit circuit = builder.build(0, 1, builder.input(1), not, not);
        Circuit mapped = LutMapper.map(circuit, 6);
        RandomCircuits.assertSameFunction(circuit, mapped);
        assertThat(mapped.gates()).isEqualTo(1);
    }

    @Test
    void gatesOfMoreInputsAreRefused() {
        assertThatThrownBy(() -> LutMapper.map(RandomCircuits.random(1, 9, 30, 3, 3), 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 inputs");
    }
}
