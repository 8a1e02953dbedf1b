package dev.gatewright.train;

import dev.gatewright.discretise.Discretiser;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.Layer;
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
        int undecided = layers.stream().mapToInt(Diagnostics::undecided).sum();
        return new Diagnosis(gap, network.gates(), undecided, constant, passThrough, dead(network, tables), norms);
    }

    private static int undecided(Trainable layer) {
        return switch (layer) {
            case TrainableLayer dense -> undecided(dense);
            case TrainableLut lut -> lut.undecided();
        };
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

    /** Whether an expected output is neither surely false nor surely true. */
    static boolean open(float corner) {
        return corner > Diagnosis.SURE_FALSE && corner < Diagnosis.SURE_TRUE;
    }

    /** Gates from which no way leads to an output through inputs that gates depend on. */
    private static int dead(LogicNetwork network, byte[] tables) {
        int dead = 0;
        int from = tables.length;
        boolean[] needed = null;
        for (int i = network.layers().size() - 1; i >= 0; i--) {
            Layer layer = network.layers().get(i);
            from -= layer.gates() * Discretiser.tableBytes(layer);
            boolean[] inputs = new boolean[layer.inputs()];
            for (int gate = 0; gate < layer.gates(); gate++) {
                if (needed != null && !needed[gate]) {
                    dead++;
                } else {
                    long table = Discretiser.table(layer, gate, tables, from);
                    for (int input = 0; input < layer.arity(); input++) {
                        inputs[layer.wire(gate, input)] |= TruthTable.dependsOn(table, layer.arity(), input);
                    }
                }
            }
            needed = inputs;
        }
        return dead;
    }

    /** {@link Diagnosis#gradientNorms} of the step just taken, on {@code batch} samples. */
    static List<Double> gradientNorms(Stepper stepper, int batch) {
        List<Double> norms = new ArrayList<>();
        for (int i = 0; i < stepper.layers().size(); i++) {
            Trainable layer = stepper.layers().get(i);
            float[][] sums = stepper.sumsOf(i, batch);
            double squares = switch (layer) {
                case TrainableLayer dense -> squares(dense, sums);
                case TrainableLut lut -> lut.squaredGradients(sums);
            };
            norms.add(Math.sqrt(squares / layer.layer().gates()));
        }
        return List.copyOf(norms);
    }

    private static double squares(TrainableLayer layer, float[][] sums) {
        float[] corners = new float[Relaxation.CORNERS * LANES];
        double squares = 0;
        for (int block = 0; block < layer.blocks(); block++) {
            Blocks.cornerGradients(sums, block, corners);
            for (float gradient : corners) {
                squares += (double) gradient * gradient;
            }
        }
        return squares;
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
