package dev.gatewright.bench;

import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.cli.bench.Nets;
import dev.gatewright.discretise.Discretiser;
import dev.gatewright.encode.Encoder;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.network.Planes;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The published convolutional networks (Petersen et al., NeurIPS 2024) with random kernels: wires as a network is drawn,
 * functions from the mixture of {@link Nets}.
 *
 * @param colours planes of a picture
 * @param side rows and columns of a picture
 * @param thresholds bits of a pixel
 * @param text the network
 */
record ConvNets(String name, int colours, int side, int thresholds, String text) {
    private static final int CLASSES = 10;

    /** @throws IllegalArgumentException if no network has this name */
    static ConvNets named(String name) {
        return switch (name) {
            case "mnist-s" -> mnist(name, 16, 2);
            case "mnist-m" -> mnist(name, 64, 2);
            case "mnist-l" -> mnist(name, 256, 1);
            case "cifar10-s" -> cifar(name, 32, 1, 3);
            case "cifar10-m" -> cifar(name, 256, 1, 3);
            case "cifar10-b" -> cifar(name, 512, 2, 31);
            case "cifar10-g" -> cifar(name, 2560, 1, 31);
            default ->
                throw new IllegalArgumentException("no network is named " + name
                        + "; there are mnist-s, mnist-m, mnist-l, cifar10-s, cifar10-m, cifar10-b, cifar10-g");
        };
    }

    private static ConvNets mnist(String name, int k, int factor) {
        return new ConvNets(
                name, 1, 28, 1, conv(k, 5, 0) + conv(3 * k, 3, 1) + conv(9 * k, 3, 1) + dense(1280 * k * factor));
    }

    private static ConvNets cifar(String name, int k, int factor, int thresholds) {
        String text = conv(k, 3, 1) + conv(4 * k, 3, 1) + conv(16 * k, 3, 1) + conv(32 * k, 3, 1);
        return new ConvNets(name, 3, 32, thresholds, text + dense(1280 * k * factor));
    }

    private static String conv(int kernels, int field, int pad) {
        return "conv:kernels=" + kernels + ",field=" + field + ",depth=3,pad=" + pad
                + ",relaxation=light | orpool:2 | ";
    }

    private static String dense(int gates) {
        return "dense:" + gates + "," + gates / 2 + "," + gates / 4 + ",relaxation=light | groupsum";
    }

    Encoder encoder() {
        int pixels = colours * side * side;
        int[] columns = new int[pixels * thresholds];
        float[] values = new float[columns.length];
        for (int bit = 0; bit < columns.length; bit++) {
            columns[bit] = bit % pixels;
            values[bit] = 256f * (bit / pixels + 1) / (thresholds + 1);
        }
        return new Encoder(new Encoder.Inputs.Pixels(colours, side, side), columns, new byte[columns.length], values);
    }

    /** The network with the parameters with which training starts. */
    LogicNetwork network(long seed) {
        Planes planes = new Planes(colours * thresholds, side, side);
        return NetworkSpec.parse(text).network(planes.size(), Optional.of(planes), CLASSES, new SplittableRandom(seed));
    }

    /** The circuit of random functions, before any optimisation. */
    static CircuitForm circuit(LogicNetwork network, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] tables = new byte[Discretiser.length(network)];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = (byte) Nets.table(random);
        }
        return Discretiser.form(network, tables, Discretiser.wires(network));
    }

    /** Names of all networks that fit a machine of a few gigabytes written out. */
    static List<String> measured() {
        return List.of("mnist-s", "mnist-m", "mnist-l", "cifar10-s", "cifar10-m");
    }
}
