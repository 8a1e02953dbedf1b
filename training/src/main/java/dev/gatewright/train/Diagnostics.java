package dev.gatewright.train;

import dev.gatewright.discretise.Discretiser;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import java.util.ArrayList;
import java.util.List;

/** Examines a network between two steps; takes time linear in its gates. */
final class Diagnostics {
    private Diagnostics() {}

    /**
     * The health of a network.
     *
     * @param tables as {@link Discretiser#tables} gives them
     * @param norms what {@link #gradientNorms} gave
     */
    static Diagnosis examine(
            double gap, LogicNetwork network, byte[] tables, List<Trainable> layers, List<Double> norms) {
        int constant = 0;
        int passThrough = 0;
        int from = 0;
        for (Layer layer : network.layers()) {
            for (int gate = 0; gate < layer.gates(); gate++) {
                long table = Discretiser.table(layer, gate, tables, from);
                int read = 0;
                for (int i = 0; i < layer.arity(); i++) {
                    read += TruthTable.dependsOn(table, layer.arity(), i) ? 1 : 0;
                }
                constant += read == 0 ? 1 : 0;
                passThrough += read == 1 ? 1 : 0;
            }
            from += layer.gates() * Discretiser.tableBytes(layer);
        }
        List<Integer> undecided = layers.stream().map(Trainable::undecided).toList();
        return new Diagnosis(
                gap, network.gates(), undecided, constant, passThrough, DeadGates.count(network, tables), norms);
    }

    /** Whether an expected output is neither surely false nor surely true. */
    static boolean open(float corner) {
        return corner > Diagnosis.SURE_FALSE && corner < Diagnosis.SURE_TRUE;
    }

    /** {@link Diagnosis#gradientNorms} of the step just taken, on {@code batch} samples. */
    static List<Double> gradientNorms(Stepper stepper, int batch) {
        List<Double> norms = new ArrayList<>();
        for (int i = 0; i < stepper.layers().size(); i++) {
            Trainable layer = stepper.layers().get(i);
            float[][] sums = stepper.sumsOf(i, batch);
            double squares = layer.squaredGradients(sums);
            norms.add(Math.sqrt(squares / layer.layer().gates()));
        }
        return List.copyOf(norms);
    }

    /** The first layer of which a parameter or a gate is not finite, counted from 1; 0 where all are. */
    static int brokenLayer(List<Trainable> layers) {
        for (int i = 0; i < layers.size(); i++) {
            if (!layers.get(i).weights().stream().allMatch(Diagnostics::finite)
                    || !finite(layers.get(i).expected())) {
                return i + 1;
            }
        }
        return 0;
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
