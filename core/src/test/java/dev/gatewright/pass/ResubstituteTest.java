package dev.gatewright.pass;

import static dev.gatewright.circuit.RandomCircuits.assertSameFunction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitText;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.circuit.InputRelations.Group;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.verify.SameFunction;
import dev.gatewright.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResubstituteTest {
    /** Each ends in a gate that others near it make in one or two gates, over more inputs than a cut has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // g7 = g2 & g5 in other words.
                """
                inputs 6 arity 2
                g0 = 8(i0, i1)
                g1 = e(i2, i3)
                g2 = 6(g0, g1)
                g3 = 8(i3, i4)
                g4 = e(i0, i5)
                g5 = 6(g3, g4)
                g6 = 8(g2, g4)
                g7 = 8(g2, g3)
                g8 = 6(g6, g7)
                outputs g2 g5 g8
                """,
                // g7 = g2 ^ g5 in other words.
                """
                inputs 6 arity 2
                g0 = 8(i0, i1)
                g1 = e(i2, i3)
                g2 = 6(g0, g1)
                g3 = 8(i3, i4)
                g4 = e(i0, i5)
                g5 = 6(g3, g4)
                g6 = 6(g1, g4)
                g7 = 6(g0, g3)
                g8 = 6(g6, g7)
                outputs g2 g5 g8
                """
            })
    void gatesNearbyAreUsed(String text) {
        Circuit circuit = CircuitText.parse(text);
        Circuit after = new Resubstitute(InputRelations.none(circuit.inputs())).apply(circuit);
        assertSameFunction(circuit, after);
        assertThat(after.gates()).isEqualTo(circuit.gates() - 2);
    }

    @Test
    void functionStaysWhereRelationsHold() {
        int fewer = 0;
        for (int seed = 0; seed < 400; seed++) {
            int inputs = 4 + seed % 16;
            Circuit circuit = RandomCircuits.random(seed, inputs, 10 + seed % 70, 1 + seed % 7, 2);
            InputRelations relations = MergeEqualWiresTest.randomRelations(seed, inputs);
            Circuit after = new Resubstitute(relations).apply(circuit);
            Verifier.verify(after);
            assertThat(SameFunction.counterExample(circuit, after, relations, seed))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(after.gates()).isLessThanOrEqualTo(circuit.gates());
            fewer += after.gates() < circuit.gates() ? 1 : 0;
        }
        assertThat(fewer).isGreaterThan(200);
    }

    @Test
    void relationsHelp() {
        // The majority of three ordered inputs is the one in the middle.
        Circuit circuit = CircuitText.parse("""
                inputs 3 arity 2
                g0 = 8(i0, i1)
                g1 = 6(i0, i1)
                g2 = 8(g1, i2)
                g3 = e(g0, g2)
                outputs g3
                """);
        InputRelations ordered = new InputRelations(3, List.of(new Group(List.of(0, 1, 2), List.of())));
        assertThat(CircuitText.print(Pipeline.parse("merge-equal-wires")
                        .run(circuit, ordered)
                        .circuit()))
                .isEqualTo("inputs 3 arity 2\noutputs i1\n");
    }
}
