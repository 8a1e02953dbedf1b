package dev.gatewright.train;

/**
 * The inner loops of learned wiring, as twins that do the same float operations in the same order.
 *
 * <p>A <em>slot</em> is an input of a gate. With δ the gradient of a slot's value, one a sample, and x the value of a
 * candidate wire, the score of a candidate is {@code Σ δ·x} over the batch: a matrix product of slots × samples × wires,
 * done for {@link #BLOCK} slots at a time, whose gradients of one sample lie side by side. Scores, logits and moments
 * lie candidate after candidate for {@link #LANES} slots side by side.
 */
sealed interface WireKernels permits ScalarWireKernels, VectorWireKernels {
    int LANES = 8;

    /** Slots of a block. */
    int BLOCK = 32;

    /** Wires that are multiplied together; the values of a tile have rows of zeros up to a multiple. */
    int WIRES = 4;

    /** A logit further than this below the largest counts as this far: its share does not become subnormal. */
    float SOFTMAX_DEPTH = -40;

    /**
     * Writes the gradients of the gates' inputs as rows: those of gate {@code k} are rows {@code 2k} and {@code 2k + 1}
     * of {@code gradients}.
     */
    void inputGradients(LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient, float[] gradients);

    /**
     * Scores of all wires where values are bits: for each wire the gradients of the samples that have it true are added
     * in their order.
     *
     * @param gradients {@link #BLOCK} gradients a sample, sample after sample
     * @param starts the samples of wire {@code w} are {@code samples[starts[w]]} to {@code samples[starts[w + 1] − 1]}
     * @param scores room for {@code BLOCK} scores a wire
     */
    void bitScores(float[] gradients, int[] starts, int[] samples, int wires, float[] scores);

    /**
     * Scores of all wires: a product over the samples in their order.
     *
     * @param values tile after tile, row after row; {@code rows} rows a tile, a multiple of {@link #WIRES}
     * @param scores room for {@code BLOCK} scores a row
     */
    void denseScores(float[] gradients, float[][] values, int tiles, int rows, float[] scores);

    /**
     * Scores of the candidates of a block where they are not all wires: a sum over the samples of eight lanes each, the
     * lanes then added by halves.
     *
     * @param gradients tile after tile, row after row; the block's rows start at {@code firstRow}
     * @param wires candidates, as the logits lie, from {@code from} on
     */
    void candidateScores(
            float[][] gradients,
            int firstRow,
            float[][] values,
            int tiles,
            int[] wires,
            int from,
            int candidates,
            float[] scores);

    /**
     * The same where values are bits.
     *
     * @param masks tile after tile, wire after wire; bit {@code j} is the value of the tile's sample {@code j}
     */
    void bitCandidateScores(
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
