package dev.gatewright.relax;

import java.util.List;

/**
 * How 2ᵏ real parameters describe a gate of k inputs while it is being learnt.
 *
 * <p>Parameters give <em>entries</em>, one for each assignment of the inputs in the order of a truth table, and entries
 * with inputs in [0, 1] give the output. These methods define a relaxation in double precision; the training kernels
 * compute the same in float.
 */
public sealed interface TableRelaxation permits LightTable, WalshTable, FiniteDifferenceTable {
    /** Every relaxation, the default first. */
    static List<TableRelaxation> all() {
        return List.of(
                new LightTable(Light.Estimator.SIGMOID),
                new LightTable(Light.Estimator.SINE),
                new WalshTable(),
                new FiniteDifferenceTable());
    }

    /** The name by which a network description picks this relaxation. */
    String name();

    /** The entries that {@code parameters} stand for. */
    void entries(double[] parameters, double[] entries);

    /** The gradient with respect to the parameters, given that with respect to the entries. */
    void gradient(double[] parameters, double[] entryGradient, double[] gradient);

    /** The output, in [0, 1], for inputs in [0, 1]. */
    double value(double[] entries, double[] inputs);

    /** The output expected of an entry that is read alone. */
    double expected(double entry);

    /**
     * The truth table of the gate of {@code inputs} inputs that {@code parameters}, read from {@code from} on, stand for
     * once the network is discretised.
     */
    long table(float[] parameters, int from, int inputs);

    /** {@code Σ entry(a) · Π (aⱼ ? xⱼ : 1 − xⱼ)} over all assignments a, by 2ᵏ − 1 linear interpolations. */
    static double multilinear(double[] entries, double[] inputs) {
        double[] left = entries.clone();
        for (int j = 0, size = entries.length / 2; size > 0; j++, size /= 2) {
            for (int i = 0; i < size; i++) {
                left[i] = left[2 * i] + inputs[j] * (left[2 * i + 1] - left[2 * i]);
            }
        }
        return left[0];
    }
}
