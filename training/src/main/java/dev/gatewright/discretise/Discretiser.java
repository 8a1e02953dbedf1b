package dev.gatewright.discretise;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.WiredLayer;
import dev.gatewright.pass.DecomposeGates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** From a relaxed network to a circuit: every gate becomes the truth table its parameters favour. */
public final class Discretiser {
    private Discretiser() {}

    /**
     * The truth tables that the network's gates stand for now, layer after layer, {@link #tableBytes} a gate, the lowest
     * byte first.
     */
    public static byte[] tables(LogicNetwork network) {
        byte[] tables = new byte[length(network)];
        int at = 0;
        for (Layer layer : network.layers()) {
            int bytes = tableBytes(layer);
            for (int gate = 0; gate < layer.gates(); gate++) {
                long table = layer.table(gate);
                for (int i = 0; i < bytes; i++) {
                    tables[at++] = (byte) (table >>> 8 * i);
                }
            }
        }
        return tables;
    }

    /** Bytes of {@link #tables}. */
    public static int length(LogicNetwork network) {
        return network.layers().stream()
                .mapToInt(layer -> Math.multiplyExact(layer.gates(), tableBytes(layer)))
                .reduce(0, Math::addExact);
    }

    /** Bytes that a truth table of {@code layer} takes: 1 up to three inputs, then 2, 4 and 8. */
    public static int tableBytes(Layer layer) {
        return Math.max(1, (1 << layer.arity()) / 8);
    }

    /** The truth table of gate {@code gate} of {@code layer}, whose tables start at {@code from} in {@code tables}. */
    public static long table(Layer layer, int gate, byte[] tables, int from) {
        int bytes = tableBytes(layer);
        long table = 0;
        for (int i = 0; i < bytes; i++) {
            table |= (tables[from + gate * bytes + i] & 0xFFL) << 8 * i;
        }
        return table;
    }

    /**
     * The wires that the network's gates read now, gate after gate, each an input of the gate's layer; of convolutions
     * that learn their leaves, their places. Those of other convolutions, which the network itself keeps, are left out.
     */
    public static int[] wires(LogicNetwork network) {
        int[] wires = new int[wiresRead(network)];
        int at = 0;
        for (Layer layer : network.layers()) {
            int[] own = own(layer);
            System.arraycopy(own, 0, wires, at, own.length);
            at += own.length;
        }
        return wires;
    }

    private static int[] own(Layer layer) {
        return switch (layer) {
            case WiredLayer wired -> {
                int[] own = new int[wiresRead(layer)];
                Arrays.setAll(own, i -> wired.wire(i / layer.arity(), i % layer.arity()));
                yield own;
            }
            case ConvLayer conv -> conv.learnedLeaves().isPresent() ? Kernel.places(conv) : new int[0];
        };
    }

    private static int wiresRead(Layer layer) {
        return switch (layer) {
            case WiredLayer wired -> Math.multiplyExact(wired.gates(), wired.arity());
            case ConvLayer conv ->
                conv.learnedLeaves().map(leaves -> leaves.wires().gateInputs()).orElse(0);
        };
    }

    /** Entries of {@link #wires}. */
    public static int wiresRead(LogicNetwork network) {
        return network.layers().stream().mapToInt(Discretiser::wiresRead).reduce(0, Math::addExact);
    }

    /** The circuit that {@code network} stands for now, written out; see {@link #form(LogicNetwork, byte[], int[])}. */
    public static Circuit circuit(LogicNetwork network) {
        return form(network).flat();
    }

    /** The circuit of the network's wires of now with the given truth tables, written out. */
    public static Circuit circuit(LogicNetwork network, byte[] tables) {
        return form(network, tables, wires(network)).flat();
    }

    /** The circuit that {@code network} stands for now; see {@link #form(LogicNetwork, byte[], int[])}. */
    public static CircuitForm form(LogicNetwork network) {
        return form(network, tables(network), wires(network));
    }

    /**
     * The circuit of two-input gates of the given truth tables and wires: one output a gate of the last layer, in order.
     * Where the network has convolutions, each is a stage, as is each run of other layers. The builder has already
     * folded constants and pass-through gates and shared equal ones; larger gates are decomposed exactly. Takes time
     * linear in the gates.
     *
     * @throws IllegalArgumentException if there are more or fewer tables or wires than the gates need
     */
    public static CircuitForm form(LogicNetwork network, byte[] tables, int[] gateWires) {
        if (gateWires.length != wiresRead(network)) {
            throw new IllegalArgumentException(
                    gateWires.length + " wires for " + network.gates() + " gates, which read " + wiresRead(network));
        }
        if (tables.length != length(network)) {
            throw new IllegalArgumentException(tables.length + " bytes of tables for " + network.gates()
                    + " gates, which need " + length(network));
        }
        List<Stage> stages = new ArrayList<>();
        List<WiredLayer> run = new ArrayList<>();
        int atWire = 0;
        int atTable = 0;
        int runWire = 0;
        int runTable = 0;
        for (Layer layer : network.layers()) {
            switch (layer) {
                case WiredLayer wired -> run.add(wired);
                case ConvLayer conv -> {
                    if (!run.isEmpty()) {
                        stages.add(Stage.flat(circuit(run, tables, runTable, gateWires, runWire)));
                        run.clear();
                    }
                    boolean learned = conv.learnedLeaves().isPresent();
                    int[] places = learned ? gateWires : Kernel.places(conv);
                    stages.add(new Kernel(conv, tables, atTable, places, learned ? atWire : 0).stage());
                }
            }
            atWire += wiresRead(layer);
            atTable += layer.gates() * tableBytes(layer);
            if (run.isEmpty()) {
                runWire = atWire;
                runTable = atTable;
            }
        }
        if (!run.isEmpty()) {
            stages.add(Stage.flat(circuit(run, tables, runTable, gateWires, runWire)));
        }
        boolean flat = network.layers().stream().allMatch(WiredLayer.class::isInstance);
        return flat ? stages.getFirst().kernel() : new StagedCircuit(stages);
    }

    /** Layers that are written out, whose tables and wires start at the given places. */
    private static Circuit circuit(
            List<WiredLayer> layers, byte[] tables, int fromTable, int[] gateWires, int fromWire) {
        int arity = layers.stream().mapToInt(Layer::arity).max().orElseThrow();
        CircuitBuilder builder = new CircuitBuilder(layers.getFirst().inputs(), arity);
        int[] wires = new int[layers.getFirst().inputs()];
        for (int i = 0; i < wires.length; i++) {
            wires[i] = builder.input(i);
        }
        int atTable = fromTable;
        int atWire = fromWire;
        for (WiredLayer layer : layers) {
            wires = gates(builder, layer, tables, atTable, gateWires, atWire, wires);
            atWire += layer.gates() * layer.arity();
            atTable += layer.gates() * tableBytes(layer);
        }
        return new DecomposeGates().apply(builder.build(wires));
    }

    private static int[] gates(
            CircuitBuilder builder,
            WiredLayer layer,
            byte[] tables,
            int atTable,
            int[] gateWires,
            int atWire,
            int[] inputs) {
        int[] outputs = new int[layer.gates()];
        int[] reads = new int[layer.arity()];
        for (int gate = 0; gate < outputs.length; gate++) {
            for (int i = 0; i < reads.length; i++) {
                reads[i] = inputs[gateWires[atWire + gate * reads.length + i]];
            }
            outputs[gate] = builder.gate(table(layer, gate, tables, atTable), reads);
        }
        return outputs;
    }
}
