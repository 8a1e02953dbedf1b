package dev.gatewright.train;

import dev.gatewright.network.Layer;
import dev.gatewright.network.LutLayer;
import dev.gatewright.relax.FiniteDifferenceTable;
import dev.gatewright.relax.TableRelaxation;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A layer of larger gates: its parameters, entries and optimiser state, gate after gate, {@link LutPlan#stride} floats
 * each.
 *
 * <p>Memory: {@code 16 · 2ᵏ} bytes a gate of k inputs, {@code 4 · 2ᵏ} more a chunk of the batch. Time of a step: some
 * {@code 4 · 2ᵏ} multiplications a gate and sample. Where wires are learnt, see {@link TrainableWires}.
 */
final class TrainableLut implements Trainable {
    /** Parameters that one update task takes. */
    private static final int TASK = 1 << 13;

    final LutPlan plan;
    private final LutLayer layer;
    private final LutKernels kernels;

    /** The wires, where they are learnt. */
    final Optional<TrainableWires> wires;

    final TableRelaxation relaxation;
    private final float[] parameters;
    private final float[] entries;
    private final boolean hard;
    private final float[][] moments;

    /** The entries that the forward pass reads: the same array where these are not rounded. */
    final float[] forward;

    TrainableLut(LutLayer layer, LutPlan plan, Optional<TrainableWires> wires, LutKernels kernels) {
        this.layer = layer;
        this.wires = wires;
        this.plan = plan;
        this.kernels = kernels;
        this.relaxation = layer.relaxation();
        parameters = new float[sums()];
        entries = new float[sums()];
        moments = new float[2][sums()];
        hard = relaxation instanceof FiniteDifferenceTable;
        forward = hard ? new float[sums()] : entries;
        importParameters(layer.parameters());
    }

    /** {@link Trainable#weightLengths}. */
    static IntStream weightLengths(LutLayer layer) {
        return IntStream.concat(
                IntStream.of(Math.multiplyExact(layer.gates(), LutPlan.stride(layer.arity()))),
                layer.learnedWires().stream().mapToInt(learned -> learned.logits().length));
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
        return wire;
    }

    @Override
    public GradientRows gradients() {
        return GradientRows.inOrder(plan.inputRows);
    }

    @Override
    public Optional<TrainableWires> wires() {
        return wires;
    }

    /** Live. */
    @Override
    public float[] expected() {
        return entries;
    }

    /** Nothing here depends on the step. */
    @Override
    public void see(Moment now) {}

    @Override
    public void prepare(Moment moment) {}

    /** Larger gates have no price: a table of six inputs is one of an FPGA whatever stands in it. */
    @Override
    public void charge(float price) {}

    @Override
    public void advance() {}

    @Override
    public int sums() {
        return Math.multiplyExact(plan.gates, plan.stride);
    }

    @Override
    public int tasks() {
        return Math.ceilDiv(sums(), TASK);
    }

    @Override
    public void update(int task, Kernels.AdamStep adam, float[][] sums, float[] scratch) {
        int from = task * TASK;
        int to = Math.min(from + TASK, sums());
        kernels.update(plan, relaxation, adam, sums, parameters, moments, entries, from, to, scratch);
        harden(from, to);
    }

    @Override
    public List<float[]> weights() {
        return wires.map(learned -> List.of(parameters, learned.logits())).orElse(List.of(parameters));
    }

    @Override
    public void weightsChanged() {
        kernels.project(plan, relaxation, parameters, entries, 0, sums());
        harden(0, sums());
        wires.ifPresent(TrainableWires::choose);
    }

    @Override
    public void exportParameters() {
        copy(parameters, layer.parameters(), false);
    }

    @Override
    public float[][] state() {
        float[][] state = new float[3][layer.parameters().length];
        copy(parameters, state[0], false);
        copy(moments[0], state[1], false);
        copy(moments[1], state[2], false);
        return TrainableWires.with(wires, state);
    }

    @Override
    public void restore(float[][] state) {
        importParameters(state[0]);
        copy(moments[0], state[1], true);
        copy(moments[1], state[2], true);
        wires.ifPresent(learned -> learned.restore(state));
    }

    private void harden(int from, int to) {
        if (hard) {
            kernels.round(entries, from, forward, from, to - from, 0, 1);
        }
    }

    private void importParameters(float[] gateAfterGate) {
        copy(parameters, gateAfterGate, true);
        weightsChanged();
    }

    private void copy(float[] spaced, float[] dense, boolean intoSpaced) {
        int count = 1 << plan.arity;
        for (int gate = 0; gate < plan.gates; gate++) {
            if (intoSpaced) {
                System.arraycopy(dense, gate * count, spaced, gate * plan.stride, count);
            } else {
                System.arraycopy(spaced, gate * plan.stride, dense, gate * count, count);
            }
        }
    }

    /** Gates with an entry that is neither surely false nor surely true. */
    @Override
    public int undecided() {
        int undecided = 0;
        for (int gate = 0; gate < plan.gates; gate++) {
            boolean open = false;
            for (int i = 0; i < 1 << plan.arity; i++) {
                open |= Diagnostics.open((float) relaxation.expected(entries[gate * plan.stride + i]));
            }
            undecided += open ? 1 : 0;
        }
        return undecided;
    }

    /** The squared gradients of all entries, given the sums of every chunk. */
    @Override
    public double squaredGradients(float[][] sums) {
        double squares = 0;
        for (int i = 0; i < sums(); i++) {
            double gradient = 0;
            for (float[] chunk : sums) {
                gradient += chunk[i];
            }
            squares += gradient * gradient;
        }
        return squares;
    }
}
