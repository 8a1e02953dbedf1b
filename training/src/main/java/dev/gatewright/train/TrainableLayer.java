package dev.gatewright.train;

import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Layer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A layer of two-input gates. Parameters and optimiser state keep gates in the order of the trails, the wire a gate is
 * entered by as its first.
 */
final class TrainableLayer implements TrainableGates {
    final DenseLayer layer;
    final LayerPlan plan;
    final GateParameters gates;
    /** Of the gates that the passes compute with. */
    final float[] coefficients;

    /** The same, where each is one gate; else empty. */
    final int[] functions;

    /** The wires, where they are learnt. */
    final Optional<TrainableWires> wires;

    /** The {@code index}-th layer of its network. */
    TrainableLayer(int index, DenseLayer layer, LayerPlan plan, Optional<TrainableWires> wires, Kernels kernels) {
        this.layer = layer;
        this.wires = wires;
        this.plan = plan;
        this.gates = new GateParameters(
                index, layer.relaxation(), layer.estimator(), plan.order, plan.swapped, layer.parameters(), kernels);
        this.coefficients = gates.coefficients;
        this.functions = gates.functions;
    }

    /** {@link Trainable#weightLengths}. */
    static IntStream weightLengths(DenseLayer layer) {
        return IntStream.concat(
                IntStream.of(GateParameters.length(layer.gates(), layer.relaxation())),
                layer.learnedWires().stream().mapToInt(learned -> learned.logits().length));
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
        return plan.rowOfWire[wire];
    }

    @Override
    public GradientRows gradients() {
        return plan.gradients;
    }

    @Override
    public Optional<TrainableWires> wires() {
        return wires;
    }

    /** Whether the passes compute with one gate each, so that bits go in and come out. */
    boolean computesWithBits() {
        return functions.length > 0;
    }

    @Override
    public List<float[]> weights() {
        return wires.map(learned -> List.of(gates.live(), learned.logits())).orElse(List.of(gates.live()));
    }

    @Override
    public void weightsChanged() {
        gates.changed();
        wires.ifPresent(TrainableWires::choose);
    }

    @Override
    public void exportParameters() {
        gates.export(layer.parameters());
    }

    @Override
    public float[][] state() {
        return TrainableWires.with(wires, gates.state());
    }

    @Override
    public void restore(float[][] state) {
        gates.restore(state);
        wires.ifPresent(learned -> learned.restore(state));
    }
}
