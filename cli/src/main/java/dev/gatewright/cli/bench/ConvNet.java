package dev.gatewright.cli.bench;

import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.Wiring;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A convolutional network of logic trees, unrolled: every kernel is a tree of seven gates over eight pixels of its
 * field, the same at each position; pooling is OR over 2 × 2 positions (Petersen et al., NeurIPS 2024).
 */
final class ConvNet {
    private static final int LEAVES = 8;
    private static final int TREE_CHANNELS = 2;

    private final RawNetBuilder builder;
    private final RandomGenerator random;
    /** A wire a pixel, channel after channel, row after row. */
    private int[] wires;

    private int channels;
    private int size;
    /** Constant false, for fields that reach beyond the picture. */
    private int outside = -1;

    private ConvNet(long seed, int size) {
        this.random = new SplittableRandom(seed);
        this.builder = new RawNetBuilder(size * size);
        this.size = size;
        this.channels = 1;
        this.wires = new int[size * size];
        java.util.Arrays.setAll(wires, wire -> wire);
    }

    /**
     * The layout published for MNIST: {@code k} kernels of 5 × 5 without border, 3k and 9k of 3 × 3 with a border of
     * zeros, each pooled, then dense layers of 1,280k, 640k and 320k times {@code factor}. With 16 kernels and
     * factor 2 it has 236,848 gates.
     */
    static RawNet published(long seed, int k, int factor, int classes) {
        ConvNet net = new ConvNet(seed, 28);
        net.convolve(k, 5, 0);
        net.pool();
        net.convolve(3 * k, 3, 1);
        net.pool();
        net.convolve(9 * k, 3, 1);
        net.pool();
        for (int width : new int[] {1280 * k * factor, 640 * k * factor, 320 * k * factor}) {
            net.wires = Nets.layer(
                    net.builder,
                    net.wires,
                    new Wiring.Random().connect(net.wires.length, width, net.random),
                    net.random);
        }
        return net.builder.build(classes, net.wires);
    }

    private record Leaf(int channel, int row, int column) {}

    private void convolve(int kernels, int field, int border) {
        int after = size + 2 * border - field + 1;
        int[] next = new int[kernels * after * after];
        for (int kernel = 0; kernel < kernels; kernel++) {
            Leaf[] leaves = leaves(field);
            int[] tables =
                    random.ints(LEAVES - 1).map(ignored -> Nets.table(random)).toArray();
            for (int row = 0; row < after; row++) {
                for (int column = 0; column < after; column++) {
                    next[(kernel * after + row) * after + column] = tree(leaves, tables, row - border, column - border);
                }
            }
        }
        wires = next;
        channels = kernels;
        size = after;
    }

    /** Eight places of the field, in at most two channels. */
    private Leaf[] leaves(int field) {
        int[] seen = random.ints(TREE_CHANNELS, 0, channels).toArray();
        Leaf[] leaves = new Leaf[LEAVES];
        for (int leaf = 0; leaf < LEAVES; leaf++) {
            leaves[leaf] = new Leaf(seen[random.nextInt(TREE_CHANNELS)], random.nextInt(field), random.nextInt(field));
        }
        return leaves;
    }

    private int tree(Leaf[] leaves, int[] tables, int row, int column) {
        int[] level = new int[LEAVES];
        for (int leaf = 0; leaf < LEAVES; leaf++) {
            level[leaf] = pixel(leaves[leaf].channel, row + leaves[leaf].row, column + leaves[leaf].column);
        }
        int gate = 0;
        for (int width = LEAVES / 2; width > 0; width /= 2) {
            for (int i = 0; i < width; i++) {
                level[i] = builder.gate(tables[gate++], level[2 * i], level[2 * i + 1]);
            }
        }
        return level[0];
    }

    private int pixel(int channel, int row, int column) {
        if (row < 0 || row >= size || column < 0 || column >= size) {
            if (outside < 0) {
                outside = builder.gate(TruthTable.FALSE, 0, 0);
            }
            return outside;
        }
        return wires[(channel * size + row) * size + column];
    }

    private void pool() {
        int after = size / 2;
        int[] next = new int[channels * after * after];
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < after; row++) {
                for (int column = 0; column < after; column++) {
                    int top = builder.gate(
                            TruthTable.OR,
                            pixel(channel, 2 * row, 2 * column),
                            pixel(channel, 2 * row, 2 * column + 1));
                    int bottom = builder.gate(
                            TruthTable.OR,
                            pixel(channel, 2 * row + 1, 2 * column),
                            pixel(channel, 2 * row + 1, 2 * column + 1));
                    next[(channel * after + row) * after + column] = builder.gate(TruthTable.OR, top, bottom);
                }
            }
        }
        wires = next;
        size = after;
    }
}
