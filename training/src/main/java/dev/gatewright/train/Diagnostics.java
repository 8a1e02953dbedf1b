package dev.gatewright.train;

import dev.gatewright.network.Connections;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.relax.Relaxation;
import java.util.ArrayList;
import java.util.List;

/** Examines a network between two steps; takes time linear in its gates. */
final class Diagnostics {
    private static final int LANES = Kernels.LANES;

    private Diagnostics() {}

    /**
     * The health of a network.
     *
     * @param tables one truth table a gate, layer after layer
     * @param norms what {@link #gradientNorms} gave
     */
    static Diagnosis examine(
            double gap, LogicNetwork network, byte[] tables, List<TrainableLayer> layers, List<Double> norms) {
        int constant = 0;
        int passThrough = 0;
        for (byte table : tables) {
            boolean a = dependsOnFirst(table);
            boolean b = dependsOnSecond(table);
            constant += !a && !b ? 1 : 0;
            passThrough += a != b ? 1 : 0;
        }
        int undecided = layers.stream().mapToInt(Diagnostics::undecided).sum();
        return new Diagnosis(gap, tables.length, undecided, constant, passThrough, dead(network, tables), norms);
    }

    private static boolean dependsOnFirst(int table) {
        return (table & 0b0101) != (table >> 1 & 0b0101);
    }

    private static boolean dependsOnSecond(int table) {
        return (table & 0b0011) != (table >> 2 & 0b0011);
    }

    private static int undecided(TrainableLayer layer) {
        float[] c = layer.expected();
        int undecided = 0;
        for (int k = 0; k < layer.plan.gates; k++) {
            int at = k * Kernels.COEFFICIENTS;
            boolean open = open(c[at])
                    || open(c[at] + c[at + 1])
                    || open(c[at] + c[at + 2])
                    || open(c[at] + c[at + 1] + c[at + 2] + c[at + 3]);
            undecided += open ? 1 : 0;
        }
        return undecided;
    }

    private static boolean open(float corner) {
        return corner > Diagnosis.SURE_FALSE && corner < Diagnosis.SURE_TRUE;
    }

    /** Gates from which no way leads to an output through inputs that gates depend on. */
    private static int dead(LogicNetwork network, byte[] tables) {
        int dead = 0;
        int from = tables.length;
        boolean[] needed = null;
        for (int i = network.layers().size() - 1; i >= 0; i--) {
            Connections wires = network.layers().get(i).connections();
            from -= wires.gates();
            boolean[] inputs = new boolean[wires.inputs()];
            for (int gate = 0; gate < wires.gates(); gate++) {
                if (needed != null && !needed[gate]) {
                    dead++;
                } else {
                    inputs[wires.a(gate)] |= dependsOnFirst(tables[from + gate]);
                    inputs[wires.b(gate)] |= dependsOnSecond(tables[from + gate]);
                }
            }
            needed = inputs;
        }
        return dead;
    }

    /** {@link Diagnosis#gradientNorms} of the step just taken, on {@code batch} samples. */
    static List<Double> gradientNorms(Stepper stepper, int batch) {
        List<Double> norms = new ArrayList<>();
        float[] corners = new float[Relaxation.CORNERS * LANES];
        for (int i = 0; i < stepper.layers().size(); i++) {
            TrainableLayer layer = stepper.layers().get(i);
            float[][] sums = stepper.sumsOf(i, batch);
            double squares = 0;
            for (int block = 0; block < layer.blocks(); block++) {
                Blocks.cornerGradients(sums, block, corners);
                for (float gradient : corners) {
                    squares += (double) gradient * gradient;
                }
            }
            norms.add(Math.sqrt(squares / layer.plan.gates));
        }
        return List.copyOf(norms);
    }

    /** The first layer of which a parameter or a gate is not finite, counted from 1; 0 where all are. */
    static int brokenLayer(List<TrainableLayer> layers) {
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
