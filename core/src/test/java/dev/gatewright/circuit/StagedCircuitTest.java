package dev.gatewright.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.model.Equivalence;
import dev.gatewright.verify.ReferenceEvaluator;
import dev.gatewright.verify.SameFunction;
import dev.gatewright.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagedCircuitTest {
    private static final Extent NONE = new Extent(0, 0);

    /** The judge, the simulator and the circuit written out agree. */
    @Test
    void writtenOutItComputesTheSame() {
        for (int seed = 0; seed < 300; seed++) {
            StagedCircuit staged = RandomStages.random(seed, 2 + seed % 3);
            Circuit flat = staged.flat();
            Verifier.verify(flat);
            BitMatrix in = RandomCircuits.randomBits(seed, 70, staged.inputs());
            assertThat(ReferenceEvaluator.evaluate(staged, in))
                    .as("seed %d", seed)
                    .isEqualTo(ReferenceEvaluator.evaluate(flat, in));
            assertThat(SameFunction.counterExample(staged, flat, seed))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat((long) flat.gates()).isLessThanOrEqualTo(staged.unrolledGates());
        }
    }

    /** Two ways of cutting one convolution, by position and by pairs of positions, are proved equal when written out. */
    @Test
    void windowsThatCoverTwoPositionsAreProvedEqual() {
        CircuitBuilder one = new CircuitBuilder(3);
        Circuit kernel = one.build(
                one.gate(TruthTable.XOR, one.gate(TruthTable.NAND, one.input(0), one.input(1)), one.input(2)));
        CircuitBuilder both = new CircuitBuilder(4);
        int first = both.gate(TruthTable.XOR, both.gate(TruthTable.NAND, both.input(0), both.input(1)), both.input(2));
        int second = both.gate(TruthTable.XOR, both.gate(TruthTable.NAND, both.input(1), both.input(2)), both.input(3));
        Circuit pair = both.build(first, second);
        Extent plane = new Extent(1, 20);
        Extent pad = new Extent(0, 1);
        Grid each = new Grid(1, plane, new Extent(1, 3), Extent.ONE, pad, plane);
        Grid pairs = new Grid(1, plane, new Extent(1, 4), new Extent(1, 2), pad, new Extent(1, 10));
        Circuit written = new StagedCircuit(List.of(new Stage(kernel, each))).flat();
        Circuit other = new StagedCircuit(List.of(new Stage(pair, pairs))).flat();
        CircuitBuilder ordered = new CircuitBuilder(20);
        int[] wires = other.addTo(ordered);
        int[] byPosition = new int[20];
        for (int i = 0; i < 20; i++) {
            byPosition[i] = wires[i % 2 * 10 + i / 2];
        }
        assertThat(Equivalence.of(written, ordered.build(byPosition), InputRelations.none(20), 1, () -> false))
                .isInstanceOf(Equivalence.Answer.Equal.class);
    }

    /** The border is false, not a copy of the edge. */
    @Test
    void aWindowInTheBorderReadsFalse() {
        CircuitBuilder builder = new CircuitBuilder(2);
        Circuit kernel = builder.build(builder.gate(TruthTable.OR, builder.input(0), builder.input(1)));
        Grid grid = new Grid(1, new Extent(2, 1), new Extent(2, 1), Extent.ONE, new Extent(1, 0), new Extent(3, 1));
        StagedCircuit staged = new StagedCircuit(List.of(new Stage(kernel, grid)));
        assertThat(ReferenceEvaluator.evaluate(staged, new boolean[] {true, false}))
                .containsExactly(true, true, false);
    }

    @Test
    void countsGatesOnceAndAtEveryPosition() {
        CircuitBuilder builder = new CircuitBuilder(4);
        Circuit kernel = builder.build(builder.gate(TruthTable.AND, builder.input(0), builder.input(3)));
        Grid grid = new Grid(1, new Extent(5, 5), new Extent(2, 2), Extent.ONE, NONE, new Extent(4, 4));
        StagedCircuit staged = new StagedCircuit(List.of(new Stage(kernel, grid)));
        assertThat(staged.kernelGates()).isEqualTo(1);
        assertThat(staged.unrolledGates()).isEqualTo(16);
        assertThat(staged.flat().gates()).isEqualTo(16);
        assertThat(staged.inputs()).isEqualTo(25);
        assertThat(staged.outputs()).isEqualTo(16);
    }

    @Test
    void whatIsTooLargeIsNotWrittenOut() {
        CircuitBuilder builder = new CircuitBuilder(1);
        Circuit inverter = builder.build(builder.not(builder.input(0)));
        Extent plane = new Extent(1 << 12, 1 << 12);
        Stage stage = new Stage(inverter, new Grid(1, plane, Extent.ONE, Extent.ONE, NONE, plane));
        StagedCircuit large = new StagedCircuit(List.of(stage, stage, stage));
        assertThatThrownBy(large::flat)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("50331648 gates")
                .hasMessageContaining("33554432");
    }

    @Test
    void refusesGridsThatDoNotFit() {
        Extent plane = new Extent(4, 4);
        Extent two = new Extent(2, 2);
        refused(() -> new Grid(1, plane, two, Extent.ONE, NONE, plane), "position");
        refused(() -> new Grid(1, plane, two, NONE, NONE, Extent.ONE), "stride");
        refused(() -> new Grid(1, plane, two, Extent.ONE, new Extent(-1, 0), Extent.ONE), "border");
        refused(() -> new Grid(-1, plane, two, Extent.ONE, NONE, Extent.ONE), "planes");
        refused(() -> new Grid(1 << 20, plane, two, Extent.ONE, two, Extent.ONE), "wires");
        refused(() -> new Grid(1, plane, two, Extent.ONE, new Extent(1 << 24, 1 << 24), Extent.ONE), "wires");
        refused(
                () -> new Grid(
                        0, new Extent(1 << 24, 1 << 24), new Extent(1 << 24, 1 << 24), Extent.ONE, NONE, Extent.ONE),
                "wires");
        refused(() -> new Stage(new CircuitBuilder(3).build(), Grid.flat(4)), "kernel of 3 inputs");
    }

    @Test
    void refusesStagesThatDoNotFit() {
        Circuit four = new CircuitBuilder(4).build(2, 3);
        Grid grid = new Grid(1, new Extent(3, 3), new Extent(2, 2), Extent.ONE, NONE, new Extent(2, 2));
        refused(() -> new StagedCircuit(List.of()), "without stages");
        refused(() -> new StagedCircuit(List.of(new Stage(four, grid), Stage.flat(four))), "stage 1 reads 4 wires");
        Grid odd = new Grid(1, new Extent(1, 8), Extent.ONE, Extent.ONE, NONE, new Extent(1, 8));
        Circuit wire = new CircuitBuilder(1).build(2);
        refused(() -> new StagedCircuit(List.of(new Stage(four, grid), new Stage(wire, odd))), "planes of 1×8");
        Extent side = new Extent(1 << 12, 1 << 12);
        Stage wide = new Stage(wire, new Grid(1, side, Extent.ONE, Extent.ONE, NONE, side));
        refused(() -> new StagedCircuit(List.of(wide, wide, wide, wide)), "wires in all");
    }

    private static void refused(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
