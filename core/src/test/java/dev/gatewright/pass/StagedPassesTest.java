package dev.gatewright.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.CircuitText;
import dev.gatewright.circuit.Extent;
import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.RandomStages;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.SameFunction;
import dev.gatewright.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedPassesTest {
    private static final Extent NONE = new Extent(0, 0);

    @ParameterizedTest
    @ValueSource(strings = {"standard", "thorough", "share-gates", "drop-dead-gates"})
    void passesKeepTheFunctionOfStages(String name) {
        Pipeline pipeline = Pipeline.parse(name);
        for (int seed = 0; seed < 60; seed++) {
            StagedCircuit before = RandomStages.random(seed, 2);
            StagedCircuit after = (StagedCircuit) pipeline.run(before).form();
            after.stages().forEach(stage -> Verifier.verify(stage.kernel()));
            assertThat(SameFunction.counterExample(before, after, seed))
                    .as("%s, seed %d", name, seed)
                    .isEmpty();
            assertThat(after.unrolledGates()).as("seed %d", seed).isLessThanOrEqualTo(before.unrolledGates());
        }
    }

    @Test
    void pruningKeepsTheFunction() {
        for (int seed = 0; seed < 500; seed++) {
            StagedCircuit before = RandomStages.random(seed, 3);
            assertThat(SameFunction.counterExample(before, PruneChannels.apply(before), seed))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    /** The passes find that the last kernel needs one plane: the second loses gates then, the first is not looked at again. */
    @Test
    void kernelsThatStayedAreLeftAlone() {
        Circuit first = CircuitText.parse("inputs 4 arity 2\ng0 = 8(i0, i1)\ng1 = e(i0, i1)\ng2 = 6(i0, i1)\n"
                + "g3 = 8(i2, i3)\ng4 = 6(i2, i3)\noutputs g0 g1 g2 g3 g4");
        Circuit second = CircuitText.parse("inputs 5 arity 2\ng0 = 6(i0, i1)\ng1 = 8(g0, i2)\ng2 = e(g1, i3)\n"
                + "g3 = 6(g2, i4)\ng4 = 8(i0, i1)\ng5 = e(g4, i2)\noutputs g3 g5");
        Circuit last = CircuitText.parse("inputs 2 arity 2\ng0 = e(i0, i1)\ng1 = 8(i0, g0)\noutputs g1");
        Pipeline.Result result = Pipeline.STANDARD.run(
                new StagedCircuit(List.of(Stage.flat(first), Stage.flat(second), Stage.flat(last))));
        assertThat(result.reports().stream().filter(report -> report.gatesBefore() == 5))
                .hasSize(3);
        assertThat(result.form().stages().stream().map(stage -> stage.kernel().gates()))
                .containsExactly(5, 4, 0);
    }

    /** Of four planes one is false, one is given twice, and one is not read: one is left, and its gates alone. */
    @Test
    void planesWithoutAUseGo() {
        CircuitBuilder first = new CircuitBuilder(4);
        int kept = first.gate(TruthTable.AND, first.input(0), first.input(3));
        int unread = first.gate(TruthTable.XOR, first.input(1), first.input(2));
        Grid wide = new Grid(1, new Extent(4, 4), new Extent(2, 2), Extent.ONE, NONE, new Extent(3, 3));
        Stage giver = new Stage(first.build(kept, 0, unread, kept), wide);
        Grid padded = new Grid(4, new Extent(3, 3), new Extent(1, 2), Extent.ONE, new Extent(0, 1), new Extent(3, 4));
        CircuitBuilder second = new CircuitBuilder(8);
        Circuit reader = second.build(second.gate(
                TruthTable.OR, second.input(0), second.gate(TruthTable.XOR, second.input(2), second.input(7))));
        StagedCircuit before = new StagedCircuit(List.of(giver, new Stage(reader, padded)));
        StagedCircuit after = (StagedCircuit) Pipeline.STANDARD.run(before).form();
        assertThat(after.stages().getFirst().kernel().outputs()).isEqualTo(1);
        assertThat(after.stages().getFirst().kernel().gates()).isEqualTo(1);
        assertThat(after.stages().getLast().grid().channels()).isEqualTo(1);
        assertThat(after.stages().getLast().kernel().gates()).isEqualTo(1);
        assertThat(SameFunction.counterExample(before, after, 1)).isEmpty();
    }
}
