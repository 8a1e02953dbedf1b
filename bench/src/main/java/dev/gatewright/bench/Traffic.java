package dev.gatewright.bench;

import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Estimator;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;

/**
 * Bytes that a training step reads and writes, from the layout of the kernels, each row counted once where a gate and
 * its neighbour on the trail share it: forward a read and a write, backward two reads and, but for the first layer, a
 * write of the input gradient, to the row just read but for the last layer, which reads it too; each parameter and
 * moment once a batch. Lines fetched only to be overwritten are not counted, as in {@link Bandwidth}. Values that are
 * bits take a word where others take a row.
 */
final class Traffic {
    /** Samples that share one reading of a gate's coefficients and one addition to its sums. */
    private static final int TILE = 32;

    private static final int COEFFICIENTS = 4;
    private static final int SUMS = 8;

    private Traffic() {}

    /** Bytes a sample, in batches of {@code batch}. */
    static double bytesPerSample(LogicNetwork network, int batch) {
        double floats = 0;
        int last = network.layers().size() - 1;
        for (int i = 0; i <= last; i++) {
            Layer layer = network.layers().get(i);
            double gates = layer.gates();
            double value = computesWithBits(layer) ? 1.0 / Float.SIZE : 1;
            double forward = value * (layer.inputs() + (i < last ? gates : 0));
            double backward =
                    value * layer.inputs() + (i < last ? gates : 0) + inputGradients(i, last) * layer.inputs();
            double perTile = gates * (2 * COEFFICIENTS + 2 * SUMS);
            double perBatch = gates * (COEFFICIENTS + 6.0 * layer.parametersPerGate());
            floats += forward + backward + perTile / TILE + perBatch / batch;
        }
        return floats * Float.BYTES;
    }

    /** Rows of an input's gradient that are read or written, besides the output's. */
    private static double inputGradients(int layer, int last) {
        return layer == 0 ? 0 : layer < last ? 1 : 2;
    }

    private static boolean computesWithBits(Layer layer) {
        return layer instanceof DenseLayer dense && dense.estimator().forward() != Estimator.Forward.SOFT;
    }
}
