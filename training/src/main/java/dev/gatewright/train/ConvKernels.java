package dev.gatewright.train;

/**
 * The inner loops of convolutions with logic trees, as twins that give the same bytes, like {@link Kernels}.
 *
 * <p>Forward, the gates of a tree are computed over a strip of positions, and of what the root gives only the largest of
 * each pooling window is kept, and which position gave it. Backward, the inputs of the winners are gathered, sample by
 * sample, the tree is computed once more for these alone, and its gradients return where the inputs came from: a quarter
 * of the gates of a way back that visits all positions of windows of 2 × 2.
 */
sealed interface ConvKernels permits ScalarConvKernels, VectorConvKernels {
    /** Values of the gates that read leaves, at every position of the strip, from the input rows. */
    void leafGates(ConvStrip at);

    /** Values of the gates of the second level, from the input rows. */
    void leafTrees(ConvStrip at);

    /** Values of gates {@code from} to {@code to − 1}, from those of the nodes that they read. */
    void gates(ConvStrip at, int from, int to);

    /** From the values of the root the outputs: the largest of each window and, if there are several, its number. */
    void pool(ConvStrip at);

    /** Values of the leaves, at the positions that won; and in the place of the root's its gradients. */
    void gather(ConvStrip at);

    /** From the last gate to gate {@code from}: adds to the totals, and puts the gradients of what a gate reads there. */
    void gradients(ConvStrip at, int from);

    /** Adds to the totals of gates 0 to {@code to − 1}. */
    void totals(ConvStrip at, int to);

    /** Adds the totals of the kernel's gates to {@code sums}, those of the layer. The totals may be lost. */
    void addTotals(ConvStrip at, float[] sums);

    /** Adds the gradients of the leaves to those of the input rows that they were gathered from. */
    void scatter(ConvStrip at);

    /** The stages of {@link ConvStrip#forward}. */
    default ConvStrip.Stage[] forward(ConvPlan plan) {
        int twoLevels = plan.leaves / 2 + plan.leaves / 4;
        return plan.leaves == 2
                ? new ConvStrip.Stage[] {this::leafGates, this::pool}
                : new ConvStrip.Stage[] {this::leafTrees, at -> gates(at, twoLevels, plan.gates), this::pool};
    }

    /**
     * The stages of {@link ConvStrip#backward}.
     *
     * @param inner whether the layer's inputs get gradients
     * @param scored whether the candidates of leaves are scored
     */
    default ConvStrip.Stage[] backward(ConvPlan plan, boolean inner, boolean scored) {
        int leafGates = plan.leaves / 2;
        ConvStrip.Stage again = at -> gates(at, 0, plan.gates - 1);
        if (scored) {
            ConvStrip.Stage score = at -> at.scores.orElseThrow().add(at);
            return inner
                    ? new ConvStrip.Stage[] {this::gather, again, at -> gradients(at, 0), score, this::scatter}
                    : new ConvStrip.Stage[] {this::gather, again, at -> gradients(at, 0), score};
        }
        return inner
                ? new ConvStrip.Stage[] {this::gather, again, at -> gradients(at, 0), this::scatter}
                : new ConvStrip.Stage[] {
                    this::gather, again, at -> gradients(at, leafGates), at -> totals(at, leafGates)
                };
    }
}
