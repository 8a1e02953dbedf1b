package dev.gatewright.foreign;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.model.FormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Layers of gates, each reading the outputs of the one before, as all of the systems read here have them. */
final class GateLayers {
    /** Gates of {@code arity} wires each: {@code wires} gate after gate, tables in our convention. */
    record Layer(String name, int arity, int[] wires, long[] tables) {
        Layer {
            if (wires.length != (long) arity * tables.length) {
                throw new IllegalArgumentException(
                        wires.length + " wires for " + tables.length + " gates of " + arity + " inputs");
            }
        }

        /** One more than the last wire read. */
        int width() {
            int most = 0;
            for (int wire : wires) {
                most = Math.max(most, wire + 1);
            }
            return most;
        }
    }

    private final List<Layer> layers = new ArrayList<>();

    /**
     * Adds a layer.
     *
     * @throws FormatException if it reads a wire that the layer before does not have
     */
    void add(Layer layer) throws FormatException {
        int most = layers.isEmpty() ? Integer.MAX_VALUE : layers.getLast().tables().length;
        check(layer, most);
        layers.add(layer);
    }

    private static void check(Layer layer, int most) throws FormatException {
        for (int i = 0; i < layer.wires().length; i++) {
            int wire = layer.wires()[i];
            if (wire < 0 || wire >= most) {
                throw new FormatException("layer " + layer.name() + ": gate " + i / layer.arity() + " reads wire "
                        + wire + " where " + most + " come in");
            }
        }
    }

    List<Layer> layers() {
        return layers;
    }

    /** Wires that the first layer needs at least. */
    int width() {
        return layers.getFirst().width();
    }

    int outputs() {
        return layers.getLast().tables().length;
    }

    long gates() {
        return layers.stream().mapToLong(layer -> layer.tables().length).sum();
    }

    int arity() {
        return layers.stream().mapToInt(Layer::arity).max().orElse(2);
    }

    /** The circuit of these layers. */
    Circuit circuit(int inputs) throws FormatException {
        return circuit(inputs, outputs());
    }

    /** The circuit of these layers, with false outputs after theirs until there are {@code outputs}. */
    Circuit circuit(int inputs, int outputs) throws FormatException {
        CircuitBuilder builder = new CircuitBuilder(inputs, Math.max(2, arity()));
        int[] wires = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            wires[i] = builder.input(i);
        }
        return builder.build(Arrays.copyOf(build(builder, wires), outputs));
    }

    /** The wires of the last layer's gates, given those that the first one reads. */
    int[] build(CircuitBuilder builder, int[] from) throws FormatException {
        int[] wires = from;
        check(layers.getFirst(), wires.length);
        for (Layer layer : layers) {
            int[] outputs = new int[layer.tables().length];
            int[] reads = new int[layer.arity()];
            for (int gate = 0; gate < outputs.length; gate++) {
                for (int i = 0; i < reads.length; i++) {
                    reads[i] = wires[layer.wires()[gate * reads.length + i]];
                }
                outputs[gate] = builder.gate(layer.tables()[gate], reads);
            }
            wires = outputs;
        }
        return wires;
    }
}
