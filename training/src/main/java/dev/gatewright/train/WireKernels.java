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

    /** Candidates of a slot that are scored together. */
    int LOOK_UPS = 32;

    /** Samples of which a vector holds all subsets. */
    int TRIPLE = 3;

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
     * Scores of the candidates of a block where they are not all wires. A slot's samples are taken three at a time: the
     * sums of their eight subsets fill a vector, from which eight candidates look their entries up at once.
     *
     * @param gradients tile after tile, row after row; the block's rows start at {@code firstRow}
     * @param words wire after wire, its masks tile after tile
     * @param wires candidates, as the logits lie, from {@code from} on
     * @param own room for {@link #lookUpRoom} words
     * @param sums room for {@link #LOOK_UPS} sums
     */
    void candidateScores(
            float[][] gradients,
            int firstRow,
            int[] words,
            int tiles,
            int[] wires,
            int from,
            int candidates,
            int[] own,
            float[] sums,
            float[] scores);

    /**
     * Adds to the sums of {@link #LOOK_UPS} candidates the gradients of those samples of a tile that have their bits.
     *
     * @param row where the gradients of the tile start
     * @param words the bits of the candidates, from {@code at} on
     */
    void lookUp(float[] gradients, int row, int[] words, int at, float[] sums);

    /** Ints that {@link #candidateScores} needs for the words of some candidates of a slot. */
    static int lookUpRoom(int tiles) {
        return tiles * LOOK_UPS;
    }

    /**
     * Collects the words of candidates {@code first …} of a slot, at most {@link #LOOK_UPS}, tile after tile.
     *
     * @param at of the slot's first candidate among {@code wires}
     */
    static void collect(int[] words, int tiles, int[] wires, int at, int first, int count, int[] own) {
        for (int k = 0; k < count; k++) {
            int word = wires[at + (first + k) * LANES] * tiles;
            for (int tile = 0; tile < tiles; tile++) {
                own[tile * LOOK_UPS + k] = words[word + tile];
            }
        }
    }

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
