package dev.gatewright.pass;

import dev.gatewright.circuit.InputRelations;
import dev.gatewright.logic.Satisfiability;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Proves that two literals of an {@link Xag} are equal wherever the relations of the inputs hold. Looks at no more gates
 * behind the two than its effort allows, the latest first; what lies further back may take any value, so a proof holds
 * all the same, and only a difference found without such a border is one.
 */
final class Equality {
    private static final int FIRST_CONE = 75;
    private static final int CONE_GROWTH = 4;

    private final Xag xag;
    private final InputRelations relations;
    private final Effort effort;
    private final PriorityQueue<Integer> open = new PriorityQueue<>(Comparator.reverseOrder());
    /** Node → its variable plus one, in the proof at hand. */
    private int[] variable = new int[64];

    private int[] nodes = new int[64];
    private int count;
    private int gates;
    /** Whether gates of the cone at hand read others that it leaves out. */
    private boolean border;

    private Satisfiability clauses;

    Equality(Xag xag, InputRelations relations, Effort effort) {
        this.xag = xag;
        this.relations = relations;
        this.effort = effort;
    }

    /** Unsatisfiable if equal, satisfiable if {@link #example} tells an assignment on which they differ, else undecided. */
    Satisfiability.Answer differ(int one, int other) {
        Satisfiability.Answer answer = Satisfiability.Answer.UNDECIDED;
        boolean more = true;
        for (int cone = Math.min(FIRST_CONE, effort.cone()); more; cone = Math.min(CONE_GROWTH * cone, effort.cone())) {
            answer = differ(one, other, cone);
            // A difference that takes what the border cannot carry says nothing; a larger cone may.
            more = answer == Satisfiability.Answer.SATISFIABLE && border && cone < effort.cone();
        }
        return border && answer == Satisfiability.Answer.SATISFIABLE ? Satisfiability.Answer.UNDECIDED : answer;
    }

    private Satisfiability.Answer differ(int one, int other, int cone) {
        collect(one >> 1, other >> 1, cone);
        clauses = new Satisfiability(count);
        border = false;
        for (int i = 0; i < count; i++) {
            if (i < gates) {
                gate(i);
            } else if (nodes[i] == 0) {
                clauses.add(2 * i + 1);
            } else {
                border |= xag.isGate(nodes[i]);
            }
        }
        relate();
        int x = literal(one);
        int y = literal(other);
        clauses.add(x, y);
        clauses.add(x ^ 1, y ^ 1);
        return clauses.solve(effort.conflicts());
    }

    /** Writes the assignment found into one lane of a word an input, inputs that do not matter as their groups need. */
    void example(long[] in, int lane) {
        long bit = 1L << lane;
        for (int i = gates; i < count; i++) {
            int group = nodes[i] == 0 ? -1 : relations.groupOf(nodes[i] - 1);
            if (group >= 0) {
                InputRelations.Group members = relations.groups().get(group);
                members.ordered().forEach(input -> in[input] &= ~bit);
                members.exclusive().forEach(input -> in[input] &= ~bit);
            }
        }
        for (int i = gates; i < count; i++) {
            if (nodes[i] != 0) {
                in[nodes[i] - 1] = in[nodes[i] - 1] & ~bit | (clauses.value(i) ? bit : 0);
            }
        }
    }

    /** Gates of the cone first, then inputs and gates at the border. */
    private void collect(int one, int other, int most) {
        for (int i = 0; i < count; i++) {
            variable[nodes[i]] = 0;
        }
        if (variable.length < xag.nodes()) {
            variable = Arrays.copyOf(variable, xag.nodes() + xag.nodes() / 2);
        }
        count = 0;
        open.clear();
        reach(one);
        reach(other);
        while (!open.isEmpty() && xag.isGate(open.peek()) && count < most) {
            int node = open.remove();
            append(node);
            reach(xag.left(node) >> 1);
            reach(xag.right(node) >> 1);
        }
        gates = count;
        while (!open.isEmpty()) {
            append(open.remove());
        }
    }

    private void reach(int node) {
        if (variable[node] == 0) {
            variable[node] = -1;
            open.add(node);
        }
    }

    private void append(int node) {
        if (count == nodes.length) {
            nodes = Arrays.copyOf(nodes, count * 2);
        }
        nodes[count++] = node;
        variable[node] = count;
    }

    private int literal(int literal) {
        return variable[literal >> 1] - 1 << 1 | literal & 1;
    }

    private void gate(int i) {
        int node = 2 * i;
        int a = literal(xag.left(nodes[i]));
        int b = literal(xag.right(nodes[i]));
        if (xag.isXor(nodes[i])) {
            clauses.add(node ^ 1, a, b);
            clauses.add(node ^ 1, a ^ 1, b ^ 1);
            clauses.add(node, a ^ 1, b);
            clauses.add(node, a, b ^ 1);
        } else {
            clauses.add(node ^ 1, a);
            clauses.add(node ^ 1, b);
            clauses.add(node, a ^ 1, b ^ 1);
        }
    }

    /** Adds what is known of the inputs of the cone. */
    private void relate() {
        for (int i = gates; i < count; i++) {
            int input = nodes[i] - 1;
            int group = input < 0 || xag.isGate(nodes[i]) ? -1 : relations.groupOf(input);
            if (group >= 0) {
                relate(relations.groups().get(group), input, i);
            }
        }
    }

    /** The clauses of one input with those after it in its group. */
    private void relate(InputRelations.Group group, int input, int i) {
        int place = group.ordered().indexOf(input);
        if (place >= 0) {
            for (int next : group.ordered().subList(place + 1, group.ordered().size())) {
                if (present(next)) {
                    clauses.add(2 * i + 1, 2 * (variable[next + 1] - 1));
                    return;
                }
            }
            for (int other : group.exclusive()) {
                if (present(other)) {
                    clauses.add(2 * i + 1, 2 * (variable[other + 1] - 1) + 1);
                }
            }
        } else {
            for (int other : group.exclusive()
                    .subList(
                            group.exclusive().indexOf(input) + 1,
                            group.exclusive().size())) {
                if (present(other)) {
                    clauses.add(2 * i + 1, 2 * (variable[other + 1] - 1) + 1);
                }
            }
        }
    }

    private boolean present(int input) {
        return variable[input + 1] > 0;
    }
}
