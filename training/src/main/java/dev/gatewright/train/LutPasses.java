package dev.gatewright.train;

import dev.gatewright.relax.FiniteDifferenceTable;
import dev.gatewright.relax.LightTable;
import dev.gatewright.relax.WalshTable;
import java.util.Arrays;
import java.util.List;

/** The passes of a tile through a layer of larger gates, by its relaxation. */
final class LutPasses {
    private static final int TILE = Kernels.TILE;

    private final TrainableLut layer;
    private final LutPlan plan;
    private final LutKernels kernels;
    private final int in;
    private final int out;
    private final int scratch;
    private final int spare;

    /**
     * @param in where the input rows start in the slab
     * @param out where the output rows start
     * @param scratch {@link #scratch} floats that all layers share
     */
    LutPasses(TrainableLut layer, LutKernels kernels, int in, int out, int scratch) {
        this.layer = layer;
        this.plan = layer.plan;
        this.kernels = kernels;
        this.in = in;
        this.out = out;
        this.scratch = scratch;
        this.spare = scratch + LutKernels.SCRATCH;
    }

    /** Floats that the passes of these layers need beside inputs and outputs. */
    static long scratch(List<Trainable> layers) {
        long most = 0;
        for (Trainable each : layers) {
            if (each instanceof TrainableLut layer) {
                long rows = switch (layer.relaxation) {
                    case LightTable ignored -> 0;
                    case WalshTable ignored -> layer.plan.gates;
                    case FiniteDifferenceTable ignored -> layer.plan.inputRows;
                };
                most = Math.max(most, LutKernels.SCRATCH + rows * TILE);
            }
        }
        return most;
    }

    void addForward(List<TilePasses.Pass> passes) {
        switch (layer.relaxation) {
            case LightTable ignored -> passes.add((slab, sums, tile, first) -> interpolate(slab, in));
            case WalshTable ignored -> {
                passes.add((slab, sums, tile, first) -> interpolate(slab, in));
                passes.add((slab, sums, tile, first) -> kernels.squash(slab, out, plan.gates * TILE));
            }
            case FiniteDifferenceTable ignored -> {
                passes.add((slab, sums, tile, first) -> round(slab, 0));
                passes.add((slab, sums, tile, first) -> interpolate(slab, spare));
            }
        }
    }

    /** From output gradients to what {@code sums} gives the update, and to the input gradients where {@code inner}. */
    void addBackward(int index, boolean inner, int outGradient, int inGradient, List<TilePasses.Pass> passes) {
        switch (layer.relaxation) {
            case LightTable ignored -> {
                passes.add(entries(plan, index, in, outGradient));
                addInputs(plan, inner, in, outGradient, inGradient, passes);
            }
            case WalshTable ignored -> {
                LutPlan by = plan.ownGradients();
                passes.add((slab, sums, tile, first) -> kernels.unsquash(plan, slab, out, outGradient, spare));
                passes.add(entries(by, index, in, spare));
                addInputs(by, inner, in, spare, inGradient, passes);
            }
            case FiniteDifferenceTable ignored -> {
                passes.add((slab, sums, tile, first) -> round(slab, 0));
                passes.add(entries(plan, index, spare, outGradient));
                if (inner || layer.wires.isPresent()) {
                    passes.add((slab, sums, tile, first) -> round(slab, (float) FiniteDifferenceTable.SOFT_FALSE));
                }
                addInputs(plan, inner, spare, outGradient, inGradient, passes);
            }
        }
    }

    private TilePasses.Pass entries(LutPlan by, int index, int from, int outGradient) {
        return (slab, sums, tile, first) -> kernels.entryGradients(by, slab, from, outGradient, sums[index], scratch);
    }

    /** The gradients of wires, where somebody asks for them: those of learnt ones slot after slot first. */
    private void addInputs(
            LutPlan by, boolean inner, int from, int outGradient, int inGradient, List<TilePasses.Pass> passes) {
        if (layer.wires.isPresent()) {
            TrainableWires wires = layer.wires.get();
            passes.add((slab, sums, tile, first) -> {
                wires.batch.keep(tile, slab, in);
                float[] gradients = wires.batch.gradients(tile);
                Arrays.fill(gradients, 0);
                kernels.slotGradients(by, layer.expected(), slab, from, outGradient, gradients, scratch);
            });
            if (inner) {
                passes.add((slab, sums, tile, first) -> addSlots(wires.batch.gradients(tile), slab, inGradient));
            }
        } else if (inner) {
            passes.add((slab, sums, tile, first) -> {
                Arrays.fill(slab, inGradient, inGradient + by.inputRows * TILE, 0);
                kernels.inputGradients(by, layer.expected(), slab, from, outGradient, inGradient, scratch);
            });
        }
    }

    /** Adds to each wire's gradient those of the slots that read it. */
    private void addSlots(float[] gradients, float[] slab, int inGradient) {
        Arrays.fill(slab, inGradient, inGradient + plan.inputRows * TILE, 0);
        for (int slot = 0; slot < plan.reads.length; slot++) {
            int from = slot * TILE;
            int to = inGradient + plan.reads[slot] * TILE;
            for (int j = 0; j < TILE; j++) {
                slab[to + j] += gradients[from + j];
            }
        }
    }

    private void interpolate(float[] slab, int from) {
        kernels.forward(plan, layer.forward, slab, from, out, scratch);
    }

    /** Leaves inputs in the spare rows: {@code low} for false ones, what it lacks to 1 for true ones. */
    private void round(float[] slab, float low) {
        kernels.round(slab, in, slab, spare, plan.inputRows * TILE, low, 1 - low);
    }
}
