package dev.gatewright.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.ReferenceEvaluator;
import dev.gatewright.verify.Verifier;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CircuitBuilderTest {
    @Test
    void everyTableOnEveryPairOfWires() {
        for (int table = 0; table < 16; table++) {
            for (int a = 0; a < 5; a++) {
                for (int b = 0; b < 5; b++) {
                    CircuitBuilder builder = new CircuitBuilder(2);
                    int inner = builder.not(builder.input(0));
                    int[] wires = {0, 1, builder.input(0), builder.input(1), inner};
                    Circuit circuit = builder.build(builder.gate(table, wires[a], wires[b]));
                    Verifier.verify(circuit);
                    for (int i = 0; i < 4; i++) {
                        boolean[] in = {(i & 1) != 0, (i & 2) != 0};
                        boolean[] values = {false, true, in[0], in[1], !in[0]};
                        int index = (values[a] ? 1 : 0) | (values[b] ? 2 : 0);
                        assertThat(ReferenceEvaluator.evaluate(circuit, in))
                                .as("table %d of wires %d and %d at %d", table, wires[a], wires[b], i)
                                .containsExactly((table >> index & 1) != 0);
                    }
                }
            }
        }
    }

    /** Whether room was made for too few gates, as many, or too many. */
    @Test
    void builtAgainIsTheSame() {
        for (int seed = 0; seed < 200; seed++) {
            Circuit circuit = RandomCircuits.random(seed, 5, 1 + seed, 3, 1 + seed % 6);
            for (Circuit like : List.of(new CircuitBuilder(5, circuit.maxArity()).build(), circuit)) {
                CircuitBuilder builder = CircuitBuilder.like(like);
                assertThat(builder.build(circuit.addTo(builder)))
                        .as("seed %d", seed)
                        .isEqualTo(circuit);
            }
        }
    }

    @Test
    void randomWideGatesKeepTheirFunction() {
        SplittableRandom random = new SplittableRandom(9);
        for (int trial = 0; trial < 3000; trial++) {
            CircuitBuilder builder = new CircuitBuilder(6, 6);
            int[] reads = new int[random.nextInt(1, 7)];
            for (int i = 0; i < reads.length; i++) {
                reads[i] = random.nextInt(8);
            }
            long table = (random.nextInt(4) == 0 ? random.nextLong() & 0x11 : random.nextLong())
                    & TruthTable.mask(reads.length);
            Circuit circuit = builder.build(builder.gate(table, reads));
            Verifier.verify(circuit);
            for (int i = 0; i < 64; i++) {
                boolean[] in = new boolean[6];
                for (int j = 0; j < 6; j++) {
                    in[j] = (i >> j & 1) != 0;
                }
                int index = 0;
                for (int j = 0; j < reads.length; j++) {
                    boolean value = reads[j] == 1 || reads[j] > 1 && in[reads[j] - 2];
                    index |= value ? 1 << j : 0;
                }
                assertThat(ReferenceEvaluator.evaluate(circuit, in)[0])
                        .as("trial %d at %d", trial, i)
                        .isEqualTo((table >>> index & 1) != 0);
            }
        }
    }

    @Test
    void whateverIsEqualIsShared() {
        CircuitBuilder builder = new CircuitBuilder(3, 3);
        int x = builder.input(0);
        int y = builder.input(1);
        int z = builder.input(2);
        int and = builder.gate(TruthTable.AND, x, y);
        assertThat(builder.gate(TruthTable.AND, y, x)).isEqualTo(and);
        assertThat(builder.gate(0b1000_1000, x, y, z)).isEqualTo(and);
        assertThat(builder.gate(0b1000_0000, x, y, 1)).isEqualTo(and);
        assertThat(builder.gate(TruthTable.A_AND_NOT_B, x, y)).isEqualTo(builder.gate(TruthTable.B_AND_NOT_A, y, x));
        assertThat(builder.gate(TruthTable.NOT_B, x, y)).isEqualTo(builder.not(y));
        assertThat(builder.gate(TruthTable.B, x, y)).isEqualTo(y);
        assertThat(builder.gate(TruthTable.XOR, x, x)).isZero();
        assertThat(builder.gate(TruthTable.OR, 1, x)).isOne();
        assertThat(builder.gate(1)).isOne();
        assertThat(builder.not(0)).isOne();
        assertThat(builder.gates()).isEqualTo(3);
    }

    /** Equivalence cannot see a lost optimisation; the number of gates left can. */
    @Test
    void gatesLeftOfThreeThousandRandomCircuits() {
        long gates = 0;
        for (int seed = 0; seed < 3000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            CircuitBuilder builder = new CircuitBuilder(6);
            int[] wires = new int[8 + random.nextInt(1, 61)];
            for (int i = 0; i < wires.length; i++) {
                wires[i] = i < 8
                        ? i
                        : builder.gate(random.nextInt(16), wires[random.nextInt(i)], wires[random.nextInt(i)]);
            }
            gates += builder.gates();
        }
        assertThat(gates).isEqualTo(34_799);
    }

    @Test
    void misuseIsNamed() {
        CircuitBuilder builder = new CircuitBuilder(2);
        assertThatThrownBy(() -> builder.gate(16, 2, 3)).hasMessage("table 10 does not fit a gate of 2 wires");
        assertThatThrownBy(() -> builder.gate(8, 2, 4)).hasMessage("a gate reads wire 4 where wires 0 to 3 exist");
        assertThatThrownBy(() -> builder.gate(8, -1, 2)).hasMessageContaining("reads wire -1");
        assertThatThrownBy(() -> builder.build(4)).hasMessage("output 0 is wire 4 where wires 0 to 3 exist");
        CircuitBuilder three = new CircuitBuilder(3);
        assertThatThrownBy(() -> three.gate(0x96, 2, 3, 4)).hasMessage("a gate of 3 wires where at most 2 are allowed");
        assertThatThrownBy(() -> builder.gate(0, 2, 2, 2, 2, 2, 2, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CircuitBuilder(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CircuitBuilder(1, 7)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deepAndLargeCircuitsAreOrdinary() {
        CircuitBuilder chain = new CircuitBuilder(2, 2);
        int wire = chain.input(0);
        for (int i = 0; i < 100_000; i++) {
            wire = chain.gate(TruthTable.XOR, wire, i % 2 == 0 ? chain.input(1) : chain.input(0));
        }
        assertThat(Levels.of(chain.build(wire)).depth()).isEqualTo(100_000);
        Circuit large = RandomCircuits.random(1, 1000, 1_000_000, 10, 2);
        assertThat(large.gates()).isEqualTo(1_000_000);
        assertThat(ReferenceEvaluator.evaluate(large, new boolean[1000])).hasSize(10);
    }

    @Test
    void arraysComeBackAsTheSameCircuit() {
        for (int seed = 0; seed < 50; seed++) {
            Circuit circuit = RandomCircuits.random(seed, seed % 9, 40, 5, 1 + seed % 6);
            int[] wires = CircuitArrays.wires(circuit).toArray(java.lang.foreign.ValueLayout.JAVA_INT);
            int[] outputs = new int[5];
            for (int i = 0; i < 5; i++) {
                outputs[i] = circuit.output(i);
            }
            Circuit back = circuit.maxArity() <= 3
                    ? CircuitArrays.restore(
                            circuit.inputs(),
                            circuit.maxArity(),
                            wires,
                            CircuitArrays.tables(circuit).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE),
                            outputs)
                    : CircuitArrays.restore(
                            circuit.inputs(),
                            circuit.maxArity(),
                            wires,
                            CircuitArrays.tables(circuit).toArray(java.lang.foreign.ValueLayout.JAVA_LONG),
                            outputs);
            assertThat(back).as("seed %d", seed).isEqualTo(circuit);
        }
    }

    @Test
    void arraysThatAreNoCircuitAreRefused() {
        assertRefused("reads wire 4 where one from 3 to 3 was expected", 8, 2, 4);
        assertRefused("reads wire 3 where one from 4 to 3 was expected", 8, 3, 3);
        assertRefused("reads wire 2 where one from 4 to 3", 8, 3, 2);
        assertRefused("reads wire 1 where", 8, 1, 2);
        assertRefused("reads wire 2147483647", 8, 2, Integer.MAX_VALUE);
        assertRefused("reads wire -2", 8, -2, 3);
        assertRefused("gap among", 8, -1, 3);
        assertRefused("has table 10", 16, 2, 3);
        assertRefused("has table a", 10, 2, 3);
        assertRefused("has table 2", 2, 2, -1);
        assertRefused("has table 1", 1, -1, -1);
        assertThatThrownBy(() -> CircuitArrays.restore(2, 2, new int[] {2, 3}, new byte[] {8}, new int[] {5}))
                .hasMessage("output 0 is wire 5 where wires 0 to 4 exist");
        assertThatThrownBy(() -> CircuitArrays.restore(2, 2, new int[] {2}, new byte[] {8}, new int[0]))
                .hasMessageContaining("1 wires where 1 gates have room for 2 each");
        assertThatThrownBy(() -> CircuitArrays.restore(2, 4, new int[4], new byte[] {8}, new int[0]))
                .hasMessageContaining("gates of up to 4 wires");
        assertThatThrownBy(() -> CircuitArrays.restore(Integer.MAX_VALUE, 2, new int[0], new byte[0], new int[0]))
                .hasMessageContaining("2147483647 inputs");
    }

    private static void assertRefused(String message, int table, int... wires) {
        assertThatThrownBy(() -> CircuitArrays.restore(2, 2, wires, new byte[] {(byte) table}, new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
