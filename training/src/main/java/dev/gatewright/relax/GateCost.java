package dev.gatewright.relax;

import dev.gatewright.logic.TruthTable;

/**
 * What a two-input gate costs in a circuit: nothing where it is a constant, a wire or an inverter, else one gate. Of a
 * relaxed gate it is the expected cost: of {@link Softmax16}, the sum of the functions' shares; of others, that of a gate
 * whose four corners are drawn independently, each true with the probability that it stands for.
 */
public final class GateCost {
    private static final int[] FREE = {
        TruthTable.FALSE, TruthTable.TRUE, TruthTable.A, TruthTable.NOT_A, TruthTable.B, TruthTable.NOT_B
    };

    private GateCost() {}

    /** The expected cost, 0 to 1, of the gate that {@code parameters} stand for at temperature {@code temperature}. */
    public static double expected(Relaxation relaxation, double temperature, double[] parameters) {
        double free = 0;
        if (relaxation instanceof Softmax16) {
            double[] shares = shares(parameters, temperature);
            for (int table : FREE) {
                free += shares[table];
            }
        } else {
            double[] corners = new double[Relaxation.CORNERS];
            relaxation.corners(parameters, temperature, corners);
            for (int table : FREE) {
                free += chance(table, corners, Relaxation.CORNERS);
            }
        }
        return 1 - free;
    }

    /** The gradient of {@link #expected} with respect to the parameters. */
    public static void gradient(Relaxation relaxation, double temperature, double[] parameters, double[] gradient) {
        if (relaxation instanceof Softmax16) {
            double[] shares = shares(parameters, temperature);
            double free = 0;
            for (int table : FREE) {
                free += shares[table];
            }
            for (int t = 0; t < shares.length; t++) {
                gradient[t] = shares[t] * free / temperature;
            }
            for (int table : FREE) {
                gradient[table] -= shares[table] / temperature;
            }
            return;
        }
        double[] corners = new double[Relaxation.CORNERS];
        double[] slopes = new double[Relaxation.CORNERS];
        relaxation.corners(parameters, temperature, corners);
        for (int corner = 0; corner < Relaxation.CORNERS; corner++) {
            for (int table : FREE) {
                double others = chance(table, corners, corner);
                slopes[corner] -= TruthTable.value(table, corner) ? others : -others;
            }
        }
        relaxation.gradient(parameters, temperature, slopes, gradient);
    }

    private static double[] shares(double[] logits, double temperature) {
        double[] shares = new double[logits.length];
        double max = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (int t = 0; t < shares.length; t++) {
            shares[t] = Math.exp((logits[t] - max) / temperature);
            sum += shares[t];
        }
        for (int t = 0; t < shares.length; t++) {
            shares[t] /= sum;
        }
        return shares;
    }

    /** The probability that the corners, drawn, are those of {@code table}; corner {@code but} counts as given. */
    private static double chance(int table, double[] corners, int but) {
        double chance = 1;
        for (int i = 0; i < corners.length; i++) {
            if (i != but) {
                chance *= TruthTable.value(table, i) ? corners[i] : 1 - corners[i];
            }
        }
        return chance;
    }
}
