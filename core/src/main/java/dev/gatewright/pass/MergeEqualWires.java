package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.logic.Satisfiability;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Computes wires that are equal or complementary once, wherever the relations of the inputs hold: gates that are
 * constant, that repeat an input, or that repeat an earlier gate in other words.
 *
 * <p>Wires that look alike on some thousand allowed assignments are candidates; {@link Equality} proves them or finds
 * an assignment that tells them apart, which joins the others in the next round (after Mishchenko, Chatterjee, Jiang,
 * Brayton: FRAIGs, 2005). Time is that of simulation, linear in the gates, and of the proofs, each bounded. Circuits of
 * more than {@value #MOST_GATES} gates, or with gates of more than two inputs, stay as they are.
 */
public final class MergeEqualWires implements Pass {
    static final int MOST_GATES = 4_000_000;
    private static final int RANDOM_WORDS = 24;
    private static final int MOST_ROUNDS = 12;
    /** Wires that look alike, of which none was proved equal to another, with which one is compared. */
    private static final int MOST_TRIES = 4;

    private static final int NONE = -1;

    private final InputRelations relations;
    private final Effort effort;
    private final BooleanSupplier stop;

    /** Merges where the relations hold; they are of as many inputs as the circuits. */
    public MergeEqualWires(InputRelations relations) {
        this(relations, Effort.USUAL);
    }

    /** As {@link #MergeEqualWires(InputRelations)}, trying so hard. */
    public MergeEqualWires(InputRelations relations, Effort effort) {
        this(relations, effort, () -> false);
    }

    /** The same, where {@code stop} is asked before each proof whether to leave the rest as it is. */
    public MergeEqualWires(InputRelations relations, Effort effort, BooleanSupplier stop) {
        this.relations = relations;
        this.effort = effort;
        this.stop = stop;
    }

    /** @throws IllegalArgumentException if the relations are of another number of inputs */
    @Override
    public Circuit apply(Circuit circuit) {
        if (relations.inputs() != circuit.inputs()) {
            throw new IllegalArgumentException(
                    "relations of " + relations.inputs() + " inputs where the circuit has " + circuit.inputs());
        }
        if (circuit.gates() > MOST_GATES || circuit.maxArity() > 2) {
            return circuit;
        }
        Patterns patterns = new Patterns(relations, RANDOM_WORDS);
        Circuit best = circuit;
        boolean more = true;
        for (int round = 0; round < MOST_ROUNDS && more; round++) {
            Circuit next = new Round(best, patterns).run();
            best = next.gates() < best.gates() ? next : best;
            more = patterns.learn() && !stop.getAsBoolean();
        }
        return best;
    }

    private final class Round {
        private final Circuit circuit;
        private final Xag xag;
        private final Walk walk;
        private final Equality equality;
        private final Signatures signatures;
        private final int[] first;
        /** The first wire of those that look alike → the latest of the others that was not merged, or {@link #NONE}. */
        private final int[] latest;
        /** Such a wire → the one before it; the first one → {@link #NONE}. */
        private final int[] before;

        private final Patterns patterns;

        Round(Circuit circuit, Patterns patterns) {
            this.circuit = circuit;
            this.patterns = patterns;
            xag = new Xag(circuit.inputs(), circuit.gates() + 64);
            walk = new Walk(circuit, xag);
            equality = new Equality(xag, relations, effort);
            signatures = new Signatures(circuit, patterns.words());
            first = signatures.firstAlike();
            latest = new int[first.length];
            before = new int[first.length];
            Arrays.fill(latest, NONE);
            Arrays.fill(before, NONE);
        }

        Circuit run() {
            return walk.run(this::merge);
        }

        /** Compares with more than the first that looks alike: that one may only seem to be constant. */
        private int merge(int gate, int literal) {
            int wire = circuit.gateWire(gate);
            if (first[wire] == wire) {
                return literal;
            }
            int alike = latest(first[wire]);
            for (int tries = 0; tries < MOST_TRIES && alike != NONE; tries++) {
                int target = walk.literal(alike) ^ (signatures.inverted(wire) == signatures.inverted(alike) ? 0 : 1);
                if (target >> 1 > literal >> 1) {
                    return literal;
                }
                if (target == literal || equal(literal, target)) {
                    return target;
                }
                alike = before[alike];
            }
            before[wire] = latest(first[wire]);
            latest[first[wire]] = wire;
            return literal;
        }

        private int latest(int alike) {
            return latest[alike] == NONE ? alike : latest[alike];
        }

        private boolean equal(int literal, int target) {
            if (target == (literal ^ 1) || stop.getAsBoolean()) {
                return false;
            }
            Satisfiability.Answer answer = equality.differ(literal, target);
            if (answer == Satisfiability.Answer.SATISFIABLE) {
                patterns.add(equality);
            }
            return answer == Satisfiability.Answer.UNSATISFIABLE;
        }
    }
}
