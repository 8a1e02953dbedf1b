package dev.gatewright.train;

import dev.gatewright.encode.InputException;
import dev.gatewright.network.HeapSpace;
import dev.gatewright.network.LogicNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tile through all layers and back: where its rows stand in the memory of a thread, its slab, and the passes over them.
 *
 * <p>A slab has at most {@code 4 · 32 · (inputs + gates + 2 · widest layer)} bytes; gradients that stand in place, see
 * {@link GradientRows}, take one of the two.
 */
final class TilePasses {
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
        /** @param first whether this replaces sums of earlier batches, where it does not add to cleared ones */
        void run(float[] slab, float[][] layerSums, int tile, boolean first);
    }

    /** Where the class sums stand in a slab, and then their gradients. */
    final int sumRows;

    final int deltaRows;

    /** Floats of a slab. */
    final int size;

    private final List<Trainable> layers;
    private final Kernels kernels;
    private final BitLayers bitLayers;
    private final int[] rows;
    /** Where a convolution keeps which positions won. */
    private final int[] winners;
    /** The input rows of the first layer that carry the bits of a sample. */
    private final int[] rowOfBit;
    /** Where the outputs of the last layer stand, unless it is a dense one, which adds them up at once. */
    private final int lastRows;

    /** Where the gradients of each layer's inputs stand, but for the first one's. */
    private final int[] gradientRows;

    private final int spare;
    private final List<Pass> forward;
    private final List<Pass> backward;

    TilePasses(LogicNetwork network, List<Trainable> layers, Kernels kernels, int threads) {
        this.layers = layers;
        this.kernels = kernels;
        bitLayers = BitLayers.leading(layers, kernels.bits());
        rows = new int[layers.size()];
        winners = new int[layers.size()];
        rowOfBit = new int[network.inputs()];
        Arrays.setAll(rowOfBit, layers.getFirst()::rowOfWire);
        long at = ALIGN;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) at;
            at += i < bitLayers.count() ? 0 : (long) layers.get(i).inputRows() * TILE;
            winners[i] = (int) at;
            at += layers.get(i) instanceof TrainableConv conv ? conv.plan.winners() : 0;
        }
        lastRows = (int) at;
        at += layers.getLast() instanceof TrainableLayer ? 0 : (long) network.outputs() * TILE;
        sumRows = (int) at;
        at += (long) network.groups() * TILE;
        deltaRows = (int) at;
        at += (long) network.groups() * TILE;
        gradientRows = new int[layers.size()];
        at = placeGradients(at);
        spare = (int) at;
        at += Math.max(LutPasses.scratch(layers), ConvPasses.scratch(layers));
        HeapSpace.require(
                "--network: training " + network.gates() + " gates on " + threads + " threads",
                (double) Float.BYTES * at * threads);
        if (at > Integer.MAX_VALUE - 16) {
            throw new InputException("--network: training " + network.gates() + " gates takes " + at
                    + " values a thread; expected less than " + Integer.MAX_VALUE + ", such as by a smaller network");
        }
        size = (int) at;
        forward = forwardPasses();
        backward = backwardPasses();
    }

    /**
     * Places the gradients of the layers' inputs from {@code at} on: in the area of the next layer's where they take its
     * rows, else in the other one; returns where the areas end.
     */
    private long placeGradients(long at) {
        int last = layers.size() - 1;
        int[] area = new int[layers.size()];
        long[] length = new long[2];
        for (int i = last; i > 0; i--) {
            GradientRows gradients = layers.get(i).gradients();
            area[i] = i == last ? 0 : gradients.inPlace() ? area[i + 1] : 1 - area[i + 1];
            length[area[i]] = Math.max(length[area[i]], (long) gradients.count() * TILE);
        }
        Arrays.setAll(gradientRows, i -> (int) (at + area[i] * length[0]));
        return at + length[0] + length[1];
    }

    /** Makes room for tiles 0 to {@code tiles − 1} between their ways forth and back. */
    void prepare(int tiles) {
        bitLayers.prepare(tiles);
    }

    /** Takes {@code count} samples, those of {@code order} from {@code from} on, as tile {@code tile}. */
    void load(BitRows data, int[] order, int from, int count, float[] slab, int tile) {
        if (bitLayers.count() > 0) {
            bitLayers.load(data, order, from, count, tile);
        } else {
            data.load(order, from, count, slab, rows[0], rowOfBit);
        }
    }

    /** To the class sums. */
    void forward(float[] slab, int tile) {
        run(forward, slab, NO_SUMS, tile, false);
    }

    /** From the gradients of the class sums to sums of the gradients of all layers, by the chunk's {@code first} tile or not. */
    void backward(float[] slab, float[][] layerSums, int tile, boolean first) {
        run(backward, slab, layerSums, tile, first);
    }

    private static void run(List<Pass> passes, float[] slab, float[][] layerSums, int tile, boolean first) {
        for (Pass pass : passes) {
            pass.run(slab, layerSums, tile, first);
        }
    }

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
            int out = i == layers.size() - 1 ? deltaRows : gradientRows[i + 1];
            if (i < bitLayers.count()) {
                bitLayers.addBackward(i, out, gradientRows[i], passes);
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
                case TrainableLut layer -> luts(layer, i).addBackward(i, i > 0, out, gradientRows[i], passes);
                case TrainableConv layer -> passes.add(convs(layer, i).backward(i, out, gradientRows[i]));
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
        int inGradient = gradientRows[i];
        if (layer.wires.isPresent()) {
            Arrays.fill(slab, inGradient, inGradient + plan.inputRows * TILE, 0);
        }
        kernels.backward(plan, layer.coefficients, slab, rows[i], outGradient, inGradient, layerSums, first);
        plan.gradients.clearIdle(slab, inGradient);
    }
}
