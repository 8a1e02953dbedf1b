package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The wires of a layer that learns them: each gate input, a <em>slot</em>, chooses among K candidate wires by trained
 * logits. Input {@code i} of gate {@code g} of k inputs is slot {@code k·g + i}; the largest logit is chosen, the first
 * of equals. A trainer changes logits and choice.
 *
 * <p>Logits are stored for eight slots side by side: that of candidate {@code k} of slot {@code s} is
 * {@code logits[(s / 8 · K + k) · 8 + s % 8]}. Slots are filled up to a multiple of {@link #BLOCK} with some that feed no
 * gate. Memory: 4 bytes a slot and candidate, and as much again where the candidates are not all the inputs.
 */
public final class LearnedWires {
    /** Slots that lie side by side. */
    public static final int LANES = 8;

    /** Slots come in multiples of this. */
    public static final int BLOCK = 32;

    /** Of a logit and its moments. */
    private static final int BYTES = 3 * Float.BYTES;

    /** Wires that a float counts: those that a checkpoint keeps of candidates drawn anew. */
    private static final int MOST_RENEWED = 1 << 24;

    private final int inputs;
    private final int gates;
    private final int arity;
    private final Wiring.Learned options;
    private final int candidates;
    private final int[] candidateWires;
    private final float[] logits;
    private final int[] chosen;

    /**
     * Draws logits, normal of deviation 1, and candidates, distinct and uniform among all inputs or, where there are
     * patches, among one for each gate.
     *
     * @throws InputException if there are fewer inputs than candidates, or more logits than an array can hold
     */
    LearnedWires(
            Wiring.Learned options,
            int inputs,
            Optional<Patches> patches,
            int gates,
            int arity,
            RandomGenerator random) {
        if (inputs < 2) {
            throw new InputException(
                    "--network: a layer with learned wires over " + inputs + " wire(s); expected at least 2");
        }
        int within = patches.map(Patches::size).orElse(inputs);
        candidates = options.candidates() == Wiring.Learned.ALL ? within : options.candidates();
        if (candidates > within) {
            throw new InputException("--network: wiring=" + options.name() + " asks for " + candidates
                    + (patches.isPresent() ? " candidates within windows of " : " candidates in a layer over ") + within
                    + " wires; expected at most " + within);
        }
        long slots = ((long) arity * gates + BLOCK - 1) / BLOCK * BLOCK;
        if (slots * candidates > Integer.MAX_VALUE - 16) {
            throw new InputException("--network: a layer of " + gates + " gates with " + candidates
                    + " candidate wires an input needs " + slots * candidates + " logits; expected less than "
                    + Integer.MAX_VALUE + ", such as by wiring=learned:candidates=32");
        }
        HeapSpace.require(
                "--network: learning the wires of " + gates + " gates among " + candidates + " candidates an input",
                (double) BYTES * slots * candidates);
        if (options.renew() > 0 && (candidates == inputs || inputs > MOST_RENEWED)) {
            throw new InputException("--network: wiring=" + options.name() + " in a layer over " + inputs
                    + " wires; expected more wires than candidates, and at most " + MOST_RENEWED);
        }
        this.options = options;
        this.inputs = inputs;
        this.gates = gates;
        this.arity = arity;
        logits = new float[(int) slots * candidates];
        for (int slot = 0; slot < arity * gates; slot++) {
            for (int k = 0; k < candidates; k++) {
                logits[at(slot, k)] = (float) random.nextGaussian();
            }
        }
        candidateWires = candidates == inputs ? null : drawCandidates(patches, random);
        chosen = new int[(int) slots];
        choose();
    }

    private int[] drawCandidates(Optional<Patches> patches, RandomGenerator random) {
        int[] drawn = new int[logits.length];
        int[] deck = new int[patches.map(Patches::size).orElse(inputs)];
        Arrays.setAll(deck, wire -> wire);
        for (int slot = 0; slot < arity * gates; slot++) {
            if (patches.isPresent() && slot % arity == 0) {
                patches.get().draw(random, deck);
            }
            for (int k = 0; k < candidates; k++) {
                int other = random.nextInt(k, deck.length);
                int wire = deck[other];
                deck[other] = deck[k];
                deck[k] = wire;
                drawn[at(slot, k)] = wire;
            }
        }
        return drawn;
    }

    /** Where the logit of candidate {@code k} of slot {@code slot} stands. */
    public int at(int slot, int k) {
        return (slot / LANES * candidates + k) * LANES + slot % LANES;
    }

    /** What was asked for. */
    public Wiring.Learned options() {
        return options;
    }

    /** Wires that a slot chooses among. */
    public int candidates() {
        return candidates;
    }

    /** Whether every input is a candidate of every slot; candidate {@code k} is then input {@code k}. */
    public boolean choosesAmongAll() {
        return candidateWires == null;
    }

    /** Slots that feed gates. */
    public int gateInputs() {
        return arity * gates;
    }

    /** Wires of the layer's inputs. */
    public int inputs() {
        return inputs;
    }

    /** Slots, with those that fill up the last block. */
    public int slots() {
        return chosen.length;
    }

    /** The input that is candidate {@code k} of slot {@code slot}. */
    public int candidate(int slot, int k) {
        return candidateWires == null ? k : candidateWires[at(slot, k)];
    }

    /** The inputs that are candidates, stored as the logits are; only where they are not all. */
    public int[] candidateWires() {
        if (candidateWires == null) {
            throw new IllegalStateException("every input is a candidate");
        }
        return candidateWires;
    }

    /** The live logits, in the order that the class describes. */
    public float[] logits() {
        return logits;
    }

    /** The input that slot {@code slot} chooses. */
    public int chosen(int slot) {
        return chosen[slot];
    }

    /** Makes slot {@code slot} choose its candidate {@code k}; called when {@code k} has its largest logit. */
    public void choose(int slot, int k) {
        chosen[slot] = candidate(slot, k);
    }

    /**
     * Puts input {@code wire} in the place of candidate {@code k} of slot {@code slot}, which it does not choose.
     *
     * @throws IllegalArgumentException if it is a candidate already
     */
    public void replace(int slot, int k, int wire, float logit) {
        if (isCandidate(slot, wire)) {
            throw new IllegalArgumentException("input " + wire + " is a candidate of slot " + slot + " already");
        }
        candidateWires[at(slot, k)] = wire;
        logits[at(slot, k)] = logit;
    }

    /** Whether input {@code wire} is a candidate of slot {@code slot}. Takes time linear in the candidates. */
    public boolean isCandidate(int slot, int wire) {
        boolean found = candidateWires == null;
        for (int k = 0; !found && k < candidates; k++) {
            found = candidate(slot, k) == wire;
        }
        return found;
    }

    /** Makes every slot choose by its logits. Takes time linear in the logits. */
    public void choose() {
        for (int slot = 0; slot < chosen.length; slot++) {
            int best = 0;
            for (int k = 1; k < candidates; k++) {
                if (logits[at(slot, k)] > logits[at(slot, best)]) {
                    best = k;
                }
            }
            choose(slot, best);
        }
    }

    /** The wires chosen now. */
    public Connections connections() {
        int[][] wires = new int[arity][gates];
        for (int slot = 0; slot < arity * gates; slot++) {
            wires[slot % arity][slot / arity] = chosen[slot];
        }
        return new Connections(inputs, wires);
    }
}
