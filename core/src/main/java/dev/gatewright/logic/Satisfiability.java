package dev.gatewright.logic;

import java.util.Arrays;

/**
 * Decides small sets of clauses: search with conflict-driven clause learning, two watched literals a clause and
 * activity-ordered decisions (after Eén and Sörensson, An extensible SAT-solver, 2003, without restarts, deletion or
 * preprocessing). Made for the cones of a few hundred gates that merging of wires asks about.
 *
 * <p>A literal is twice a variable, plus one for its negation.
 */
public final class Satisfiability {
    /** What a search came to. */
    public enum Answer {
        SATISFIABLE,
        UNSATISFIABLE,
        /** The limit of conflicts was reached. */
        UNDECIDED
    }

    private static final byte FREE = -1;
    private static final int NO_REASON = -1;
    private static final double RAISE = 1.05;
    private static final double MOST_ACTIVITY = 1e100;

    private final int variables;
    /** Clauses one after the other: length, then literals; the first two are watched. */
    private int[] arena = new int[256];

    private int arenaEnd;
    /** For every literal the clauses that watch it. */
    private final int[][] watches;

    private final int[] watchCounts;
    /** 0 true, 1 false (the sign bit of the literal that is true), or {@link #FREE}. */
    private final byte[] value;

    private final byte[] lastValue;
    private final int[] level;
    private final int[] reason;
    private final double[] activity;
    /** Holds all variables that are free, and some that are not. */
    private final ActivityOrder order;

    private final boolean[] seen;
    private final int[] trail;
    private final int[] levelStart;
    private final int[] learnt;
    private double raise = 1;
    private int trailEnd;
    private int propagated;
    private int depth;
    private boolean contradictory;

    /** A set of no clauses over so many variables. */
    public Satisfiability(int variables) {
        this.variables = variables;
        watches = new int[2 * variables][2];
        watchCounts = new int[2 * variables];
        value = new byte[variables];
        Arrays.fill(value, FREE);
        lastValue = new byte[variables];
        Arrays.fill(lastValue, (byte) 1);
        level = new int[variables];
        reason = new int[variables];
        activity = new double[variables];
        order = new ActivityOrder(activity);
        seen = new boolean[variables];
        trail = new int[variables];
        levelStart = new int[variables + 1];
        learnt = new int[variables + 1];
    }

    /**
     * Adds a clause: at least one of the literals is true. To be called before {@link #solve}.
     *
     * @throws IllegalArgumentException if a literal is not of a variable
     */
    public void add(int... literals) {
        int[] kept = literals.clone();
        int size = 0;
        for (int literal : literals) {
            if (literal < 0 || literal >= 2 * variables) {
                throw new IllegalArgumentException(
                        "literal " + literal + " where 0 to " + (2 * variables - 1) + " were expected");
            }
            boolean repeated = false;
            for (int i = 0; i < size; i++) {
                if (kept[i] == (literal ^ 1)) {
                    return;
                }
                repeated |= kept[i] == literal;
            }
            if (!repeated && state(literal) == 0) {
                return;
            }
            if (!repeated && state(literal) != 1) {
                kept[size++] = literal;
            }
        }
        switch (size) {
            case 0 -> contradictory = true;
            case 1 -> assign(kept[0], NO_REASON);
            default -> store(kept, size);
        }
    }

    /** Searches until it is decided or so many conflicts were met. */
    public Answer solve(int conflicts) {
        if (contradictory) {
            return Answer.UNSATISFIABLE;
        }
        int left = conflicts;
        while (true) {
            int conflict = propagate();
            if (conflict != NO_REASON) {
                if (depth == 0) {
                    contradictory = true;
                    return Answer.UNSATISFIABLE;
                }
                if (left-- == 0) {
                    return Answer.UNDECIDED;
                }
                learn(conflict);
            } else {
                int next = mostActive();
                if (next < 0) {
                    return Answer.SATISFIABLE;
                }
                levelStart[depth++] = trailEnd;
                assign(next << 1 | lastValue[next], NO_REASON);
            }
        }
    }

    /** The value of a variable in the assignment found; only after {@link Answer#SATISFIABLE}. */
    public boolean value(int variable) {
        return value[variable] == 0;
    }

    /** 0 where a literal is true, 1 where it is false, else negative. */
    private int state(int literal) {
        int v = value[literal >> 1];
        return v == FREE ? FREE : v ^ literal & 1;
    }

    private void assign(int literal, int because) {
        int variable = literal >> 1;
        value[variable] = (byte) (literal & 1);
        level[variable] = depth;
        reason[variable] = because;
        trail[trailEnd++] = literal;
    }

    private int store(int[] literals, int size) {
        if (arenaEnd + size + 1 > arena.length) {
            arena = Arrays.copyOf(arena, Math.max(arena.length * 2, arenaEnd + size + 1));
        }
        int clause = arenaEnd;
        arena[clause] = size;
        System.arraycopy(literals, 0, arena, clause + 1, size);
        arenaEnd += size + 1;
        watch(literals[0], clause);
        watch(literals[1], clause);
        return clause;
    }

    private void watch(int literal, int clause) {
        int count = watchCounts[literal]++;
        if (count == watches[literal].length) {
            watches[literal] = Arrays.copyOf(watches[literal], count * 2);
        }
        watches[literal][count] = clause;
    }

    /** Follows all consequences; returns a clause that is false, or {@link #NO_REASON}. */
    private int propagate() {
        while (propagated < trailEnd) {
            int broken = trail[propagated++] ^ 1;
            int[] list = watches[broken];
            int count = watchCounts[broken];
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int clause = list[i];
                if (!moveWatch(clause, broken)) {
                    list[kept++] = clause;
                    int other = arena[clause + 1];
                    if (state(other) == 1) {
                        System.arraycopy(list, i + 1, list, kept, count - i - 1);
                        watchCounts[broken] = kept + count - i - 1;
                        return clause;
                    }
                    if (state(other) == FREE) {
                        assign(other, clause);
                    }
                }
            }
            watchCounts[broken] = kept;
        }
        return NO_REASON;
    }

    /** Puts the false literal second; finds it a successor that is not false, unless the first literal is true. */
    private boolean moveWatch(int clause, int broken) {
        if (arena[clause + 1] == broken) {
            arena[clause + 1] = arena[clause + 2];
            arena[clause + 2] = broken;
        }
        if (state(arena[clause + 1]) == 0) {
            return false;
        }
        int end = clause + arena[clause];
        for (int i = clause + 3; i <= end; i++) {
            if (state(arena[i]) != 1) {
                arena[clause + 2] = arena[i];
                arena[i] = broken;
                watch(arena[clause + 2], clause);
                return true;
            }
        }
        return false;
    }

    /** Learns the clause of the first unique implication point and returns to where it asserts something. */
    private void learn(int conflict) {
        int size = 1;
        int open = 0;
        int at = trailEnd;
        int clause = conflict;
        int literal;
        do {
            // The first literal of a reason is the one it gave rise to.
            for (int i = clause + (clause == conflict ? 1 : 2); i <= clause + arena[clause]; i++) {
                int variable = arena[i] >> 1;
                if (!seen[variable] && level[variable] > 0) {
                    seen[variable] = true;
                    bump(variable);
                    if (level[variable] == depth) {
                        open++;
                    } else {
                        learnt[size++] = arena[i];
                    }
                }
            }
            do {
                literal = trail[--at];
            } while (!seen[literal >> 1]);
            clause = reason[literal >> 1];
            seen[literal >> 1] = false;
        } while (--open > 0);
        learnt[0] = literal ^ 1;
        int back = 0;
        for (int i = 1; i < size; i++) {
            seen[learnt[i] >> 1] = false;
            if (level[learnt[i] >> 1] > back) {
                back = level[learnt[i] >> 1];
                int swap = learnt[1];
                learnt[1] = learnt[i];
                learnt[i] = swap;
            }
        }
        undo(back);
        assign(learnt[0], size == 1 ? NO_REASON : store(learnt, size));
        raise *= RAISE;
    }

    private void bump(int variable) {
        activity[variable] += raise;
        if (activity[variable] > MOST_ACTIVITY) {
            for (int v = 0; v < variables; v++) {
                activity[v] /= MOST_ACTIVITY;
            }
            raise /= MOST_ACTIVITY;
        }
        order.grew(variable);
    }

    private void undo(int to) {
        int start = levelStart[to];
        while (trailEnd > start) {
            int literal = trail[--trailEnd];
            value[literal >> 1] = FREE;
            lastValue[literal >> 1] = (byte) (literal & 1);
            order.add(literal >> 1);
        }
        propagated = trailEnd;
        depth = to;
    }

    private int mostActive() {
        int variable = order.poll();
        while (variable >= 0 && value[variable] != FREE) {
            variable = order.poll();
        }
        return variable;
    }
}
