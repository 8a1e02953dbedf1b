package dev.gatewright.network;

import java.util.List;

/**
 * A relaxed network: layers of gates, the last of which is read in contiguous groups of equal size, one a class (one
 * in all for regression).
 */
public record LogicNetwork(int inputs, List<Layer> layers, int groups) {
    /** @throws IllegalArgumentException if the layers do not fit each other or the groups */
    public LogicNetwork {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network without layers");
        }
        int width = inputs;
        for (Layer layer : layers) {
            if (layer.inputs() != width) {
                throw new IllegalArgumentException("a layer over " + layer.inputs() + " wires after one of " + width);
            }
            width = layer.outputs();
        }
        if (groups < 1 || width % groups != 0) {
            throw new IllegalArgumentException(width + " outputs do not divide into " + groups + " groups");
        }
    }

    /** Gates that are learnt, of all layers; one that stands at many positions of an image counts once. */
    public int gates() {
        return layers.stream().mapToInt(Layer::gates).sum();
    }

    /** Gates of the network written out as a circuit, before any simplification. */
    public long unrolledGates() {
        return layers.stream().mapToLong(Layer::unrolledGates).sum();
    }

    /** Wires that the last layer gives. */
    public int outputs() {
        return layers.getLast().outputs();
    }

    public int outputsPerGroup() {
        return outputs() / groups;
    }
}
