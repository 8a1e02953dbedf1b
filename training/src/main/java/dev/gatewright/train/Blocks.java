package dev.gatewright.train;

import dev.gatewright.relax.Relaxation;

/** The exchange between a block's lanes and the rows of the gate kernels, the same for both twins. */
final class Blocks {
    private static final int LANES = Kernels.LANES;

    /** Of the gates of all truth tables. */
    private static final float[] COEFFICIENTS = coefficientsOfTables();

    private static final int[] FUNCTIONS = functionsOfTables();

    private Blocks() {}

    /** Adds up the chunks' sums of a block's gates, to {@code totals} from {@code to} on. */
    static void add(float[][] sums, int block, float[] totals, int to) {
        int from = block * LANES * Kernels.SUMS;
        for (int i = 0; i < LANES * Kernels.SUMS; i++) {
            float total = 0;
            for (float[] chunk : sums) {
                total += chunk[from + i];
            }
            totals[to + i] = total;
        }
    }

    /**
     * From a block's sums over the bilinear basis, from {@code totals[from]} on, to gradients of the corners,
     * {@code gradients[corner · LANES + lane]}; the transpose of {@link #coefficients}.
     */
    static void cornerGradients(float[] totals, int from, float[] gradients) {
        for (int lane = 0; lane < LANES; lane++) {
            int s = from + lane * Kernels.SUMS;
            float one = totals[s] + totals[s + 1];
            float leave = totals[s + 2] + totals[s + 3];
            float enter = totals[s + 4] + totals[s + 5];
            float both = totals[s + 6] + totals[s + 7];
            gradients[lane] = (one - enter) - (leave - both);
            gradients[LANES + lane] = enter - both;
            gradients[2 * LANES + lane] = leave - both;
            gradients[3 * LANES + lane] = both;
        }
    }

    /** From corners, {@code corners[from + corner · LANES + lane]}, to the coefficients of the bilinear basis. */
    static void coefficients(float[] corners, int from, float[] coefficients, int block) {
        for (int lane = 0; lane < LANES; lane++) {
            int c = (block * LANES + lane) * Relaxation.CORNERS;
            float v0 = corners[from + lane];
            float v1 = corners[from + LANES + lane];
            float v2 = corners[from + 2 * LANES + lane];
            float v3 = corners[from + 3 * LANES + lane];
            coefficients[c] = v0;
            coefficients[c + 1] = v1 - v0;
            coefficients[c + 2] = v2 - v0;
            coefficients[c + 3] = (v3 - v2) - (v1 - v0);
        }
    }

    /**
     * The truth tables, over the wires as gates are entered, of the gates that a network of these parameters would be
     * discretised to. Parameters are turned back to the gates' own order of inputs first, so that ties fall as they do
     * there.
     *
     * @param swapped step → whether the gate is entered by its second wire
     */
    static void tables(Relaxation relaxation, float[] parameters, boolean[] swapped, int[] tables, int from, int to) {
        int count = relaxation.parameters();
        float[] own = new float[count];
        for (int k = from * LANES; k < Math.min(to * LANES, swapped.length); k++) {
            int at = k / LANES * count * LANES + k % LANES;
            for (int p = 0; p < count; p++) {
                own[p] = parameters[at + (swapped[k] ? relaxation.exchanged(p) : p) * LANES];
            }
            int table = relaxation.table(own, 0);
            tables[k] = swapped[k] ? table & 0b1001 | (table & 2) << 1 | (table & 4) >> 1 : table;
        }
    }

    /** The coefficients of the gates with these truth tables, and their {@link BitKernels functions}. */
    static void ofTables(int[] tables, float[] coefficients, int[] functions, int from, int to) {
        for (int k = from * LANES; k < to * LANES; k++) {
            int table = tables[k] * Kernels.COEFFICIENTS;
            int c = k * Kernels.COEFFICIENTS;
            for (int i = 0; i < Kernels.COEFFICIENTS; i++) {
                coefficients[c + i] = COEFFICIENTS[table + i];
                functions[c + i] = FUNCTIONS[table + i];
            }
        }
    }

    private static float[] coefficientsOfTables() {
        float[] coefficients = new float[16 * Kernels.COEFFICIENTS];
        for (int table = 0; table < 16; table++) {
            int v0 = table & 1;
            int v1 = table >> 1 & 1;
            int v2 = table >> 2 & 1;
            int v3 = table >> 3 & 1;
            int c = table * Kernels.COEFFICIENTS;
            coefficients[c] = v0;
            coefficients[c + 1] = v1 - v0;
            coefficients[c + 2] = v2 - v0;
            coefficients[c + 3] = v3 - v2 - v1 + v0;
        }
        return coefficients;
    }

    /** {@link BitKernels Functions} are coefficients modulo two. */
    private static int[] functionsOfTables() {
        int[] functions = new int[COEFFICIENTS.length];
        for (int i = 0; i < functions.length; i++) {
            functions[i] = -((int) COEFFICIENTS[i] & 1);
        }
        return functions;
    }

    /** Moves the coefficients of mixtures towards those of gates, by {@code hardness} of the way, above 0 to 1. */
    static void harden(int[] tables, float hardness, float[] coefficients, int from, int to) {
        float softness = 1 - hardness;
        for (int k = from * LANES; k < to * LANES; k++) {
            int table = tables[k] * Kernels.COEFFICIENTS;
            int c = k * Kernels.COEFFICIENTS;
            for (int i = 0; i < Kernels.COEFFICIENTS; i++) {
                coefficients[c + i] = softness * coefficients[c + i] + hardness * COEFFICIENTS[table + i];
            }
        }
    }

    /**
     * The largest share of each gate's softmax over {@code functions} logits, added up over the gates of a block.
     *
     * @param gates of the layer; lanes beyond them do not count
     */
    static float confidence(float[] logits, int functions, int block, int gates) {
        float sum = 0;
        for (int lane = 0; lane < Math.min(LANES, gates - block * LANES); lane++) {
            int at = block * functions * LANES + lane;
            float max = Float.NEGATIVE_INFINITY;
            for (int t = 0; t < functions; t++) {
                max = Math.max(max, logits[at + t * LANES]);
            }
            float total = 0;
            for (int t = 0; t < functions; t++) {
                total += FloatMath.exp(logits[at + t * LANES] - max);
            }
            sum += 1 / total;
        }
        return sum;
    }
}
