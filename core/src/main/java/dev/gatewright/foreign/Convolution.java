package dev.gatewright.foreign;

import dev.gatewright.model.FormatException;
import java.util.Arrays;

/**
 * A layer of logic trees of torchlogix, as its state has it.
 *
 * @param kernels how many trees there are a position
 * @param leaves wires that a tree reads
 * @param arity inputs of its gates
 * @param rows positions downwards
 * @param columns positions across
 * @param stride between positions; 1 where there is only one
 * @param field rows and columns that a tree reaches over
 * @param places of each leaf of each kernel at the first position: row, column and channel of the padded images
 * @param tables level after level, each node after node, each kernel after kernel
 */
record Convolution(
        String name,
        int kernels,
        int leaves,
        int arity,
        int rows,
        int columns,
        int stride,
        int field,
        int[] places,
        long[][] tables) {
    private static final int MAX_FIELD = 1024;

    /** How a layer's numbers become tables. */
    @FunctionalInterface
    interface Tables {
        long[] of(String name, double[] numbers, int columns, int arity) throws FormatException;
    }

    static Convolution read(String name, Contents contents, Tables tables) throws FormatException {
        Tensor indices = contents.tensor(name + ".connections._indices_L0");
        int[] shape = indices.shape();
        if (shape.length != 5 || shape[4] != 3 || indices.elements() == 0 || shape[0] > 6) {
            throw new FormatException("layer " + name + " has leaves of shape " + Arrays.toString(shape)
                    + "; expected arity, kernels, positions, nodes and 3 (convolutions in two dimensions)");
        }
        int arity = shape[0];
        int kernels = shape[1];
        int positions = shape[2];
        int nodes = shape[3];
        int[] all = indices.ints();
        int step = nodes * 3;
        int columns = 1;
        while (columns < positions && all[columns * step] == all[0]) {
            columns++;
        }
        int rows = positions / columns;
        int stride = columns > 1 ? all[step + 1] - all[1] : rows > 1 ? all[columns * step] - all[0] : 1;
        int[] places = new int[kernels * nodes * arity * 3];
        int field = 0;
        for (int kernel = 0; kernel < kernels; kernel++) {
            for (int leaf = 0; leaf < nodes * arity; leaf++) {
                int from = ((leaf % arity * kernels + kernel) * positions * nodes + leaf / arity) * 3;
                for (int i = 0; i < 3; i++) {
                    places[(kernel * nodes * arity + leaf) * 3 + i] = all[from + i];
                    field = i < 2 ? Math.max(field, all[from + i] + 1) : field;
                }
            }
        }
        Convolution made = new Convolution(
                name,
                kernels,
                nodes * arity,
                arity,
                rows,
                columns,
                stride,
                field,
                places,
                levels(name, contents, tables, arity, kernels, nodes));
        made.check(all);
        return made;
    }

    private static long[][] levels(String name, Contents contents, Tables tables, int arity, int kernels, int nodes)
            throws FormatException {
        int depth = 0;
        while (contents.has(name + ".tree_weights." + depth)) {
            depth++;
        }
        long[][] levels = new long[depth][];
        int expected = nodes;
        for (int level = 0; level < depth; level++) {
            Tensor weights = contents.tensor(name + ".tree_weights." + level);
            if (weights.dimensions() != 3 || weights.size(0) != expected || weights.size(1) != kernels) {
                throw new FormatException("layer " + name + " has trees of shape " + Arrays.toString(weights.shape())
                        + " at level " + level + "; expected " + expected + " nodes of " + kernels + " kernels");
            }
            levels[level] = tables.of(name, weights.doubles(), weights.size(2), arity);
            expected /= arity;
        }
        if (arity < 2 || Math.pow(arity, depth - 1) != nodes) {
            throw new FormatException("layer " + name + " has trees of " + depth + " levels over " + nodes + " nodes");
        }
        return levels;
    }

    /** All positions must be the first one moved: torchlogix makes no others. */
    private void check(int[] all) throws FormatException {
        int positions = rows * columns;
        int nodes = leaves / arity;
        for (int i = 0; i < all.length; i += 3) {
            int node = i / 3 % nodes;
            int position = i / 3 / nodes % positions;
            int kernel = i / 3 / nodes / positions % kernels;
            int input = i / 3 / nodes / positions / kernels;
            int at = (kernel * leaves + node * arity + input) * 3;
            if (stride < 1
                    || Math.max(stride, field) > MAX_FIELD
                    || places[at + 2] < 0
                    || all.length != 3 * nodes * positions * kernels * arity
                    || places[at] < 0
                    || places[at + 1] < 0
                    || all[i] != places[at] + position / columns * stride
                    || all[i + 1] != places[at + 1] + position % columns * stride
                    || all[i + 2] != places[at + 2]) {
                throw new FormatException("layer " + name + " has leaves that do not move evenly over the image");
            }
        }
    }
}
