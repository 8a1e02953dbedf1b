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
    private final Optional<TrainableLeaves> leaves;

    /** The {@code index}-th layer of its network. */
    TrainableConv(int index, ConvLayer layer, ConvPlan plan, Kernels kernels, int threads) {
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
        this.leaves = layer.learnedLeaves()
                .map(learned -> new TrainableLeaves(layer, plan, gates.sums(), kernels.wires(), threads));
    }

    /** {@link Trainable#weightLengths}. */
    static IntStream weightLengths(ConvLayer layer) {
        return IntStream.concat(
                IntStream.of(GateParameters.length(layer.gates(), layer.relaxation())),
                layer.learnedWires().stream().mapToInt(learned -> learned.logits().length));
    }

    /** The leaves, where they are learnt. */
    Optional<TrainableLeaves> leaves() {
        return leaves;
    }

    @Override
    public int sums() {
        return gates.sums() + leaves.map(TrainableLeaves::sums).orElse(0);
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
    public GradientRows gradients() {
        int[] rows = new int[layer.inputs()];
        Arrays.setAll(rows, plan::rowOfWire);
        return new GradientRows(rows, plan.inputRows, false, new int[0]);
    }

    @Override
    public Optional<TrainableWires> wires() {
        return leaves.map(learned -> learned.wires);
    }

    @Override
    public List<float[]> weights() {
        return wires().map(learned -> List.of(gates.live(), learned.logits())).orElse(List.of(gates.live()));
    }

    @Override
    public void weightsChanged() {
        gates.changed();
        wires().ifPresent(TrainableWires::choose);
    }

    @Override
    public void exportParameters() {
        gates.export(layer.parameters());
    }

    @Override
    public float[][] state() {
        return TrainableWires.with(wires(), gates.state());
    }

    @Override
    public void restore(float[][] state) {
        gates.restore(state);
        wires().ifPresent(learned -> learned.restore(state));
    }
}
