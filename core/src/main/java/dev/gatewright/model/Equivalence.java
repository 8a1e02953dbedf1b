package dev.gatewright.model;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.logic.Satisfiability;
import dev.gatewright.pass.DecomposeGates;
import dev.gatewright.pass.Effort;
import dev.gatewright.pass.MergeEqualWires;
import dev.gatewright.pass.OutputProofs;
import dev.gatewright.verify.ReferenceEvaluator;
import dev.gatewright.verify.SameFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether two circuits compute the same for every input: by simulation, which finds most differences, then in one circuit
 * that holds both and shares equal gates, then by merging wires that are proved equal from the inputs on, then by search
 * for an input on which a pair of outputs differs, harder and harder.
 */
public final class Equivalence {
    private static final List<Effort> EFFORTS =
            List.of(new Effort(100_000, 200), new Effort(100_000, 3000), new Effort(100_000, 20_000));

    /** What was found out. */
    public sealed interface Answer {
        /** The circuits are equal. */
        record Equal(How how) implements Answer {}

        /** They differ at this output for these inputs. */
        record Different(boolean[] inputs, int output) implements Answer {}

        /** So many of the outputs are proved equal; of the others nothing is known. */
        record Undecided(int proved, int outputs) implements Answer {}
    }

    /** What proves the equality. */
    public enum How {
        /** Both have the same gates. */
        STRUCTURE,
        /** Every input was tried. */
        EVERY_INPUT,
        /** Every output was proved. */
        PROOF,
        /** Every kernel was proved by itself, and what comes after them. */
        KERNELS
    }

    private final Circuit one;
    private final Circuit other;
    private final InputRelations relations;
    private final BooleanSupplier stop;

    private Equivalence(Circuit one, Circuit other, InputRelations relations, BooleanSupplier stop) {
        this.one = one;
        this.other = other;
        this.relations = relations;
        this.stop = stop;
    }

    /**
     * Compares circuits that have the same inputs and outputs.
     *
     * @param relations where a difference is looked for first; a proof holds for all inputs
     * @param stop asked between steps whether to leave the rest undecided
     * @throws IllegalArgumentException if the circuits differ in their numbers of inputs or outputs
     */
    public static Answer of(Circuit one, Circuit other, InputRelations relations, long seed, BooleanSupplier stop) {
        Equivalence equivalence = new Equivalence(one, other, relations, stop);
        Optional<boolean[]> example = SameFunction.counterExample(one, other, relations, seed);
        if (example.isEmpty()) {
            example = SameFunction.counterExample(one, other, seed);
        }
        return example.<Answer>map(equivalence::different).orElseGet(equivalence::prove);
    }

    private Answer.Different different(boolean[] inputs) {
        int output =
                Arrays.mismatch(ReferenceEvaluator.evaluate(one, inputs), ReferenceEvaluator.evaluate(other, inputs));
        if (output < 0) {
            throw new IllegalStateException("an example of a difference shows none");
        }
        return new Answer.Different(inputs, output);
    }

    private Answer prove() {
        Circuit both = both();
        if (unproved(both) == 0) {
            return new Answer.Equal(How.STRUCTURE);
        }
        if (one.inputs() <= SameFunction.EXHAUSTIVE_INPUTS) {
            return new Answer.Equal(How.EVERY_INPUT);
        }
        InputRelations none = InputRelations.none(one.inputs());
        boolean[] proved = new boolean[one.outputs()];
        for (Effort effort : EFFORTS) {
            if (stop.getAsBoolean()) {
                break;
            }
            both = new MergeEqualWires(none, effort, stop).apply(both);
            Optional<boolean[]> example = outputs(both, effort, proved);
            if (example.isPresent()) {
                // Inputs that can be made are worth more than others.
                return different(example.get());
            }
            if (count(proved) == proved.length) {
                return new Answer.Equal(How.PROOF);
            }
        }
        return new Answer.Undecided(count(proved), proved.length);
    }

    /** Asks about every pair of outputs that is not proved yet; where two differ, an example. */
    private Optional<boolean[]> outputs(Circuit both, Effort effort, boolean[] proved) {
        int outputs = proved.length;
        OutputProofs reachable = new OutputProofs(both, relations, effort);
        OutputProofs all = new OutputProofs(both, InputRelations.none(one.inputs()), effort);
        for (int i = 0; i < outputs && !stop.getAsBoolean(); i++) {
            if (!proved[i]) {
                Satisfiability.Answer answer = all.differ(i, outputs + i);
                proved[i] = answer == Satisfiability.Answer.UNSATISFIABLE;
                if (answer == Satisfiability.Answer.SATISFIABLE) {
                    boolean possible = reachable.differ(i, outputs + i) == Satisfiability.Answer.SATISFIABLE;
                    return Optional.of(possible ? reachable.example() : all.example());
                }
            }
        }
        return Optional.empty();
    }

    /** The outputs of one circuit, then those of the other. */
    private Circuit both() {
        CircuitBuilder builder = new CircuitBuilder(one.inputs());
        DecomposeGates decompose = new DecomposeGates();
        int[] first = decompose.apply(one).addTo(builder);
        int[] second = decompose.apply(other).addTo(builder);
        int[] outputs = Arrays.copyOf(first, 2 * first.length);
        System.arraycopy(second, 0, outputs, first.length, second.length);
        return builder.build(outputs);
    }

    private int unproved(Circuit both) {
        int unproved = 0;
        for (int i = 0; i < one.outputs(); i++) {
            unproved += both.output(i) == both.output(one.outputs() + i) ? 0 : 1;
        }
        return unproved;
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
