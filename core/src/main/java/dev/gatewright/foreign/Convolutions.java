package dev.gatewright.foreign;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.encode.Encoder;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.model.FormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions one after the other, some followed by pooling of two by two, then dense layers. The state of torchlogix
 * says neither padding nor pooling; both follow from what the layers must have read.
 */
final class Convolutions {
    private static final long MAX_GATES = 200_000_000;

    /** What a convolution reads: images of {@code channels} planes, with a border of {@code padding} false bits. */
    private record Step(
            Convolution layer, int channels, int height, int width, int padding, boolean pooled, int border) {
        int poolRows() {
            return pooled ? (layer.rows() + 2 * border - 2) / 2 + 1 : layer.rows();
        }

        int poolColumns() {
            return pooled ? (layer.columns() + 2 * border - 2) / 2 + 1 : layer.columns();
        }

        int size() {
            return layer.kernels() * poolRows() * poolColumns();
        }
    }

    private final List<Step> steps;
    private final GateLayers dense;

    private Convolutions(List<Step> steps, GateLayers dense) {
        this.steps = steps;
        this.dense = dense;
    }

    /**
     * Finds the paddings and borders that fit.
     *
     * @param places of the convolutions among the modules, and of the first dense layer
     * @param bits that a pixel of a channel has
     * @throws FormatException if none fit
     */
    static Convolutions plan(
            List<Convolution> layers, int[] places, Encoder.Inputs.Pixels image, int bits, GateLayers dense)
            throws FormatException {
        List<Step> steps = new ArrayList<>();
        Search search = new Search(layers, places, dense.width(), steps);
        int channels = image.channels() * bits;
        // Wiring usually leaves no input unread, so that a size that is exact comes first.
        if (!search.fit(0, channels, image.height(), image.width(), true)
                && !search.fit(0, channels, image.height(), image.width(), false)) {
            throw new FormatException("has convolutions that do not fit images of " + image.channels() + "×"
                    + image.height() + "×" + image.width() + " with " + bits + " bits a pixel, whatever the padding");
        }
        Convolutions found = new Convolutions(steps, dense);
        if (found.gates() > MAX_GATES) {
            throw new FormatException("has " + found.gates() + " gates once its convolutions are unrolled; up to "
                    + MAX_GATES + " are read");
        }
        return found;
    }

    /** Tries borders from the first layer on. */
    private record Search(List<Convolution> layers, int[] places, int most, List<Step> steps) {
        boolean fit(int at, int channels, int height, int width, boolean exact) {
            if (at == layers.size()) {
                long size = (long) channels * height * width;
                return exact ? size == most : size >= most;
            }
            Convolution layer = layers.get(at);
            // Flatten stands before the dense layers.
            int between = places[at + 1] - places[at] - 1 - (at + 1 == layers.size() ? 1 : 0);
            int padding = padding(layer, height, width);
            if (padding < 0 || between < 0 || between > 1 || reaches(layer) > channels) {
                return false;
            }
            for (int border = 0; border <= between; border++) {
                Step step = new Step(layer, channels, height, width, padding, between == 1, border);
                steps.add(step);
                if (fit(at + 1, layer.kernels(), step.poolRows(), step.poolColumns(), exact)) {
                    return true;
                }
                steps.removeLast();
            }
            return false;
        }
    }

    private static int reaches(Convolution layer) {
        int most = 0;
        for (int i = 2; i < layer.places().length; i += 3) {
            most = Math.max(most, layer.places()[i] + 1);
        }
        return most;
    }

    /** The padding with which the layer has the rows and columns that it has, or −1. */
    private static int padding(Convolution layer, int height, int width) {
        for (int padding = 0; padding <= layer.field(); padding++) {
            int rows = (height + 2 * padding - layer.field()) / layer.stride() + 1;
            int columns = (width + 2 * padding - layer.field()) / layer.stride() + 1;
            if (rows == layer.rows() && columns == layer.columns()) {
                return padding;
            }
        }
        return -1;
    }

    int inputs() {
        Step first = steps.getFirst();
        return first.channels() * first.height() * first.width();
    }

    long gates() {
        long gates = 0;
        for (Step step : steps) {
            Convolution layer = step.layer();
            long nodes = (layer.leaves() - 1L) / (layer.arity() - 1);
            gates += (long) layer.rows() * layer.columns() * layer.kernels() * nodes;
            gates += step.pooled() ? 3L * step.size() : 0;
        }
        return gates;
    }

    Circuit circuit(int inputs) throws FormatException {
        int arity = Math.max(2, dense.arity());
        for (Step step : steps) {
            arity = Math.max(arity, step.layer().arity());
        }
        CircuitBuilder builder = new CircuitBuilder(inputs, arity);
        int[] wires = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            wires[i] = builder.input(i);
        }
        for (Step step : steps) {
            int[] trees = trees(step, builder, wires);
            wires = step.pooled() ? pool(step, builder, trees) : trees;
        }
        return builder.build(dense.build(builder, wires));
    }

    private static int[] trees(Step step, CircuitBuilder builder, int[] wires) {
        Convolution layer = step.layer();
        int positions = layer.rows() * layer.columns();
        int[] outputs = new int[layer.kernels() * positions];
        int[] nodes = new int[layer.leaves()];
        for (int kernel = 0; kernel < layer.kernels(); kernel++) {
            for (int position = 0; position < positions; position++) {
                for (int leaf = 0; leaf < nodes.length; leaf++) {
                    nodes[leaf] = leaf(step, kernel, position, leaf, wires);
                }
                outputs[kernel * positions + position] = tree(layer, kernel, nodes, builder);
            }
        }
        return outputs;
    }

    private static int leaf(Step step, int kernel, int position, int leaf, int[] wires) {
        Convolution layer = step.layer();
        int at = (kernel * layer.leaves() + leaf) * 3;
        int y = layer.places()[at] + position / layer.columns() * layer.stride() - step.padding();
        int x = layer.places()[at + 1] + position % layer.columns() * layer.stride() - step.padding();
        boolean inside = y >= 0 && y < step.height() && x >= 0 && x < step.width();
        return inside ? wires[(layer.places()[at + 2] * step.height() + y) * step.width() + x] : 0;
    }

    private static int tree(Convolution layer, int kernel, int[] leaves, CircuitBuilder builder) {
        int[] nodes = leaves.clone();
        int[] reads = new int[layer.arity()];
        int count = nodes.length / reads.length;
        for (long[] tables : layer.tables()) {
            for (int node = 0; node < count; node++) {
                System.arraycopy(nodes, node * reads.length, reads, 0, reads.length);
                nodes[node] = builder.gate(tables[node * layer.kernels() + kernel], reads);
            }
            count /= reads.length;
        }
        return nodes[0];
    }

    private static int[] pool(Step step, CircuitBuilder builder, int[] wires) {
        Convolution layer = step.layer();
        int rows = step.poolRows();
        int columns = step.poolColumns();
        int[] outputs = new int[step.size()];
        for (int i = 0; i < outputs.length; i++) {
            int kernel = i / columns / rows;
            int y = i / columns % rows * 2 - step.border();
            int x = i % columns * 2 - step.border();
            for (int place = 0; place < 4; place++) {
                int row = y + place / 2;
                int column = x + place % 2;
                if (row >= 0 && row < layer.rows() && column >= 0 && column < layer.columns()) {
                    int wire = wires[(kernel * layer.rows() + row) * layer.columns() + column];
                    outputs[i] = builder.gate(TruthTable.OR, outputs[i], wire);
                }
            }
        }
        return outputs;
    }
}
