package dev.gatewright.train;

import dev.gatewright.network.LogicNetwork;
import java.util.Arrays;
import java.util.List;

/**
 * Forward, backward and update of a network on batches of encoded samples.
 *
 * <p>A batch is cut into tiles of {@link Kernels#TILE} samples, tiles are grouped into at most {@link #MAX_CHUNKS}
 * chunks, and a thread takes a whole chunk through all layers and back in memory of its own: no races, no atomic
 * additions. Parameter gradients are added over the chunks in their order, so the number of threads changes nothing.
 *
 * <p>Memory: a slab per thread, see {@link TilePasses}; {@code 32 · gates} bytes a chunk;
 * {@code 12 · parameters} for parameters and moments.
 */
final class Stepper {
    /** More would let more threads share a small batch, and cost memory and a longer reduction. */
    static final int MAX_CHUNKS = 16;

    private static final int TILE = Kernels.TILE;

    private final List<Trainable> layers;
    private final Workers workers;
    private final Objective objective;

    private final TilePasses passes;
    private final float[][] slabs;
    private final float[][] scratch;
    private float[][][] sums = new float[0][][];
    private Moment moment = Moment.START;

    Stepper(LogicNetwork network, Objective objective, Kernels kernels, Workers workers) {
        this.workers = workers;
        this.objective = objective;
        this.layers = Trainables.of(network, kernels, workers.threads());
        passes = new TilePasses(network, layers, kernels, workers.threads());
        slabs = new float[workers.threads()][passes.size];
        scratch = new float[workers.threads()][Kernels.SCRATCH];
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
        passes.prepare(tiles);
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
                passes.load(data, order, at, count, slab, tile);
                passes.forward(slab, tile);
                score[tile] = objective.score(order, at, count, slab, passes.sumRows);
                loss[tile] = objective.gradient(order, at, count, batch, slab, passes.sumRows, passes.deltaRows);
                passes.backward(slab, sums[chunk], tile, tile == first);
            }
        });
        return new Sums(Arrays.stream(loss).sum(), Arrays.stream(score).sum());
    }

    /** The summed score of the network as the coming step sees it of all the given samples, on which nothing is learnt. */
    double score(BitRows data, int[] samples) {
        int tiles = tiles(samples.length);
        double[] score = new double[tiles];
        passes.prepare(workers.threads());
        workers.run(tiles, (worker, tile) -> {
            int at = tile * TILE;
            int count = Math.min(TILE, samples.length - at);
            passes.load(data, samples, at, count, slabs[worker], worker);
            passes.forward(slabs[worker], worker);
            score[tile] = objective.score(samples, at, count, slabs[worker], passes.sumRows);
        });
        return Arrays.stream(score).sum();
    }

    /** Gradient sums of a layer after {@link #gradients}, over the bilinear basis, chunk after chunk. */
    float[][] sumsOf(int layer, int batch) {
        float[][] result = new float[chunks(batch)][];
        for (int chunk = 0; chunk < result.length; chunk++) {
            result[chunk] = sums[chunk][layer];
        }
        return result;
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
