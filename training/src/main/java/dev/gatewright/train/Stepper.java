package dev.gatewright.train;

import dev.gatewright.encode.InputException;
import dev.gatewright.network.HeapSpace;
import dev.gatewright.network.LogicNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Forward, backward and update of a network on batches of encoded samples.
 *
 * <p>A batch is cut into tiles of {@link Kernels#TILE} samples, tiles are grouped into at most {@link #MAX_CHUNKS}
 * chunks, and a thread takes a whole chunk through all layers and back in memory of its own: no races, no atomic
 * additions. Parameter gradients are added over the chunks in their order, so the number of threads changes nothing.
 *
 * <p>Memory: per thread {@code 4 · 32 · (inputs + gates + 2 · widest layer)} bytes; {@code 32 · gates} bytes a chunk;
 * {@code 12 · parameters} for parameters and moments.
 */
final class Stepper {
    /** More would let more threads share a small batch, and cost memory and a longer reduction. */
    static final int MAX_CHUNKS = 16;

    private static final int TILE = Kernels.TILE;

    /** A large array starts 16 bytes into a page; 12 floats later a row is aligned to its cache line. */
    private static final int ALIGN = 12;

    private static final float[][] NO_SUMS = {};

    /**
     * A tile through one layer. All kinds of pass run from one call site: the compiler then leaves each a method of its
     * own. Inlined together they exceed its budget, vectors turn into objects, and a step takes three times as long.
     */
    @FunctionalInterface
    interface Pass {
        void run(float[] slab, float[][] layerSums, int tile, boolean first);
    }

    private final List<Trainable> layers;
    private final Kernels kernels;
    private final Workers workers;
    private final Objective objective;

    private final int[] rows;
    /** Where a convolution keeps which positions won. */
    private final int[] winners;
    /** The input rows of the first layer that carry the bits of a sample. */
    private final int[] rowOfBit;
    /** Where the outputs of the last layer stand, unless it is a dense one, which adds them up at once. */
    private final int lastRows;

    private final int sumRows;
    private final int deltaRows;
    private final int[] gradientRows = new int[2];
    private final int spare;
    private final float[][] slabs;
    private final float[][] scratch;
    private float[][][] sums = new float[0][][];
    private Moment moment = Moment.START;
    private final BitLayers bitLayers;
    private final List<Pass> forward;
    private final List<Pass> backward;

    Stepper(LogicNetwork network, Objective objective, Kernels kernels, Workers workers) {
        this.kernels = kernels;
        this.workers = workers;
        this.objective = objective;
        this.layers = Trainables.of(network, kernels, workers.threads());
        bitLayers = BitLayers.leading(layers, kernels.bits());
        rows = new int[layers.size()];
        winners = new int[layers.size()];
        rowOfBit = new int[network.inputs()];
        Arrays.setAll(rowOfBit, layers.getFirst()::rowOfWire);
        long at = ALIGN;
        int widest = 0;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) at;
            at += i < bitLayers.count() ? 0 : (long) layers.get(i).inputRows() * TILE;
            widest = Math.max(widest, i == 0 ? 0 : layers.get(i).inputRows());
            winners[i] = (int) at;
            at += layers.get(i) instanceof TrainableConv conv ? conv.plan.winners() : 0;
        }
        lastRows = (int) at;
        at += layers.getLast() instanceof TrainableLayer ? 0 : (long) network.outputs() * TILE;
        sumRows = (int) at;
        at += (long) network.groups() * TILE;
        deltaRows = (int) at;
        at += (long) network.groups() * TILE;
        for (int i = 0; i < gradientRows.length; i++) {
            gradientRows[i] = (int) at;
            at += (long) widest * TILE;
        }
        spare = (int) at;
        at += Math.max(LutPasses.scratch(layers), ConvPasses.scratch(layers));
        HeapSpace.require(
                "--network: training " + network.gates() + " gates on " + workers.threads() + " threads",
                (double) Float.BYTES * at * workers.threads());
        if (at > Integer.MAX_VALUE - 16) {
            throw new InputException("--network: training " + network.gates() + " gates takes " + at
                    + " values a thread; expected less than " + Integer.MAX_VALUE + ", such as by a smaller network");
        }
        slabs = new float[workers.threads()][(int) at];
        scratch = new float[workers.threads()][Kernels.SCRATCH];
        forward = forwardPasses();
        backward = backwardPasses();
    }

    List<Trainable> layers() {
        return layers;
    }

    /** Makes the coming step that of {@code now}; the steps after it follow of themselves. */
    void begin(Moment now) {
        moment = now;
        layers.forEach(layer -> layer.see(now));
    }

    /** Makes each step to come take {@code price} times the gradient of their expected cost off the parameters of gates. */
    void charge(float price) {
        layers.forEach(layer -> layer.charge(price));
    }

    /** What one batch gave: summed loss and score. */
    record Sums(double loss, double score) {}

    /** One training step on samples {@code order[from] … order[from + batch − 1]}. */
    Sums step(BitRows data, int[] order, int from, int batch, Kernels.AdamStep adam) {
        Sums result = gradients(data, order, from, batch);
        moment = moment.next();
        layers.forEach(layer -> layer.prepare(moment));
        int chunks = chunks(batch);
        int[] tasksBefore = new int[layers.size() + 1];
        for (int i = 0; i < layers.size(); i++) {
            tasksBefore[i + 1] = tasksBefore[i] + layers.get(i).tasks();
        }
        workers.run(tasksBefore[layers.size()], (worker, task) -> {
            int i = Arrays.binarySearch(tasksBefore, task);
            i = i < 0 ? -i - 2 : i;
            float[][] layerSums = new float[chunks][];
            for (int chunk = 0; chunk < chunks; chunk++) {
                layerSums[chunk] = sums[chunk][i];
            }
            layers.get(i).update(task - tasksBefore[i], adam, layerSums, scratch[worker]);
        });
        for (int i = 0; i < layers.size(); i++) {
            long key = moment.key(i);
            float[][] left = sumsOf(i, batch);
            layers.get(i).advance();
            layers.get(i).wires().ifPresent(wires -> {
                wires.settle(left);
                workers.run(wires.blocks(), (worker, block) -> wires.update(block, adam, worker));
                wires.renew(moment.step(), key);
            });
        }
        return result;
    }

    /** Forward and backward only: leaves the sums of every chunk. */
    Sums gradients(BitRows data, int[] order, int from, int batch) {
        int chunks = chunks(batch);
        while (sums.length < chunks) {
            sums = Arrays.copyOf(sums, sums.length + 1);
            sums[sums.length - 1] =
                    layers.stream().map(layer -> new float[layer.sums()]).toArray(float[][]::new);
        }
        int tiles = tiles(batch);
        bitLayers.prepare(tiles);
        layers.forEach(layer -> layer.wires().ifPresent(wires -> wires.prepare(tiles)));
        double[] loss = new double[tiles];
        double[] score = new double[tiles];
        workers.run(chunks, (worker, chunk) -> {
            for (int i = 0; i < layers.size(); i++) {
                if (!(layers.get(i) instanceof TrainableLayer)) {
                    Arrays.fill(sums[chunk][i], 0);
                }
            }
            int first = first(chunk, chunks, tiles);
            for (int tile = first; tile < first(chunk + 1, chunks, tiles); tile++) {
                int at = from + tile * TILE;
                int count = Math.min(TILE, from + batch - at);
                float[] slab = slabs[worker];
                load(data, order, at, count, slab, tile);
                run(forward, slab, sums[chunk], tile, tile == first);
                score[tile] = objective.score(order, at, count, slab, sumRows);
                loss[tile] = objective.gradient(order, at, count, batch, slab, sumRows, deltaRows);
                run(backward, slab, sums[chunk], tile, tile == first);
            }
        });
        return new Sums(Arrays.stream(loss).sum(), Arrays.stream(score).sum());
    }

    /** The summed score of the network as the coming step sees it of all the given samples, on which nothing is learnt. */
    double score(BitRows data, int[] samples) {
        int tiles = tiles(samples.length);
        double[] score = new double[tiles];
        bitLayers.prepare(workers.threads());
        workers.run(tiles, (worker, tile) -> {
            int at = tile * TILE;
            int count = Math.min(TILE, samples.length - at);
            load(data, samples, at, count, slabs[worker], worker);
            run(forward, slabs[worker], NO_SUMS, worker, false);
            score[tile] = objective.score(samples, at, count, slabs[worker], sumRows);
        });
        return Arrays.stream(score).sum();
    }

    private void load(BitRows data, int[] order, int from, int count, float[] slab, int tile) {
        if (bitLayers.count() > 0) {
            bitLayers.load(data, order, from, count, tile);
        } else {
            data.load(order, from, count, slab, rows[0], rowOfBit);
        }
    }

    /** Gradient sums of a layer after {@link #gradients}, over the bilinear basis, chunk after chunk. */
    float[][] sumsOf(int layer, int batch) {
        float[][] result = new float[chunks(batch)][];
        for (int chunk = 0; chunk < result.length; chunk++) {
            result[chunk] = sums[chunk][layer];
        }
        return result;
    }

    /** Through all layers, to the class sums. */
    private List<Pass> forwardPasses() {
        List<Pass> passes = new ArrayList<>();
        int last = layers.size() - 1;
        for (int i = 0; i <= last; i++) {
            int in = rows[i];
            int out = rowsAfter(i);
            if (i < bitLayers.count()) {
                bitLayers.addForward(i, sumRows, deltaRows, out, passes);
                continue;
            }
            switch (layers.get(i)) {
                case TrainableLayer layer -> passes.add(i < last ? gates(layer, in, out) : gateSums(layer, in));
                case TrainableLut layer -> {
                    luts(layer, i).addForward(passes);
                    if (i == last) {
                        passes.add((slab, sums, tile, first) -> sumGroups(layer.plan.gradient, slab));
                    }
                }
                case TrainableConv layer -> {
                    passes.add(convs(layer, i).forward());
                    if (i == last) {
                        passes.add((slab, sums, tile, first) -> sumGroups(layer.plan.gradient, slab));
                    }
                }
            }
        }
        return List.copyOf(passes);
    }

    private Pass gates(TrainableLayer layer, int in, int out) {
        return (slab, sums, tile, first) -> kernels.forward(layer.plan, layer.coefficients, slab, in, out);
    }

    private Pass gateSums(TrainableLayer layer, int in) {
        return (slab, sums, tile, first) -> {
            Arrays.fill(slab, sumRows, deltaRows, 0);
            kernels.forwardSums(layer.plan, layer.coefficients, slab, in, sumRows);
        };
    }

    /** Adds the outputs of a last layer that has rows for them to the class sums. */
    private void sumGroups(int[] group, float[] slab) {
        Arrays.fill(slab, sumRows, deltaRows, 0);
        for (int output = 0; output < group.length; output++) {
            int from = lastRows + output * TILE;
            int to = sumRows + group[output] * TILE;
            for (int j = 0; j < TILE; j++) {
                slab[to + j] += slab[from + j];
            }
        }
    }

    /** From the gradients of the class sums back to the first layer. */
    private List<Pass> backwardPasses() {
        List<Pass> passes = new ArrayList<>();
        for (int i = layers.size() - 1; i >= 0; i--) {
            int at = i;
            int out = i == layers.size() - 1 ? deltaRows : gradientRows[i + 1 & 1];
            if (i < bitLayers.count()) {
                bitLayers.addBackward(i, out, gradientRows[i & 1], passes);
                continue;
            }
            switch (layers.get(i)) {
                case TrainableLayer layer -> {
                    addWires(layer, rows[i], out, passes);
                    passes.add(
                            at > 0
                                    ? (slab, sums, tile, first) -> backward(layer, at, out, slab, sums[at], first)
                                    : (slab, sums, tile, first) -> kernels.backwardFirst(
                                            layer.plan, layer.coefficients, slab, rows[0], out, sums[0], first));
                }
                case TrainableLut layer -> luts(layer, i).addBackward(i, i > 0, out, gradientRows[i & 1], passes);
                case TrainableConv layer -> passes.add(convs(layer, i).backward(i, out, gradientRows[i & 1]));
            }
        }
        return List.copyOf(passes);
    }

    private LutPasses luts(TrainableLut layer, int i) {
        return new LutPasses(layer, kernels.luts(), rows[i], rowsAfter(i), spare);
    }

    private ConvPasses convs(TrainableConv layer, int i) {
        return new ConvPasses(layer, kernels.convs(), rows[i], rowsAfter(i), winners[i], spare);
    }

    /** Where the outputs of layer {@code i} stand. */
    private int rowsAfter(int i) {
        return i == layers.size() - 1 ? lastRows : rows[i + 1];
    }

    private static void addWires(TrainableLayer layer, int in, int outGradient, List<Pass> passes) {
        layer.wires.ifPresent(wires -> passes.add((slab, sums, tile, first) ->
                wires.batch.keep(tile, layer.plan, layer.coefficients, slab, in, outGradient)));
    }

    private void backward(
            TrainableLayer layer, int i, int outGradient, float[] slab, float[] layerSums, boolean first) {
        LayerPlan plan = layer.plan;
        int inGradient = gradientRows[i & 1];
        if (layer.wires.isPresent()) {
            Arrays.fill(slab, inGradient, inGradient + plan.inputRows * TILE, 0);
        }
        kernels.backward(plan, layer.coefficients, slab, rows[i], outGradient, inGradient, layerSums, first);
        Arrays.fill(slab, inGradient + plan.usedRows * TILE, inGradient + plan.inputRows * TILE, 0);
    }

    private static void run(List<Pass> passes, float[] slab, float[][] layerSums, int tile, boolean first) {
        for (Pass pass : passes) {
            pass.run(slab, layerSums, tile, first);
        }
    }

    private static int tiles(int samples) {
        return (samples + TILE - 1) / TILE;
    }

    private static int chunks(int batch) {
        return Math.min(tiles(batch), MAX_CHUNKS);
    }

    private static int first(int chunk, int chunks, int tiles) {
        return (int) ((long) chunk * tiles / chunks);
    }
}
