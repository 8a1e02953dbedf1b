package dev.gatewright.train;

import java.util.Arrays;
import java.util.List;

/**
 * The first layers of a network, as far as all compute with one gate each: every value in them is a bit, and a wire of a
 * tile is a word. The words of a tile are kept from its forward to its backward pass.
 *
 * <p>Memory: 4 bytes a wire and tile of a batch.
 */
final class BitLayers {
    private final List<TrainableLayer> layers;
    private final BitKernels kernels;
    private final int[] words;
    private final boolean all;
    private int[][] bits = {};

    private BitLayers(List<TrainableLayer> layers, boolean all, BitKernels kernels) {
        this.layers = layers;
        this.all = all;
        this.kernels = kernels;
        words = new int[layers.size() + 2];
        for (int i = 0; i < layers.size(); i++) {
            words[i + 1] = words[i] + layers.get(i).inputRows();
        }
        int outputs = layers.isEmpty() || all ? 0 : layers.getLast().layer().gates();
        words[layers.size() + 1] = words[layers.size()] + outputs;
    }

    /** The first of {@code layers}; none where the first of all computes with mixtures. */
    static BitLayers leading(List<Trainable> layers, BitKernels kernels) {
        List<TrainableLayer> leading = layers.stream()
                .takeWhile(layer -> layer instanceof TrainableLayer gates && gates.computesWithBits())
                .map(TrainableLayer.class::cast)
                .toList();
        return new BitLayers(leading, leading.size() == layers.size(), kernels);
    }

    /** How many there are. */
    int count() {
        return layers.size();
    }

    /** Makes room for tiles 0 to {@code tiles − 1}. */
    void prepare(int tiles) {
        int had = bits.length;
        if (had < tiles) {
            bits = Arrays.copyOf(bits, tiles);
            for (int tile = had; tile < tiles; tile++) {
                bits[tile] = new int[words[layers.size() + 1]];
            }
        }
    }

    /** Takes the bits of {@code count} samples, those of {@code order} from {@code from} on, as tile {@code tile}. */
    void load(BitRows data, int[] order, int from, int count, int tile) {
        data.load(order, from, count, bits[tile]);
    }

    /** Adds the forward pass of layer {@code i}; the last one's outputs go to {@code out}, as rows or class sums. */
    void addForward(int i, int sums, int sumsEnd, int out, List<TilePasses.Pass> passes) {
        TrainableLayer layer = layers.get(i);
        if (i == layers.size() - 1 && all) {
            passes.add((slab, own, tile, first) -> {
                Arrays.fill(slab, sums, sumsEnd, 0);
                kernels.forwardSums(layer.plan, layer.functions, bits[tile], words[i], slab, sums);
            });
            return;
        }
        passes.add((slab, own, tile, first) ->
                BitKernels.forward(layer.plan, layer.functions, bits[tile], words[i], words[i + 1]));
        if (i == layers.size() - 1) {
            int rows = layer.layer().gates();
            passes.add((slab, own, tile, first) -> kernels.expand(bits[tile], words[i + 1], rows, slab, out));
        }
    }

    /** Adds the backward pass of layer {@code i}, from rows of output gradients to rows of input gradients. */
    void addBackward(int i, int outGradient, int inGradient, List<TilePasses.Pass> passes) {
        TrainableLayer layer = layers.get(i);
        LayerPlan plan = layer.plan;
        layer.wires.ifPresent(wires -> passes.add((slab, sums, tile, first) ->
                wires.batch.keep(tile, plan, layer.coefficients, bits[tile], words[i], slab, outGradient, kernels)));
        if (i == 0) {
            passes.add((slab, sums, tile, first) ->
                    kernels.backwardFirst(plan, bits[tile], words[0], slab, outGradient, sums[0], first));
            return;
        }
        passes.add((slab, sums, tile, first) -> {
            if (layer.wires.isPresent()) {
                Arrays.fill(slab, inGradient, inGradient + plan.inputRows * Kernels.TILE, 0);
            }
            kernels.backward(
                    plan, layer.coefficients, bits[tile], words[i], slab, outGradient, inGradient, sums[i], first);
            plan.gradients.clearIdle(slab, inGradient);
        });
    }
}
