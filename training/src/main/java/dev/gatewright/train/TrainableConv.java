package dev.gatewright.train;

import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A convolution with logic trees: the gates of its kernels, kernel after kernel. */
final class TrainableConv implements TrainableGates {
    final ConvPlan plan;
    private final ConvLayer layer;
    private final GateParameters gates;

    /** The {@code index}-th layer of its network. */
    TrainableConv(int index, ConvLayer layer, ConvPlan plan, Kernels kernels) {
        this.layer = layer;
        this.plan = plan;
        int[] order = new int[layer.gates()];
        Arrays.setAll(order, gate -> gate);
        this.gates = new GateParameters(
                index,
                layer.relaxation(),
                layer.estimator(),
                order,
                new boolean[order.length],
                layer.parameters(),
                kernels);
    }

    /** {@link Trainable#weightLengths}. */
    static IntStream weightLengths(ConvLayer layer) {
        return IntStream.of(GateParameters.length(layer.gates(), layer.relaxation()));
    }

    /** Of the gates that the passes compute with. */
    float[] coefficients() {
        return gates.coefficients;
    }

    @Override
    public GateParameters gates() {
        return gates;
    }

    @Override
    public Layer layer() {
        return layer;
    }

    @Override
    public int inputRows() {
        return plan.inputRows;
    }

    @Override
    public int rowOfWire(int wire) {
        return plan.rowOfWire(wire);
    }

    @Override
    public Optional<TrainableWires> wires() {
        return Optional.empty();
    }

    @Override
    public List<float[]> weights() {
        return List.of(gates.live());
    }

    @Override
    public void weightsChanged() {
        gates.changed();
    }

    @Override
    public void exportParameters() {
        gates.export(layer.parameters());
    }

    @Override
    public float[][] state() {
        return gates.state();
    }

    @Override
    public void restore(float[][] state) {
        gates.restore(state);
    }
}
