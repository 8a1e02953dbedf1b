package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.logic.Satisfiability;
import java.util.Arrays;

/**
 * Replaces a gate by one or two gates over other wires near it where more gates die with it than that, wherever the
 * relations of the inputs hold.
 *
 * <p>Near a gate are up to {@value #DIVISORS} wires: those behind it that do not die with it, and what others compute
 * from these. What all carry under some thousand patterns tells which pairs and triples can do; {@link Equality}
 * proves them or finds another pattern for the next round (after Mishchenko, Brayton: Scalable logic synthesis using a
 * simple circuit structure, 2006). Time is linear in the gates with a bounded search and bounded proofs a gate. Circuits
 * of more than {@value #MOST_GATES} gates, or with gates of more than two inputs, stay as they are.
 */
public final class Resubstitute implements Pass {
    static final int MOST_GATES = 1_000_000;
    static final int DIVISORS = 64;
    private static final int WORDS = 16;
    private static final int MOST_WORDS = 40;
    private static final int MOST_ROUNDS = 12;
    /** Readers looked at of one wire. */
    private static final int READERS = 24;
    /** Proofs that may fail before a gate is given up. */
    private static final int FAILURES = 4;
    /** Wires that are rarely true, or rarely false, look like too much. */
    private static final int FEWEST_ONES = 2;

    private final InputRelations relations;

    /** Replaces where the relations hold; they are of as many inputs as the circuits. */
    public Resubstitute(InputRelations relations) {
        this.relations = relations;
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
        Patterns patterns = new Patterns(relations, WORDS);
        Circuit best = circuit;
        boolean more = true;
        for (int round = 0; round < MOST_ROUNDS && more; round++) {
            Circuit next = new Round(Walk.byLevel(best), patterns).run();
            boolean learnt = patterns.learn() && patterns.words().size() <= MOST_WORDS;
            more = learnt || best.gates() - next.gates() > best.gates() / 1000;
            best = next.gates() < best.gates() ? next : best;
        }
        return best;
    }

    private final class Round {
        private final Circuit circuit;
        private final Patterns patterns;
        private final Xag xag;
        private final Traces traces;
        private final Equality equality;
        private final int words;
        /** Literals near the gate at hand, without inverses. */
        private final int[] divisors = new int[DIVISORS];

        private int count;
        /** Node → the gate for which it was last gathered. */
        private int[] gathered;
        /** Literals that are true wherever the target is; their number. */
        private final int[] covers = new int[2 * DIVISORS];

        private int coverCount;
        private final int[] parts = new int[2 * DIVISORS];
        private final long[] target;
        private int node;
        private int failures;

        Round(Circuit circuit, Patterns patterns) {
            this.circuit = circuit;
            this.patterns = patterns;
            int nodes = circuit.gates() + circuit.gates() / 4 + circuit.inputs() + 64;
            xag = new Xag(circuit.inputs(), nodes);
            traces = new Traces(
                    xag, patterns.words().subList(0, Math.min(patterns.words().size(), MOST_WORDS)), nodes);
            equality = new Equality(xag, relations, Effort.USUAL);
            words = traces.words();
            target = new long[words];
            gathered = new int[nodes];
        }

        Circuit run() {
            return new Walk(circuit, xag).run((gate, literal) -> {
                traces.grow();
                node = literal >> 1;
                int freed = xag.kill(node);
                int better = freed > 1 && telling() ? search(freed) : Xag.NONE;
                xag.revive(node);
                return better == Xag.NONE ? literal : better ^ literal & 1;
            });
        }

        private boolean telling() {
            int ones = 0;
            for (int word = 0; word < words; word++) {
                ones += Long.bitCount(traces.word(2 * node, word));
            }
            return ones >= FEWEST_ONES && ones <= words * Long.SIZE - FEWEST_ONES;
        }

        /** A literal that may stand for the gate and costs less, or {@link Xag#NONE}. */
        private int search(int freed) {
            gather();
            failures = 0;
            int found = one();
            if (found == Xag.NONE && freed > 2) {
                found = two();
            }
            return found;
        }

        /** What lies behind the gate, latest first, then what others make of it. */
        private void gather() {
            if (gathered.length < xag.nodes()) {
                gathered = Arrays.copyOf(gathered, xag.nodes() + xag.nodes() / 4);
            }
            count = 0;
            int[] cone = new int[DIVISORS];
            int end = 0;
            cone[end++] = node;
            gathered[node] = node;
            for (int i = 0; i < end; i++) {
                int gate = cone[i];
                for (int side = 0; side < 2 && xag.isGate(gate); side++) {
                    int read = (side == 0 ? xag.left(gate) : xag.right(gate)) >> 1;
                    if (gathered[read] != node && end < cone.length) {
                        gathered[read] = node;
                        cone[end++] = read;
                    }
                }
                if (gate != node && (!xag.isGate(gate) || xag.holds(gate) > 0)) {
                    divisors[count++] = gate << 1;
                }
            }
            for (int i = 0; i < count; i++) {
                int edge = traces.firstReader(divisors[i] >> 1);
                for (int n = 0; n < READERS && edge >= 0 && count < DIVISORS; n++) {
                    int reader = edge >> 1;
                    int other = ((edge & 1) == 0 ? xag.right(reader) : xag.left(reader)) >> 1;
                    if (xag.holds(reader) > 0 && gathered[reader] != node && isDivisor(other)) {
                        gathered[reader] = node;
                        divisors[count++] = reader << 1;
                    }
                    edge = traces.nextReader(edge);
                }
            }
        }

        private boolean isDivisor(int other) {
            return gathered[other] == node && other != node && (!xag.isGate(other) || xag.holds(other) > 0);
        }

        /** One gate over two wires near. */
        private int one() {
            for (int flip = 0; flip < 2; flip++) {
                aim(flip);
                cover();
                for (int i = 0; i < coverCount; i++) {
                    for (int j = 0; j < i; j++) {
                        if (and(covers[i], covers[j])) {
                            int found = proved(xag.and(covers[i], covers[j]) ^ flip);
                            if (found != Xag.NONE || failures >= FAILURES) {
                                return found;
                            }
                        }
                    }
                }
            }
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < i; j++) {
                    int flip = xor(divisors[i], divisors[j]);
                    if (flip >= 0) {
                        int found = proved(xag.xor(divisors[i], divisors[j]) ^ flip);
                        if (found != Xag.NONE || failures >= FAILURES) {
                            return found;
                        }
                    }
                }
            }
            return Xag.NONE;
        }

        /** Two gates over three wires near: a wire and a disjunction or conjunction, or an exclusive or of these. */
        private int two() {
            for (int flip = 0; flip < 2 && failures < FAILURES; flip++) {
                aim(flip);
                cover();
                for (int i = 0; i < coverCount && failures < FAILURES; i++) {
                    int found = andOr(covers[i], flip);
                    if (found != Xag.NONE) {
                        return found;
                    }
                }
            }
            for (int i = 0; i < count && failures < FAILURES; i++) {
                for (int flip = 0; flip < 2; flip++) {
                    aim(flip);
                    for (int word = 0; word < words; word++) {
                        target[word] ^= traces.word(divisors[i], word);
                    }
                    int found = xorAnd(divisors[i], flip);
                    if (found != Xag.NONE) {
                        return found;
                    }
                }
            }
            return Xag.NONE;
        }

        /** The target as {@code p & (q | r)}, where every part, within p, is true only where the target is. */
        private int andOr(int p, int flip) {
            int size = 0;
            for (int i = 0; i < 2 * count; i++) {
                int q = divisors[i >> 1] ^ i & 1;
                boolean part = q >> 1 != p >> 1;
                boolean any = false;
                for (int word = 0; word < words && part; word++) {
                    long both = traces.word(p, word) & traces.word(q, word);
                    part = (both & ~target[word]) == 0;
                    any |= both != 0;
                }
                if (part && any) {
                    parts[size++] = q;
                }
            }
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < i; j++) {
                    if (union(p, parts[i], parts[j])) {
                        int or = xag.and(parts[i] ^ 1, parts[j] ^ 1) ^ 1;
                        int found = proved(xag.and(p, or) ^ flip);
                        if (found != Xag.NONE || failures >= FAILURES) {
                            return found;
                        }
                    }
                }
            }
            return Xag.NONE;
        }

        private boolean union(int p, int q, int r) {
            for (int word = 0; word < words; word++) {
                long or = traces.word(q, word) | traces.word(r, word);
                if ((or & traces.word(p, word)) != target[word]) {
                    return false;
                }
            }
            return true;
        }

        /** The target, already freed of {@code p} by exclusive or, as a conjunction. */
        private int xorAnd(int p, int flip) {
            cover();
            for (int i = 0; i < coverCount; i++) {
                for (int j = 0; j < i; j++) {
                    if (and(covers[i], covers[j])) {
                        int found = proved(xag.xor(p, xag.and(covers[i], covers[j])) ^ flip);
                        if (found != Xag.NONE || failures >= FAILURES) {
                            return found;
                        }
                    }
                }
            }
            return Xag.NONE;
        }

        private void aim(int flip) {
            for (int word = 0; word < words; word++) {
                target[word] = traces.word(2 * node + flip, word);
            }
        }

        private void cover() {
            coverCount = 0;
            for (int i = 0; i < 2 * count; i++) {
                int literal = divisors[i >> 1] ^ i & 1;
                boolean covers = true;
                for (int word = 0; word < words && covers; word++) {
                    covers = (target[word] & ~traces.word(literal, word)) == 0;
                }
                if (covers) {
                    this.covers[coverCount++] = literal;
                }
            }
        }

        private boolean and(int a, int b) {
            for (int word = 0; word < words; word++) {
                if ((traces.word(a, word) & traces.word(b, word)) != target[word]) {
                    return false;
                }
            }
            return true;
        }

        /** Whether the gate looks like the exclusive or of two literals (0), its inverse (1), or neither (−1). */
        private int xor(int a, int b) {
            long flip = traces.word(a, 0) ^ traces.word(b, 0) ^ traces.word(2 * node, 0);
            if (flip != 0 && flip != -1) {
                return -1;
            }
            for (int word = 1; word < words; word++) {
                if ((traces.word(a, word) ^ traces.word(b, word) ^ traces.word(2 * node, word)) != flip) {
                    return -1;
                }
            }
            return flip == 0 ? 0 : 1;
        }

        private int proved(int literal) {
            if (literal >> 1 == node) {
                return Xag.NONE;
            }
            Satisfiability.Answer answer = equality.differ(literal, 2 * node);
            if (answer == Satisfiability.Answer.UNSATISFIABLE) {
                return literal;
            }
            if (answer == Satisfiability.Answer.SATISFIABLE) {
                patterns.add(equality);
            }
            failures++;
            return Xag.NONE;
        }
    }
}
