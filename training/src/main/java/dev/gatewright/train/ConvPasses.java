package dev.gatewright.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The passes of a tile through a convolution.
 *
 * @param in where the input rows start in the slab
 * @param out where the output rows start
 * @param winners where {@link ConvPlan#winners} floats start
 * @param scratch {@link #scratch} floats that all layers share
 */
record ConvPasses(TrainableConv layer, ConvKernels kernels, int in, int out, int winners, int scratch) {
    /** Floats that the passes of these layers need beside inputs, outputs and winners. */
    static int scratch(List<Trainable> layers) {
        int most = 0;
        for (Trainable layer : layers) {
            most = layer instanceof TrainableConv conv ? Math.max(most, conv.plan.scratch()) : most;
        }
        return most;
    }

    TilePasses.Pass forward() {
        ConvPlan plan = layer.plan;
        ConvStrip.Stage[] stages = kernels.forward(plan);
        return (slab, sums, tile, first) -> strip(slab, 0, 0, Optional.empty()).forward(stages);
    }

    /** Of the {@code index}-th layer; the first one's inputs get no gradients. */
    TilePasses.Pass backward(int index, int outGradient, int inGradient) {
        ConvPlan plan = layer.plan;
        boolean inner = index > 0;
        ConvStrip.Stage[] stages = kernels.backward(plan, inner, layer.leaves().isPresent());
        return (slab, sums, tile, first) -> {
            if (inner) {
                Arrays.fill(slab, inGradient, inGradient + plan.inputRows * Kernels.TILE, 0);
            }
            Optional<LeafScores> scores = layer.leaves().map(leaves -> leaves.scores(tile, slab, in, sums[index]));
            strip(slab, outGradient, inGradient, scores).backward(stages, kernels, sums[index]);
        };
    }

    private ConvStrip strip(float[] slab, int outGradient, int inGradient, Optional<LeafScores> scores) {
        return new ConvStrip(
                layer.plan, layer.coefficients(), slab, in, out, winners, outGradient, inGradient, scratch, scores);
    }
}
