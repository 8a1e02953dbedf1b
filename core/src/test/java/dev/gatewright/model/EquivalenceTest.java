package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.pass.Pipeline;
import dev.gatewright.verify.ReferenceEvaluator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquivalenceTest {
    private static Equivalence.Answer compare(Circuit one, Circuit other) {
        return Equivalence.of(one, other, InputRelations.none(one.inputs()), 1, () -> false);
    }

    @ParameterizedTest
    @CsvSource({"1, 12", "2, 30", "3, 60", "4, 100", "5, 40"})
    void optimisedCircuitsAreProvedEqual(int seed, int inputs) {
        Circuit circuit = RandomCircuits.random(seed, inputs, 600, 40, 2);
        Circuit small = Pipeline.THOROUGH.run(circuit).circuit();
        assertThat(compare(circuit, small)).isInstanceOf(Equivalence.Answer.Equal.class);
        assertThat(compare(circuit, circuit)).isEqualTo(new Equivalence.Answer.Equal(Equivalence.How.STRUCTURE));
    }

    /** A long chain of inputs that must all be true: no simulation finds where the two differ. */
    @Test
    void aDifferenceThatHidesIsFound() {
        Circuit one = conjunction(64, 21, 43);
        Circuit other = conjunction(64, -1, -1);
        assertThat(compare(one, other)).isInstanceOfSatisfying(Equivalence.Answer.Different.class, different -> {
            assertThat(ReferenceEvaluator.evaluate(one, different.inputs()))
                    .isNotEqualTo(ReferenceEvaluator.evaluate(other, different.inputs()));
            assertThat(different.output()).isEqualTo(0);
        });
    }

    /** The conjunction of all inputs, every other inverted, where two of them are equal, or negative. */
    private static Circuit conjunction(int inputs, int equal, int to) {
        CircuitBuilder builder = new CircuitBuilder(inputs);
        int all = 1;
        for (int i = 0; i < inputs; i++) {
            all = builder.gate(i % 3 == 0 ? TruthTable.AND : TruthTable.A_AND_NOT_B, all, builder.input(i));
        }
        if (equal >= 0) {
            all = builder.gate(
                    TruthTable.AND, all, builder.gate(TruthTable.XNOR, builder.input(equal), builder.input(to)));
        }
        return builder.build(all);
    }

    @Test
    void aStopLeavesTheRestUndecided() {
        Circuit circuit = RandomCircuits.random(9, 80, 600, 40, 2);
        Circuit small = Pipeline.THOROUGH.run(circuit).circuit();
        assertThat(Equivalence.of(circuit, small, InputRelations.none(80), 1, () -> true))
                .isEqualTo(new Equivalence.Answer.Undecided(0, 40));
    }
}
