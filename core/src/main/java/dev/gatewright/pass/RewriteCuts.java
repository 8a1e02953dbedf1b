package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;

/**
 * Replaces parts of up to four inputs by shorter chains of gates, counting what is shared with the rest of the circuit.
 *
 * <p>For every gate and every cut of up to four leaves, the gates that would die with it are compared with those that
 * the shortest chains of its class ({@link Chains}) would add; gates that exist already are free (after Mishchenko,
 * Chatterjee, Brayton: DAG-aware AIG rewriting, DAC 2006, here with exclusive ors). The walk builds the new circuit from
 * the inputs on, so nothing is ever replaced in place. Rounds follow until some in a row gain less than a
 * thousandth; these also take replacements that gain nothing, as a new start. A round takes time linear in the gates and 200 bytes a gate; circuits of more than {@value #MOST_GATES}
 * gates, or with gates of more than two inputs, stay as they are.
 */
public final class RewriteCuts implements Pass {
    static final int MOST_GATES = 4_000_000;
    private static final int MOST_ROUNDS = 30;
    /** Rounds without gain before it ends; the first takes only gains, the next what costs nothing too. */
    private static final int MOST_SIDEWAYS = 2;

    private static final byte[] NO_CHAIN = {};

    @Override
    public Circuit apply(Circuit circuit) {
        if (circuit.gates() > MOST_GATES || circuit.maxArity() > 2) {
            return circuit;
        }
        Circuit best = circuit;
        Circuit current = circuit;
        int sideways = 0;
        for (int round = 0; round < MOST_ROUNDS && sideways < MOST_SIDEWAYS; round++) {
            current = new Round(Walk.byLevel(current), Math.min(sideways, 1)).run();
            int gain = best.gates() - current.gates();
            if (gain > 0) {
                best = current;
            }
            sideways = gain > best.gates() / 1000 ? 0 : sideways + 1;
        }
        return best;
    }

    /** One walk over a circuit; {@code slack} 1 also takes replacements that gain nothing, for a new start. */
    private static final class Round {
        private final Circuit circuit;
        private final int slack;
        private final Xag xag;
        private final Cuts cuts;
        private final int[] leaves = new int[FourInputs.INPUTS];
        private final int[] literals = new int[FourInputs.INPUTS + 8];

        private byte[] bestChain = NO_CHAIN;
        private int bestGain;
        private final int[] bestInputs = new int[FourInputs.INPUTS];
        private int bestFlip;

        Round(Circuit circuit, int slack) {
            this.circuit = circuit;
            this.slack = slack;
            int nodes = circuit.gates() + circuit.gates() / 4 + circuit.inputs() + 64;
            xag = new Xag(circuit.inputs(), nodes);
            cuts = new Cuts(xag, nodes, FourInputs.INPUTS);
        }

        Circuit run() {
            return new Walk(circuit, xag).run((gate, literal) -> rewrite(literal));
        }

        /** What carries the literal from now on. */
        private int rewrite(int literal) {
            int node = literal >> 1;
            if (cuts.count(node) > 0) {
                return literal;
            }
            cuts.enumerate(node);
            bestGain = -slack;
            bestChain = NO_CHAIN;
            int trivial = Xag.NONE;
            for (int cut = 0; cut < cuts.count(node) && trivial == Xag.NONE; cut++) {
                trivial = trivial(node, cut);
            }
            for (int cut = 0; cut < cuts.count(node) && trivial == Xag.NONE; cut++) {
                evaluate(node, cut);
            }
            if (trivial == Xag.NONE && bestChain.length == 0) {
                return literal;
            }
            int built = trivial != Xag.NONE ? trivial : build(bestChain) ^ bestFlip;
            return built ^ literal & 1;
        }

        /** The literal that a node equals, as a cut of at most one leaf shows. */
        private int trivial(int node, int cut) {
            int table = cuts.table(node, cut);
            if (table == 0 || table == 0xFFFF) {
                return table & 1;
            }
            return cuts.leaf(node, cut, 1) == Xag.NONE ? cuts.leaf(node, cut, 0) << 1 | table & 1 : Xag.NONE;
        }

        private void evaluate(int node, int cut) {
            int table = cuts.table(node, cut);
            int size = 0;
            for (; size < leaves.length && cuts.leaf(node, cut, size) != Xag.NONE; size++) {
                leaves[size] = cuts.leaf(node, cut, size);
                xag.hold(leaves[size], 1);
            }
            int freed = xag.kill(node);
            int transform = FourInputs.transform(table);
            for (int j = 0; j < FourInputs.INPUTS; j++) {
                int input = FourInputs.input(transform, j);
                literals[j] = (input < size ? leaves[input] << 1 : Xag.FALSE) ^ FourInputs.inverted(transform, j);
            }
            byte[][] chains = Chains.of(FourInputs.representative(table));
            for (byte[] chain : chains) {
                int gain = freed - added(node, chain, freed - bestGain);
                if (gain > bestGain) {
                    bestGain = gain;
                    bestChain = chain;
                    System.arraycopy(literals, 0, bestInputs, 0, bestInputs.length);
                    bestFlip = FourInputs.invertedOutput(transform);
                }
            }
            xag.revive(node);
            for (int i = 0; i < size; i++) {
                xag.release(leaves[i], 1);
            }
        }

        /** How many gates a chain would add or bring back to life, or some number of at least {@code limit}. */
        private int added(int node, byte[] chain, int limit) {
            int added = 0;
            int gates = chain.length / 2;
            for (int k = 0; k < gates && added < limit; k++) {
                int a = read(chain[2 * k]);
                int b = read(chain[2 * k + 1]);
                int found = Xag.NONE;
                if (a != Xag.NONE && b != Xag.NONE) {
                    found = chain[2 * k] < chain[2 * k + 1] ? xag.findAnd(a, b) : xag.findXor(a, b);
                }
                literals[FourInputs.INPUTS + k] = found;
                added += found == Xag.NONE || !lives(found >> 1, node) ? 1 : 0;
            }
            return added;
        }

        private boolean lives(int found, int node) {
            return found != node && (!xag.isGate(found) || xag.holds(found) > 0);
        }

        private int read(int chained) {
            int literal = literals[chained >> 1];
            return literal == Xag.NONE ? Xag.NONE : literal ^ chained & 1;
        }

        private int build(byte[] chain) {
            System.arraycopy(bestInputs, 0, literals, 0, bestInputs.length);
            int gates = chain.length / 2;
            for (int k = 0; k < gates; k++) {
                int a = read(chain[2 * k]);
                int b = read(chain[2 * k + 1]);
                int literal = chain[2 * k] < chain[2 * k + 1] ? xag.and(a, b) : xag.xor(a, b);
                literals[FourInputs.INPUTS + k] = literal;
                if (xag.isGate(literal >> 1)) {
                    cuts.enumerate(literal >> 1);
                }
            }
            return read(chain[chain.length - 1]);
        }
    }
}
