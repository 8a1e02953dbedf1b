package dev.gatewright.train;

import dev.gatewright.network.LearnedWires;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Learned wires of a layer in training: from what a batch leaves for them to their new choice.
 *
 * <p>The forward pass gathers the chosen wires; the backward pass leaves the gradient of every slot and the bits of every
 * wire, tile by tile; when all tiles are done, blocks of slots are updated independently: scores of candidates, softmax
 * gradient, AdamW and the new choice, without the gradient of the logits ever leaving the nearest caches.
 *
 * <p>Memory: 8 bytes a logit for moments, and the {@link WireBatch}; a thread 16 KiB and {@code 160 · candidates} bytes.
 * Time of a step: {@code slots · samples · candidates / 4} additions; 24 bytes of memory traffic a logit.
 */
final class TrainableWires {
    private static final int LANES = WireKernels.LANES;
    private static final int BLOCK = WireKernels.BLOCK;

    /** Arrays of a layer's state that are those of its gates. */
    private static final int GATE_STATE = 3;

    /** Says which row a slot reads from now on. */
    @FunctionalInterface
    interface Plug {
        void read(int slot, int row);
    }

    /** What is done to a block. As passes are, stages are run from one call site, to be compiled each on its own. */
    @FunctionalInterface
    private interface Stage {
        void run(int block, Kernels.AdamStep adam, Scratch own);
    }

    /** What a thread needs for a block. */
    private static final class Scratch {
        final float[] table = new float[WireKernels.TABLE];
        final float[] scores;
        final float[] shares;
        final float[] best = new float[BLOCK];
        final float[] sums = new float[WireKernels.LOOK_UPS];
        int[] words = {};

        Scratch(int candidates) {
            scores = new float[candidates * BLOCK];
            shares = new float[candidates * LANES];
        }
    }

    final LearnedWires wires;
    /** What the backward pass keeps here. */
    final WireBatch batch;

    private final Plug plug;
    private final WireKernels kernels;
    private final float[][] moments;
    private final float[] top;
    private final int[] candidateWires;
    private final Scratch[] scratch;
    private final float inverseTemperature;
    private final List<Stage> stages;
    /** Where chunks leave the scores, candidate after candidate of each slot; none where they are counted here. */
    private final OptionalInt summedAt;

    private float[][] chunks = {};
    /** Told when candidates have changed. */
    private final Runnable renewed;

    /**
     * @param inputRows rows of the layer's inputs, in the order of the wires
     * @param plug told of every choice
     */
    TrainableWires(LearnedWires wires, int inputRows, Plug plug, WireKernels kernels, int threads) {
        this(wires, inputRows, OptionalInt.empty(), plug, () -> {}, kernels, threads);
    }

    /**
     * Wires whose scores the backward pass adds up.
     *
     * @param summedAt where they start in the sums of a chunk
     * @param renewed told when candidates have changed
     */
    static TrainableWires summed(
            LearnedWires wires,
            int inputRows,
            int summedAt,
            Plug plug,
            Runnable renewed,
            WireKernels kernels,
            int threads) {
        return new TrainableWires(wires, inputRows, OptionalInt.of(summedAt), plug, renewed, kernels, threads);
    }

    private TrainableWires(
            LearnedWires wires,
            int inputRows,
            OptionalInt summedAt,
            Plug plug,
            Runnable renewed,
            WireKernels kernels,
            int threads) {
        this.wires = wires;
        this.renewed = renewed;
        this.summedAt = summedAt;
        this.plug = plug;
        this.kernels = kernels;
        int logits = wires.logits().length;
        moments = new float[2][logits];
        top = new float[wires.slots()];
        candidateWires = wires.choosesAmongAll() ? null : wires.candidateWires();
        boolean summed = summedAt.isPresent();
        batch = new WireBatch(kernels, inputRows, summed ? 0 : wires.slots(), candidateWires != null && !summed);
        inverseTemperature = (float) (1 / wires.options().temperature());
        scratch = new Scratch[threads];
        Arrays.setAll(scratch, ignored -> new Scratch(wires.candidates()));
        stages = stages();
        choose();
    }

    /** Sets the wires that slots read and the largest logits by the logits. */
    void choose() {
        wires.choose();
        int candidates = wires.candidates();
        for (int slot = 0; slot < top.length; slot++) {
            float max = Float.NEGATIVE_INFINITY;
            for (int k = 0; k < candidates; k++) {
                max = Math.max(max, wires.logits()[(slot / LANES * candidates + k) * LANES + slot % LANES]);
            }
            top[slot] = max;
            connect(slot);
        }
    }

    private void connect(int slot) {
        plug.read(slot, wires.chosen(slot));
    }

    /** Makes room for a batch. */
    void prepare(int tiles) {
        batch.prepare(tiles);
        for (Scratch own : scratch) {
            own.words = own.words.length < batch.lookUpRoom() ? new int[batch.lookUpRoom()] : own.words;
        }
    }

    /** Makes the batch ready for {@link #update}, once all its tiles are kept and {@code sums} left by its chunks. */
    void settle(float[][] sums) {
        chunks = sums;
        batch.settle();
    }

    /** Blocks that {@link #update} takes. */
    int blocks() {
        return wires.slots() / BLOCK;
    }

    /** One optimiser step of the slots of block {@code block}, after which they choose anew. */
    void update(int block, Kernels.AdamStep gates, int worker) {
        float rate = (float) wires.options().rate();
        Kernels.AdamStep adam = new Kernels.AdamStep(
                gates.beta1(),
                gates.beta2(),
                gates.rate() * rate,
                gates.unbias(),
                gates.epsilon(),
                gates.shrink() * rate);
        for (Stage stage : stages) {
            stage.run(block, adam, scratch[worker]);
        }
    }

    private List<Stage> stages() {
        Stage counted = candidateWires == null ? this::score : this::scoreCandidates;
        return List.of(summedAt.isPresent() ? this::scoreSummed : counted, this::step, this::connectBlock);
    }

    /** Chunk after chunk; slots that fill up the block score nothing. */
    private void scoreSummed(int block, Kernels.AdamStep adam, Scratch own) {
        int candidates = wires.candidates();
        Arrays.fill(own.scores, 0);
        for (int i = 0; i < BLOCK && block * BLOCK + i < wires.gateInputs(); i++) {
            int from = summedAt.getAsInt() + (block * BLOCK + i) * candidates;
            for (int k = 0; k < candidates; k++) {
                float score = 0;
                for (float[] chunk : chunks) {
                    score += chunk[from + k];
                }
                own.scores[k * BLOCK + i] = score;
            }
        }
    }

    private void score(int block, Kernels.AdamStep adam, Scratch own) {
        batch.score(block * BLOCK, wires.candidates(), own.table, own.scores);
    }

    private void scoreCandidates(int block, Kernels.AdamStep adam, Scratch own) {
        int candidates = wires.candidates();
        int first = block * BLOCK;
        batch.scoreCandidates(first, candidateWires, first * candidates, candidates, own.words, own.sums, own.scores);
    }

    private void step(int block, Kernels.AdamStep adam, Scratch own) {
        int candidates = wires.candidates();
        for (int i = 0; i < BLOCK; i += LANES) {
            int slot = block * BLOCK + i;
            kernels.update(
                    adam,
                    inverseTemperature,
                    candidates,
                    wires.logits(),
                    moments,
                    slot * candidates,
                    own.scores,
                    i,
                    top,
                    slot,
                    own.best,
                    i,
                    own.shares);
        }
    }

    private void connectBlock(int block, Kernels.AdamStep adam, Scratch own) {
        for (int i = 0; i < BLOCK; i++) {
            wires.choose(block * BLOCK + i, (int) own.best[i]);
            connect(block * BLOCK + i);
        }
    }

    /**
     * Where candidates are renewed after {@code step} steps, lets a wire drawn by {@code key} take the place of each
     * slot's worst candidate, with a logit one temperature below that of the choice.
     */
    void renew(long step, long key) {
        int every = wires.options().renew();
        if (every == 0 || step % every != 0) {
            return;
        }
        SplittableRandom random = new SplittableRandom(key);
        for (int slot = 0; slot < wires.gateInputs(); slot++) {
            int wire = random.nextInt(wires.inputs());
            while (wires.isCandidate(slot, wire)) {
                wire = random.nextInt(wires.inputs());
            }
            int worst = worst(slot);
            wires.replace(slot, worst, wire, top[slot] - (float) wires.options().temperature());
            moments[0][wires.at(slot, worst)] = 0;
            moments[1][wires.at(slot, worst)] = 0;
        }
        renewed.run();
    }

    /** The candidate of the smallest logit, but never the one chosen. */
    private int worst(int slot) {
        int worst = -1;
        for (int k = 0; k < wires.candidates(); k++) {
            boolean worse = worst < 0 || wires.logits()[wires.at(slot, k)] < wires.logits()[wires.at(slot, worst)];
            if (worse && wires.candidate(slot, k) != wires.chosen(slot)) {
                worst = k;
            }
        }
        return worst;
    }

    /** Live. */
    float[] logits() {
        return wires.logits();
    }

    /** The live logits and moments; where candidates are renewed, also these. */
    float[][] state() {
        if (wires.options().renew() == 0) {
            return new float[][] {wires.logits(), moments[0], moments[1]};
        }
        float[] drawn = new float[candidateWires.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = candidateWires[i];
        }
        return new float[][] {wires.logits(), moments[0], moments[1], drawn};
    }

    /** {@code gates}, the state of a layer's gates, and after it that of its wires where they are learnt. */
    static float[][] with(Optional<TrainableWires> wires, float[][] gates) {
        return wires.map(learned -> Stream.of(gates, learned.state())
                        .flatMap(Arrays::stream)
                        .toArray(float[][]::new))
                .orElse(gates);
    }

    /** Takes over a copy of what {@link #state} gave, which stands in {@code state} after the state of the gates. */
    void restore(float[][] state) {
        System.arraycopy(state[GATE_STATE], 0, wires.logits(), 0, wires.logits().length);
        for (int i = 0; i < moments.length; i++) {
            System.arraycopy(state[GATE_STATE + 1 + i], 0, moments[i], 0, moments[i].length);
        }
        if (wires.options().renew() > 0) {
            float[] drawn = state[GATE_STATE + 1 + moments.length];
            for (int i = 0; i < drawn.length; i++) {
                candidateWires[i] = (int) drawn[i];
            }
            renewed.run();
        }
        choose();
    }
}
