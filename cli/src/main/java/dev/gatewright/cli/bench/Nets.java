package dev.gatewright.cli.bench;

import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.Connections;
import dev.gatewright.network.Wiring;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The networks that engines are measured on, of random gates: the same for the same seed.
 *
 * <p>Of a hundred gates 36 are AND with some inputs inverted, 28 OR likewise, 12 XOR or XNOR, 16 an input, 6 an
 * inverted input, 2 constants, as drawn; each kind evenly among its functions. That is the mixture of the prototypes
 * whose figures ours stand beside. It keeps two thirds of its gates through optimisation where the uniform mixture
 * keeps one third, so it is the harder one for an optimiser.
 */
public final class Nets {
    private static final int CLASSES = 10;
    private static final int WINDOW = 500;

    private static final int[] AND_LIKE = {
        TruthTable.AND, TruthTable.A_AND_NOT_B, TruthTable.B_AND_NOT_A, TruthTable.NOR
    };
    private static final int[] OR_LIKE = {TruthTable.OR, TruthTable.A_OR_NOT_B, TruthTable.B_OR_NOT_A, TruthTable.NAND};
    private static final int[] XOR_LIKE = {TruthTable.XOR, TruthTable.XNOR};
    private static final int[] WIRES = {TruthTable.A, TruthTable.B};
    private static final int[] INVERTERS = {TruthTable.NOT_A, TruthTable.NOT_B};
    private static final int[] CONSTANTS = {TruthTable.FALSE, TruthTable.TRUE};

    private Nets() {}

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return List.of("S", "L", "L-local", "C", "conv", "tiny", "tiny-conv");
    }

    /**
     * A network by name: {@code S}, 784 to 6 × 8,000; {@code L}, 784 to 6 × 64,000; {@code L-local}, the same with
     * layers after the first wired within windows of 500; {@code C}, 9,216 to 5 × 256,000; {@code conv}, the
     * convolutional network that is published for 28 × 28 pixels and 16 kernels; {@code tiny} and {@code tiny-conv},
     * for trying things out. All have ten classes.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RawNet named(String name, long seed) {
        return switch (name) {
            case "S" -> dense(seed, 784, 8000, 6, false);
            case "L" -> dense(seed, 784, 64_000, 6, false);
            case "L-local" -> dense(seed, 784, 64_000, 6, true);
            case "C" -> dense(seed, 9216, 256_000, 5, false);
            case "conv" -> ConvNet.published(seed, 16, 2, CLASSES);
            case "tiny" -> dense(seed, 64, 500, 3, false);
            case "tiny-conv" -> ConvNet.published(seed, 1, 1, CLASSES);
            default ->
                throw new IllegalArgumentException(
                        "no network is named " + name + "; there are " + String.join(", ", names()));
        };
    }

    /**
     * Dense layers of equal width, ten classes; {@code local} wires all layers but the first within windows of 500
     * wires, half of a window apart for the two inputs of a gate.
     */
    public static RawNet dense(long seed, int inputs, int width, int layers, boolean local) {
        RandomGenerator random = new SplittableRandom(seed);
        RawNetBuilder builder = new RawNetBuilder(inputs);
        int[] wires = new int[inputs];
        Arrays.setAll(wires, wire -> wire);
        for (int layer = 0; layer < layers; layer++) {
            Connections connections = local && layer > 0
                    ? windows(width, random)
                    : new Wiring.Random().connect(wires.length, width, random);
            wires = layer(builder, wires, connections, random);
        }
        return builder.build(CLASSES, wires);
    }

    /** A layer of random gates; its wires. */
    static int[] layer(RawNetBuilder builder, int[] wires, Connections connections, RandomGenerator random) {
        int[] next = new int[connections.gates()];
        for (int gate = 0; gate < next.length; gate++) {
            next[gate] = builder.gate(table(random), wires[connections.a(gate)], wires[connections.b(gate)]);
        }
        return next;
    }

    /** Draws a function from the mixture. */
    public static int table(RandomGenerator random) {
        int percent = random.nextInt(100);
        int[] kind = percent < 36
                ? AND_LIKE
                : percent < 64
                        ? OR_LIKE
                        : percent < 76 ? XOR_LIKE : percent < 92 ? WIRES : percent < 98 ? INVERTERS : CONSTANTS;
        return kind[random.nextInt(kind.length)];
    }

    /** Permutations within windows; those of the second inputs begin half a window later. */
    private static Connections windows(int width, RandomGenerator random) {
        return new Connections(width, shuffled(width, 0, random), shuffled(width, WINDOW / 2, random));
    }

    private static int[] shuffled(int width, int shift, RandomGenerator random) {
        int[] wires = new int[width];
        for (int from = 0; from < width; from += WINDOW) {
            int size = Math.min(WINDOW, width - from);
            for (int i = 0; i < size; i++) {
                int j = random.nextInt(i + 1);
                wires[from + i] = wires[from + j];
                wires[from + j] = (from + i + shift) % width;
            }
        }
        int[] turned = new int[width];
        for (int gate = 0; gate < width; gate++) {
            turned[(gate + shift) % width] = wires[gate];
        }
        return turned;
    }
}
