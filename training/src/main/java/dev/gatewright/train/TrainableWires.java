package dev.gatewright.train;

import dev.gatewright.network.LearnedWires;
import java.util.Arrays;
import java.util.List;

/**
 * Learned wires of a layer in training: what a batch leaves for them, and their optimiser state.
 *
 * <p>The forward pass gathers the chosen wires; the backward pass leaves the gradient of every slot and the values of
 * every wire, tile by tile; when all tiles are done, blocks of slots are updated independently: scores of candidates,
 * softmax gradient, AdamW and the new choice, without the gradient of the logits ever leaving the nearest caches.
 *
 * <p>Memory: 8 bytes a logit for moments; {@code 4 · (slots + wires)} bytes a sample of the batch; a thread
 * {@code 128 · (samples of a batch) + 160 · candidates} bytes. Time of a step: {@code 2 · slots · samples · candidates}
 * floating-point operations, fewer where wires are bits and often false; 24 bytes of memory traffic a logit.
 */
final class TrainableWires {
    private static final int TILE = Kernels.TILE;
    private static final int LANES = WireKernels.LANES;
    private static final int BLOCK = WireKernels.BLOCK;

    /** What is done to a block. As passes are, stages are run from one call site, to be compiled each on its own. */
    @FunctionalInterface
    private interface Stage {
        void run(int block, Kernels.AdamStep adam, Scratch own);
    }

    /** What a thread needs for a block. */
    private static final class Scratch {
        float[] gradients = {};
        final float[] scores;
        final float[] shares;
        final float[] best = new float[BLOCK];

        Scratch(int rows) {
            scores = new float[rows * BLOCK];
            shares = new float[rows * LANES];
        }
    }

    final LearnedWires wires;
    private final LayerPlan plan;
    private final WireKernels kernels;
    /** Whether all values are 0 or 1, as those of the network's inputs are. */
    private final boolean bits;

    /** Rows of values a tile: the wires, and zeros up to a multiple. */
    private final int rows;

    private final float[][] moments;
    private final float[] top;
    private final int[] candidateWires;
    private final Scratch[] scratch;
    private final float inverseTemperature;
    private final List<Stage> stages;
    /** Values of wires, tile after tile: as masks where they are bits. */
    private float[][] values = {};

    private int[][] masks = {};
    private float[][] gradients = {};
    private final int[] starts;
    private int[] samples = {};
    private int tiles;

    TrainableWires(LearnedWires wires, LayerPlan plan, boolean bits, WireKernels kernels, int threads) {
        this.wires = wires;
        this.plan = plan;
        this.bits = bits;
        this.kernels = kernels;
        int logits = wires.logits().length;
        moments = new float[2][logits];
        top = new float[wires.slots()];
        rows = wires.choosesAmongAll() && !bits
                ? Math.ceilDiv(plan.inputRows, WireKernels.WIRES) * WireKernels.WIRES
                : plan.inputRows;
        starts = new int[plan.inputRows + 1];
        candidateWires = wires.choosesAmongAll() ? null : wires.candidateWires();
        inverseTemperature = (float) (1 / wires.options().temperature());
        scratch = new Scratch[threads];
        Arrays.setAll(scratch, ignored -> new Scratch(Math.max(rows, wires.candidates())));
        stages = stages();
        choose();
    }

    /** Sets the plan's wires and the largest logits by the logits. */
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
        int gate = slot / 2;
        if (gate < plan.gates) {
            (slot % 2 == 0 ? plan.enter : plan.leave)[gate] = wires.chosen(slot);
        }
    }

    /** Makes room for a batch. */
    void prepare(int tiles) {
        this.tiles = tiles;
        int had = values.length;
        if (had < tiles) {
            values = Arrays.copyOf(values, tiles);
            masks = Arrays.copyOf(masks, tiles);
            gradients = Arrays.copyOf(gradients, tiles);
            for (int tile = had; tile < tiles; tile++) {
                values[tile] = new float[bits ? 0 : rows * TILE];
                masks[tile] = new int[bits ? rows : 0];
                gradients[tile] = new float[wires.slots() * TILE];
            }
            for (Scratch own : scratch) {
                own.gradients = new float[tiles * TILE * BLOCK];
            }
        }
    }

    /** Keeps what the update needs of tile {@code tile}, whose backward pass has come to this layer. */
    void keep(int tile, float[] coefficients, float[] slab, int in, int outGradient) {
        if (bits) {
            for (int wire = 0; wire < plan.inputRows; wire++) {
                int mask = 0;
                for (int j = 0; j < TILE; j++) {
                    mask |= (int) slab[in + wire * TILE + j] << j;
                }
                masks[tile][wire] = mask;
            }
        } else {
            System.arraycopy(slab, in, values[tile], 0, plan.inputRows * TILE);
        }
        kernels.inputGradients(plan, coefficients, slab, in, outGradient, gradients[tile]);
    }

    /** Lists the samples of every wire, once all tiles are kept and before the first update. */
    void list() {
        if (!bits || !wires.choosesAmongAll()) {
            return;
        }
        int count = 0;
        for (int wire = 0; wire < plan.inputRows; wire++) {
            starts[wire] = count;
            if (samples.length < count + tiles * TILE) {
                samples = Arrays.copyOf(samples, 2 * (count + tiles * TILE));
            }
            for (int tile = 0; tile < tiles; tile++) {
                for (int mask = masks[tile][wire]; mask != 0; mask &= mask - 1) {
                    samples[count++] = tile * TILE + Integer.numberOfTrailingZeros(mask);
                }
            }
        }
        starts[plan.inputRows] = count;
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
        if (candidateWires != null) {
            return List.of(bits ? this::scoreBitCandidates : this::scoreCandidates, this::step, this::connectBlock);
        }
        return List.of(this::transpose, bits ? this::scoreBits : this::scoreValues, this::step, this::connectBlock);
    }

    private void scoreCandidates(int block, Kernels.AdamStep adam, Scratch own) {
        int candidates = wires.candidates();
        int from = block * BLOCK * candidates;
        kernels.candidateScores(gradients, block * BLOCK, values, tiles, candidateWires, from, candidates, own.scores);
    }

    private void scoreBitCandidates(int block, Kernels.AdamStep adam, Scratch own) {
        int candidates = wires.candidates();
        int from = block * BLOCK * candidates;
        kernels.bitCandidateScores(
                gradients, block * BLOCK, masks, tiles, candidateWires, from, candidates, own.scores);
    }

    private void scoreBits(int block, Kernels.AdamStep adam, Scratch own) {
        kernels.bitScores(own.gradients, starts, samples, rows, own.scores);
    }

    private void scoreValues(int block, Kernels.AdamStep adam, Scratch own) {
        kernels.denseScores(own.gradients, values, tiles, rows, own.scores);
    }

    private void step(int block, Kernels.AdamStep adam, Scratch own) {
        int candidates = wires.candidates();
        int stride = candidateWires == null ? rows : candidates;
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
                    i * stride,
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

    private void transpose(int block, Kernels.AdamStep adam, Scratch own) {
        for (int tile = 0; tile < tiles; tile++) {
            transpose(gradients[tile], block * BLOCK * TILE, own.gradients, tile * TILE * BLOCK);
        }
    }

    /** From rows of samples to samples of {@link WireKernels#BLOCK} slots. */
    private static void transpose(float[] slots, int from, float[] samples, int to) {
        for (int j = 0; j < TILE; j++) {
            for (int slot = 0; slot < BLOCK; slot++) {
                samples[to + j * BLOCK + slot] = slots[from + slot * TILE + j];
            }
        }
    }

    /** The live logits and moments. */
    float[][] state() {
        return new float[][] {wires.logits(), moments[0], moments[1]};
    }

    /** Takes over a copy of what {@link #state} gave. */
    void restore(float[] logits, float[] first, float[] second) {
        System.arraycopy(logits, 0, wires.logits(), 0, logits.length);
        System.arraycopy(first, 0, moments[0], 0, first.length);
        System.arraycopy(second, 0, moments[1], 0, second.length);
        choose();
    }
}
