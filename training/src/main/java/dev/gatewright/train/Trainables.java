package dev.gatewright.train;

import dev.gatewright.network.Connections;
import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.LutLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Plans the layers of a network from the last to the first, for where a layer writes depends on how the next one reads.
 */
final class Trainables {
    private Trainables() {}

    /** Layer after layer. */
    static List<Trainable> of(LogicNetwork network, Kernels kernels, int threads) {
        List<Trainable> layers = new ArrayList<>();
        int group = network.outputsPerGroup();
        Trainable next = null;
        for (int i = network.layers().size() - 1; i >= 0; i--) {
            Trainable reader = next;
            IntUnaryOperator outputRow = gate -> reader == null ? gate / group : reader.rowOfWire(gate);
            GradientRows outputs =
                    reader == null ? GradientRows.ofGroups(network.outputs(), group) : reader.gradients();
            boolean first = i == 0;
            boolean inPlace = reader != null && !first;
            int index = i;
            next = switch (network.layers().get(i)) {
                case DenseLayer layer -> {
                    LayerPlan plan = plan(layer, first, inPlace, outputRow, outputs);
                    Optional<TrainableWires> wires = layer.learnedWires()
                            .map(learned ->
                                    new TrainableWires(learned, plan.inputRows, plan::read, kernels.wires(), threads));
                    yield new TrainableLayer(index, layer, plan, wires, kernels);
                }
                case LutLayer layer -> {
                    IntUnaryOperator row = reader == null ? gate -> gate : outputRow;
                    LutPlan plan = new LutPlan(layer, row, outputs);
                    Optional<TrainableWires> wires = layer.learnedWires()
                            .map(learned ->
                                    new TrainableWires(learned, plan.inputRows, plan::read, kernels.wires(), threads));
                    yield new TrainableLut(layer, plan, wires, kernels.luts());
                }
                case ConvLayer layer -> {
                    IntUnaryOperator row = reader == null ? wire -> wire : outputRow;
                    yield new TrainableConv(index, layer, new ConvPlan(layer, row, outputs), kernels, threads);
                }
            };
            layers.add(next);
        }
        Collections.reverse(layers);
        return List.copyOf(layers);
    }

    private static LayerPlan plan(
            DenseLayer layer, boolean first, boolean inPlace, IntUnaryOperator outputRow, GradientRows outputs) {
        if (layer.learnedWires().isPresent()) {
            return new LayerPlan(layer.inputs(), layer.gates(), outputRow, outputs);
        }
        Connections connections = layer.connections();
        Trails trails = Trails.of(connections);
        GradientRows inputs =
                inPlace ? GradientRows.inPlace(connections, trails, outputs) : GradientRows.byVisit(trails);
        return new LayerPlan(connections, trails, !first, outputRow, inputs, outputs);
    }
}
