package dev.gatewright.bench;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.ConvShape;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.Planes;
import dev.gatewright.network.Window;
import dev.gatewright.network.WiredLayer;
import java.util.Arrays;
import java.util.List;

/**
 * Training as one would first write it: sample after sample, position after position, gate after gate, each gate a
 * {@linkplain SixteenLoops loop over sixteen functions}, every value kept for the way back. For networks of convolutions
 * and dense layers with fixed wires and sixteen logits a gate; one thread.
 */
final class ExplicitLoops {
    /** A layer, with the values of the last sample. */
    private interface Stage {
        float[] forward(float[] inputs);

        /** The gradients of the inputs of the last {@link #forward}. */
        float[] backward(float[] deltas);

        SixteenLoops gates();
    }

    private final LogicNetwork network;
    private final List<Stage> stages;

    ExplicitLoops(LogicNetwork network) {
        this.network = network;
        stages = network.layers().stream().map(ExplicitLoops::stage).toList();
    }

    private static Stage stage(Layer layer) {
        return switch (layer) {
            case ConvLayer conv -> new Convolution(conv);
            case WiredLayer wired -> new Dense(wired, new SixteenLoops(wired.parameters()));
        };
    }

    /** Forward, backward and an Adam update on the first {@code batch} samples; the mean cross-entropy before it. */
    double step(BitMatrix samples, int[] labels, int batch, float tau, float rate) {
        stages.forEach(stage -> stage.gates().begin());
        double loss = 0;
        for (int sample = 0; sample < batch; sample++) {
            float[] values = new float[network.inputs()];
            for (int i = 0; i < values.length; i++) {
                values[i] = samples.get(sample, i) ? 1 : 0;
            }
            for (Stage stage : stages) {
                values = stage.forward(values);
            }
            float[] deltas = new float[values.length];
            loss += loss(values, labels[sample], tau, batch, deltas);
            for (int i = stages.size() - 1; i >= 0; i--) {
                deltas = stages.get(i).backward(deltas);
            }
        }
        stages.forEach(stage -> stage.gates().end(rate));
        return loss / batch;
    }

    private double loss(float[] outputs, int label, float tau, int batch, float[] deltas) {
        double[] shares = new double[network.groups()];
        for (int i = 0; i < outputs.length; i++) {
            shares[i / network.outputsPerGroup()] += outputs[i] / tau;
        }
        double own = shares[label];
        Arrays.setAll(shares, i -> Math.exp(shares[i]));
        double total = Arrays.stream(shares).sum();
        for (int i = 0; i < deltas.length; i++) {
            int group = i / network.outputsPerGroup();
            deltas[i] = (float) ((shares[group] / total - (group == label ? 1 : 0)) / tau / batch);
        }
        return Math.log(total) - own;
    }

    private static final class Dense implements Stage {
        private final WiredLayer layer;
        private final SixteenLoops gates;
        private float[] inputs;

        Dense(WiredLayer layer, SixteenLoops gates) {
            this.layer = layer;
            this.gates = gates;
        }

        @Override
        public SixteenLoops gates() {
            return gates;
        }

        @Override
        public float[] forward(float[] values) {
            inputs = values;
            float[] outputs = new float[layer.gates()];
            for (int gate = 0; gate < outputs.length; gate++) {
                outputs[gate] = gates.value(gate, values[layer.wire(gate, 0)], values[layer.wire(gate, 1)]);
            }
            return outputs;
        }

        @Override
        public float[] backward(float[] deltas) {
            float[] back = new float[inputs.length];
            for (int gate = 0; gate < deltas.length; gate++) {
                int a = layer.wire(gate, 0);
                int b = layer.wire(gate, 1);
                gates.backward(gate, inputs[a], inputs[b], deltas[gate]);
                back[a] += gates.toA;
                back[b] += gates.toB;
            }
            return back;
        }
    }

    private static final class Convolution implements Stage {
        private final SixteenLoops gates;
        private final int inputs;
        private final int kernels;
        private final int leaves;
        private final int windows;
        private final int outputs;
        /** Leaf of a kernel, output, position of its window → the wire that is read, or none in the border. */
        private final int[] wires;
        /** Kernel, output, position → values of the nodes of the tree. */
        private final float[] nodes;

        private final int[] winners;

        Convolution(ConvLayer layer) {
            ConvShape shape = layer.shape();
            gates = new SixteenLoops(layer.parameters());
            inputs = layer.inputs();
            kernels = shape.kernels();
            leaves = shape.leaves();
            windows = shape.pool().size();
            outputs = layer.outputs() / kernels;
            wires = new int[kernels * leaves * outputs * windows];
            for (int i = 0; i < wires.length; i++) {
                int leaf = i / windows / outputs;
                Window position = shape.position(i / windows % outputs, i % windows);
                wires[i] = wire(shape, layer.place(leaf / leaves, leaf % leaves), position);
            }
            nodes = new float[kernels * outputs * windows * (2 * leaves - 1)];
            winners = new int[kernels * outputs];
        }

        private static int wire(ConvShape shape, int place, Window position) {
            Planes planes = shape.input();
            Window inField = shape.inField(place);
            int row = position.rows() * shape.stride().rows()
                    + inField.rows()
                    - shape.pad().rows();
            int column = position.columns() * shape.stride().columns()
                    + inField.columns()
                    - shape.pad().columns();
            boolean inside = row >= 0 && row < planes.rows() && column >= 0 && column < planes.columns();
            return inside ? (shape.plane(place) * planes.rows() + row) * planes.columns() + column : ConvLayer.BORDER;
        }

        @Override
        public SixteenLoops gates() {
            return gates;
        }

        @Override
        public float[] forward(float[] values) {
            float[] pooled = new float[kernels * outputs];
            for (int output = 0; output < pooled.length; output++) {
                pooled[output] = Float.NEGATIVE_INFINITY;
                for (int w = 0; w < windows; w++) {
                    float value = tree(output, w, values);
                    if (value > pooled[output]) {
                        pooled[output] = value;
                        winners[output] = w;
                    }
                }
            }
            return pooled;
        }

        private float tree(int output, int window, float[] values) {
            int kernel = output / outputs;
            int at = node(output, window);
            for (int leaf = 0; leaf < leaves; leaf++) {
                int wire = wires[leafAt(output, leaf, window)];
                nodes[at + leaf] = wire == ConvLayer.BORDER ? 0 : values[wire];
            }
            for (int gate = 0; gate < leaves - 1; gate++) {
                nodes[at + leaves + gate] =
                        gates.value(kernel * (leaves - 1) + gate, nodes[at + 2 * gate], nodes[at + 2 * gate + 1]);
            }
            return nodes[at + 2 * leaves - 2];
        }

        private int node(int output, int window) {
            return (output * windows + window) * (2 * leaves - 1);
        }

        private int leafAt(int output, int leaf, int window) {
            return ((output / outputs * leaves + leaf) * outputs + output % outputs) * windows + window;
        }

        @Override
        public float[] backward(float[] deltas) {
            float[] back = new float[inputs];
            float[] delta = new float[2 * leaves - 1];
            for (int output = 0; output < deltas.length; output++) {
                int window = winners[output];
                int at = node(output, window);
                delta[2 * leaves - 2] = deltas[output];
                for (int gate = leaves - 2; gate >= 0; gate--) {
                    gates.backward(
                            output / outputs * (leaves - 1) + gate,
                            nodes[at + 2 * gate],
                            nodes[at + 2 * gate + 1],
                            delta[leaves + gate]);
                    delta[2 * gate] = gates.toA;
                    delta[2 * gate + 1] = gates.toB;
                }
                for (int leaf = 0; leaf < leaves; leaf++) {
                    int wire = wires[leafAt(output, leaf, window)];
                    if (wire != ConvLayer.BORDER) {
                        back[wire] += delta[leaf];
                    }
                }
            }
            return back;
        }
    }
}
