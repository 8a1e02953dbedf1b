package dev.gatewright.relax;

import dev.gatewright.logic.TruthTable;

/**
 * The coefficients of {@code 1, a, b, a·b} as parameters, seen through a softmax over their squared distances to those
 * of the sixteen functions (Kim, 2605.08657). With p = softmax(−‖c − G_t‖² / temperature) the gate is Σ p_t G_t, and
 * its derivative by c is twice the covariance of the rows of G under p, over the temperature. A gate becomes the
 * nearest function, the lowest table at a tie.
 *
 * <p>Four parameters, of which none is without effect: of the fifteen directions of {@link Softmax16} eleven change
 * nothing. Weight decay pulls towards {@code false}, whose coefficients are zero.
 */
public record Covariance() implements Relaxation {
    /** Coefficient k of truth table t is {@code PROTOTYPES[t · 4 + k]}. */
    private static final float[] PROTOTYPES = prototypes();

    private static float[] prototypes() {
        float[] prototypes = new float[Softmax16.FUNCTIONS * CORNERS];
        for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
            int v0 = t & 1;
            int v1 = t >> 1 & 1;
            int v2 = t >> 2 & 1;
            int v3 = t >> 3 & 1;
            prototypes[t * CORNERS] = v0;
            prototypes[t * CORNERS + 1] = v1 - v0;
            prototypes[t * CORNERS + 2] = v2 - v0;
            prototypes[t * CORNERS + 3] = v3 - v2 - v1 + v0;
        }
        return prototypes;
    }

    /** Coefficient {@code k} of 1, a, b, a·b in truth table {@code table}. */
    public static float prototype(int table, int k) {
        return PROTOTYPES[table * CORNERS + k];
    }

    /** The square of the length of a table's coefficients. */
    public static float square(int table) {
        float square = 0;
        for (int k = 0; k < CORNERS; k++) {
            square += prototype(table, k) * prototype(table, k);
        }
        return square;
    }

    @Override
    public String name() {
        return "covariance";
    }

    @Override
    public int parameters() {
        return CORNERS;
    }

    @Override
    public int exchanged(int parameter) {
        return parameter == 1 || parameter == 2 ? 3 - parameter : parameter;
    }

    @Override
    public void corners(double[] parameters, double temperature, double[] corners) {
        Softmax16.mix(weights(parameters, temperature), corners);
    }

    @Override
    public void gradient(double[] parameters, double temperature, double[] cornerGradient, double[] gradient) {
        double[] byLogit = Softmax16.slopes(weights(parameters, temperature), temperature, cornerGradient);
        for (int k = 0; k < CORNERS; k++) {
            gradient[k] = 0;
            for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
                gradient[k] += 2 * byLogit[t] * prototype(t, k);
            }
        }
    }

    private static double[] weights(double[] parameters, double temperature) {
        double[] logits = new double[Softmax16.FUNCTIONS];
        for (int t = 0; t < logits.length; t++) {
            for (int k = 0; k < CORNERS; k++) {
                double way = parameters[k] - prototype(t, k);
                logits[t] -= way * way;
            }
        }
        return Softmax16.softmax(logits, temperature);
    }

    @Override
    public int table(float[] parameters, int from) {
        int nearest = TruthTable.FALSE;
        double least = Double.POSITIVE_INFINITY;
        for (int t = 0; t < Softmax16.FUNCTIONS; t++) {
            double distance = 0;
            for (int k = 0; k < CORNERS; k++) {
                double way = (double) parameters[from + k] - prototype(t, k);
                distance += way * way;
            }
            if (distance < least) {
                least = distance;
                nearest = t;
            }
        }
        return nearest;
    }
}
