package dev.gatewright.pass;

import static dev.gatewright.circuit.RandomCircuits.assertSameFunction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.CircuitText;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.circuit.InputRelations.Group;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.logic.Satisfiability;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.SameFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MergeEqualWiresTest {
    @Test
    void oneFunctionInManyWordsIsComputedOnce() {
        CircuitBuilder builder = new CircuitBuilder(40);
        int[] ends = new int[8];
        SplittableRandom random = new SplittableRandom(7);
        for (int end = 0; end < ends.length; end++) {
            List<Integer> pairs = new ArrayList<>();
            for (int i = 0; i < 40; i += 2) {
                int pair = builder.gate(TruthTable.XOR, builder.input(i), builder.input(i + 1));
                pairs.add(random.nextInt(pairs.size() + 1), pair);
            }
            ends[end] = 1;
            for (int pair : pairs) {
                ends[end] = builder.gate(TruthTable.AND, ends[end], pair);
            }
        }
        Circuit circuit = builder.build(ends);
        Circuit merged = new MergeEqualWires(InputRelations.none(40)).apply(circuit);
        assertSameFunction(circuit, merged);
        assertThat(new MergeEqualWires(InputRelations.none(40), Effort.USUAL, () -> true).apply(circuit))
                .isEqualTo(circuit);
        assertThat(circuit.gates()).isGreaterThan(150);
        assertThat(merged.gates()).isEqualTo(39);
    }

    /** What remains of a small circuit has no two wires of the same function, up to inverters at outputs. */
    @Test
    void nothingEqualIsLeft() {
        for (int seed = 0; seed < 300; seed++) {
            Circuit circuit = RandomCircuits.random(seed, 1 + seed % 6, 10 + seed % 60, 3, 2);
            Circuit merged = new MergeEqualWires(InputRelations.none(circuit.inputs())).apply(circuit);
            assertSameFunction(circuit, merged);
            Circuit after = Pipeline.parse("merge-equal-wires,drop-dead-gates")
                    .run(merged)
                    .circuit();
            Set<Long> functions = new HashSet<>();
            for (int gate = 0; gate < after.gates(); gate++) {
                if (after.arity(gate) == 2) {
                    assertThat(functions.add(function(after, after.gateWire(gate))))
                            .as("seed %d, gate %d", seed, gate)
                            .isTrue();
                }
            }
        }
    }

    private static long function(Circuit circuit, int wire) {
        long[] wires = new long[circuit.wires()];
        wires[1] = -1;
        long[] counting = {
            0xAAAAAAAAAAAAAAAAL, 0xCCCCCCCCCCCCCCCCL, 0xF0F0F0F0F0F0F0F0L,
            0xFF00FF00FF00FF00L, 0xFFFF0000FFFF0000L, 0xFFFFFFFF00000000L
        };
        System.arraycopy(counting, 0, wires, Circuit.CONSTANTS, circuit.inputs());
        for (int gate = 0; gate < circuit.gates(); gate++) {
            long a = wires[circuit.wire(gate, 0)];
            wires[circuit.gateWire(gate)] = circuit.arity(gate) == 1
                    ? ~a
                    : TruthTable.apply((int) circuit.table(gate), a, wires[circuit.wire(gate, 1)]);
        }
        return (wires[wire] & 1) != 0 ? ~wires[wire] : wires[wire];
    }

    /** All inputs are true, from the first one on and from the last one on: only their ends are equal. */
    @Test
    void conesGrowUntilTheySuffice() {
        CircuitBuilder builder = new CircuitBuilder(200);
        int up = 1;
        int down = 1;
        for (int i = 0; i < 200; i++) {
            up = builder.gate(TruthTable.AND, up, builder.input(i));
            down = builder.gate(TruthTable.AND, down, builder.input(199 - i));
        }
        Circuit circuit = builder.build(up, down);
        assertThat(differ(circuit, new Effort(100, 200))).isEqualTo(Satisfiability.Answer.UNDECIDED);
        assertThat(differ(circuit, new Effort(1000, 200))).isEqualTo(Satisfiability.Answer.UNSATISFIABLE);
    }

    private static Satisfiability.Answer differ(Circuit circuit, Effort effort) {
        return new OutputProofs(circuit, InputRelations.none(circuit.inputs()), effort).differ(0, 1);
    }

    /** Nine pigeons in eight holes: false for all inputs, which is more than the search finds out, and said in two ways. */
    @Test
    void whatOnlySeemsConstantIsComparedAllTheSame() {
        CircuitBuilder builder = new CircuitBuilder(72);
        int somewhere = 1;
        int apart = 1;
        for (int pigeon = 0; pigeon < 9; pigeon++) {
            int any = 0;
            for (int hole = 0; hole < 8; hole++) {
                int here = builder.input(8 * pigeon + hole);
                any = builder.gate(TruthTable.OR, any, here);
                for (int other = 0; other < pigeon; other++) {
                    int both = builder.gate(TruthTable.AND, here, builder.input(8 * other + hole));
                    apart = builder.gate(TruthTable.A_AND_NOT_B, apart, both);
                }
            }
            somewhere = builder.gate(TruthTable.AND, somewhere, any);
        }
        int one = builder.gate(TruthTable.AND, somewhere, apart);
        int between = builder.gate(TruthTable.AND, one, builder.input(0));
        int other = builder.gate(TruthTable.AND, somewhere, builder.gate(TruthTable.B_OR_NOT_A, somewhere, apart));
        Circuit merged = new MergeEqualWires(InputRelations.none(72), new Effort(5000, 200))
                .apply(builder.build(one, between, other));
        assertThat(merged.output(0)).isEqualTo(merged.output(2)).isGreaterThan(1);
    }

    @Test
    void orderedAndExclusiveInputsAreUsed() {
        InputRelations relations = new InputRelations(
                4, List.of(new Group(List.of(0, 1), List.of()), new Group(List.of(), List.of(2, 3))));
        Circuit circuit = CircuitText.parse("""
                inputs 4 arity 2
                g0 = 8(i0, i1)   # i0, as i0 implies i1
                g1 = e(i0, i1)   # i1
                g2 = 2(i0, i1)   # false
                g3 = 8(i2, i3)   # false
                g4 = 6(i2, i3)   # the same as g5
                g5 = e(i2, i3)
                outputs g0 g1 g2 g3 g4 g5
                """);
        Circuit merged = Pipeline.THOROUGH.run(circuit, relations).circuit();
        assertThat(CircuitText.print(merged)).isEqualTo("inputs 4 arity 2\ng0 = 6(i2, i3)\noutputs i0 i1 0 0 g0 g0\n");
        assertThat(Pipeline.THOROUGH.run(circuit).circuit()).isEqualTo(circuit);
    }

    @Test
    void randomCircuitsKeepTheirFunctionWhereRelationsHold() {
        int fewer = 0;
        for (int seed = 0; seed < 400; seed++) {
            int inputs = 4 + seed % 16;
            Circuit circuit = RandomCircuits.random(seed, inputs, 10 + seed % 70, 1 + seed % 7, 2);
            InputRelations relations = randomRelations(seed, inputs);
            Circuit related = Pipeline.THOROUGH.run(circuit, relations).circuit();
            assertThat(SameFunction.counterExample(circuit, related, relations, seed))
                    .as("seed %d", seed)
                    .isEmpty();
            Circuit unrelated = Pipeline.THOROUGH.run(circuit).circuit();
            fewer += related.gates() < unrelated.gates() ? 1 : 0;
        }
        assertThat(fewer).isGreaterThan(100);
    }

    static InputRelations randomRelations(long seed, int inputs) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Group> groups = new ArrayList<>();
        int from = 0;
        while (from + 2 <= inputs) {
            int size = random.nextInt(2, Math.min(6, inputs - from) + 1);
            int split = random.nextInt(size + 1);
            List<Integer> ordered = new ArrayList<>();
            List<Integer> exclusive = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                (i < split ? ordered : exclusive).add(from + i);
            }
            groups.add(new Group(ordered, exclusive));
            from += size;
        }
        return new InputRelations(inputs, groups);
    }

    @Test
    void relationsMustFit() {
        Circuit circuit = new CircuitBuilder(3).build(0);
        assertThatThrownBy(() -> new MergeEqualWires(InputRelations.none(2)).apply(circuit))
                .hasMessageContaining("relations of 2 inputs where the circuit has 3");
    }
}
