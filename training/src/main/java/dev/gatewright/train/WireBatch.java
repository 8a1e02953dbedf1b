package dev.gatewright.train;

import java.util.Arrays;

/**
 * What the tiles of a batch leave for learned wires: the bits that the values of all wires round to, and the gradients
 * of all slots.
 *
 * <p>Memory: {@code 4 · slots + wires / 8} bytes a sample of the batch, twice the bits where candidates are drawn.
 */
final class WireBatch {
    private static final int TILE = Kernels.TILE;

    private final WireKernels kernels;
    private final int inputRows;
    private final int slots;
    private final boolean drawn;

    /** Tile after tile, wire after wire. */
    private int[][] masks = {};

    /** The same wire after wire, where candidates are drawn. */
    private int[] words = {};

    private float[][] gradients = {};
    private int tiles;

    /**
     * @param inputRows rows of the layer's inputs, in the order of the wires
     * @param slots whose gradients are kept
     * @param drawn whether their candidates are drawn
     */
    WireBatch(WireKernels kernels, int inputRows, int slots, boolean drawn) {
        this.kernels = kernels;
        this.inputRows = inputRows;
        this.slots = slots;
        this.drawn = drawn;
    }

    /** Makes room for a batch. */
    void prepare(int tiles) {
        this.tiles = tiles;
        int had = masks.length;
        if (had < tiles) {
            masks = Arrays.copyOf(masks, tiles);
            gradients = Arrays.copyOf(gradients, tiles);
            for (int tile = had; tile < tiles; tile++) {
                masks[tile] = new int[inputRows];
                gradients[tile] = new float[slots * TILE];
            }
            words = new int[drawn ? Math.multiplyExact(tiles, inputRows) : 0];
        }
    }

    /** Ints that {@link #scoreCandidates} needs for the batch. */
    int lookUpRoom() {
        return drawn ? WireKernels.lookUpRoom(tiles) : 0;
    }

    /** Keeps what the update needs of tile {@code tile}, whose backward pass has come to this layer. */
    void keep(int tile, LayerPlan plan, float[] coefficients, float[] slab, int in, int outGradient) {
        kernels.masks(slab, in, inputRows, masks[tile]);
        kernels.inputGradients(plan, coefficients, slab, in, outGradient, gradients[tile]);
    }

    /** The same where values are bits. */
    void keep(
            int tile,
            LayerPlan plan,
            float[] coefficients,
            int[] bits,
            int in,
            float[] slab,
            int outGradient,
            BitKernels gates) {
        System.arraycopy(bits, in, masks[tile], 0, inputRows);
        gates.inputGradients(plan, coefficients, bits, in, slab, outGradient, gradients[tile]);
    }

    /** Keeps the bits of the input rows of tile {@code tile}, and gives them. */
    int[] keep(int tile, float[] slab, int in) {
        kernels.masks(slab, in, inputRows, masks[tile]);
        return masks[tile];
    }

    /** The gradients of tile {@code tile}, a row a slot: live. */
    float[] gradients(int tile) {
        return gradients[tile];
    }

    /** Makes the batch ready for scores, once all its tiles are kept. */
    void settle() {
        if (drawn) {
            for (int tile = 0; tile < tiles; tile++) {
                int[] mask = masks[tile];
                for (int wire = 0; wire < mask.length; wire++) {
                    words[wire * tiles + tile] = mask[wire];
                }
            }
        }
    }

    /** Scores of all wires, see {@link WireKernels#scores}. */
    void score(int firstSlot, int wires, float[] table, float[] scores) {
        kernels.scores(gradients, firstSlot, masks, tiles, wires, table, scores);
    }

    /** Scores of drawn candidates, see {@link WireKernels#candidateScores}. */
    void scoreCandidates(
            int firstSlot, int[] wires, int from, int candidates, int[] own, float[] sums, float[] scores) {
        kernels.candidateScores(gradients, firstSlot, words, tiles, wires, from, candidates, own, sums, scores);
    }
}
