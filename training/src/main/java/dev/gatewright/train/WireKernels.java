package dev.gatewright.train;

/**
 * The inner loops of learned wiring, as twins that do the same float operations in the same order.
 *
 * <p>A <em>slot</em> is an input of a gate. With δ the gradient of a slot's value, one a sample, and x the bit that a
 * candidate wire's value rounds to, the score of a candidate is {@code Σ δ·x} over the batch: a product of slots ×
 * samples × wires in which one factor is bits, done for {@link #BLOCK} slots at a time. Scores lie candidate after
 * candidate for the slots of a block, logits and moments for {@link #LANES} slots side by side.
 */
sealed interface WireKernels permits ScalarWireKernels, VectorWireKernels {
    int LANES = 8;

    /** Slots of a block. */
    int BLOCK = 32;

    /** Samples whose subsets are tabulated together. */
    int SUBSET = 4;

    int SUBSETS = 1 << SUBSET;

    /** Floats of the tables of a tile: the subsets of each four samples, with a sum for each slot of a block. */
    int TABLE = Kernels.TILE / SUBSET * SUBSETS * BLOCK;

    /** Wires whose scores stay in the second cache while all tiles are added to them. */
    int WIRES = 1024;

    /** A logit further than this below the largest counts as this far: its share does not become subnormal. */
    float SOFTMAX_DEPTH = -40;

    /**
     * Writes the gradients of the gates' inputs as rows: those of gate {@code k} are rows {@code 2k} and {@code 2k + 1}
     * of {@code gradients}.
     */
    void inputGradients(LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient, float[] gradients);

    /** Writes which of {@code rows} values of a tile are above ½: bit {@code j} of a row is that of its sample {@code j}. */
    void masks(float[] slab, int in, int rows, int[] masks);

    /**
     * Scores of all wires. Four samples at a time, the sums of all sixteen subsets of their gradients are tabulated; a
     * wire then takes one table entry for its four bits instead of four products.
     *
     * @param gradients tile after tile, row after row; the block's rows start at {@code firstRow}
     * @param masks tile after tile, wire after wire
     * @param table room for {@link #TABLE} floats
     * @param scores room for {@code BLOCK} scores a wire, wire after wire
     */
    void scores(float[][] gradients, int firstRow, int[][] masks, int tiles, int wires, float[] table, float[] scores);

    /**
     * Scores of the candidates of a block where they are not all wires: a sum over the samples of eight lanes each, the
     * lanes then added by halves.
     *
     * @param gradients tile after tile, row after row; the block's rows start at {@code firstRow}
     * @param masks tile after tile, wire after wire
     * @param wires candidates, as the logits lie, from {@code from} on
     */
    void candidateScores(
            float[][] gradients,
            int firstRow,
            int[][] masks,
            int tiles,
            int[] wires,
            int from,
            int candidates,
            float[] scores);

    /**
     * One AdamW step of the logits of {@link #LANES} slots, whose gradients are {@code p·(score − Σ p·score)/T} with
     * {@code p} the softmax of {@code logits/T}; leaves the largest logits in {@code top} and their candidates, as
     * floats, in {@code best} from {@code bestAt} on.
     *
     * @param at where logits and moments of the slots start
     * @param scoresAt where their scores start
     * @param top the largest logits before and after, from {@code topAt} on
     * @param shares room for a float a candidate and slot
     */
    void update(
            Kernels.AdamStep adam,
            float inverseTemperature,
            int candidates,
            float[] logits,
            float[][] moments,
            int at,
            float[] scores,
            int scoresAt,
            float[] top,
            int topAt,
            float[] best,
            int bestAt,
            float[] shares);
}
