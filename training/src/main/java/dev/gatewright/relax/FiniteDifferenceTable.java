package dev.gatewright.relax;

/**
 * A gate that is hard in the forward pass, with the extended finite difference as the gradient of its inputs (DWN,
 * Bacellar et al., ICML 2024). A parameter θ within [−1, 1] stands for the entry {@code (θ + 1) / 2}; an entry is read as
 * true where it is at least one half, and so are inputs.
 *
 * <p>Backward, the parameter of the entry that was read gets the gradient of the output, and input l of k gets
 * {@code Σ_a s_l(a) · θ_a · α β^d(a)} times it, over all assignments a: s is the sign of the input in a, d(a) counts the
 * other inputs in which a differs from what was read, {@code α = ½ · 0.75^(k−1)} and {@code β = ⅓}. That is the slope of
 * the multilinear interpolation of the entries where every input stands at ¼ or ¾ instead of 0 or 1.
 */
public record FiniteDifferenceTable() implements TableRelaxation {
    /** What an input that is false is taken for in the gradient; one that is true lacks as much to 1. */
    public static final double SOFT_FALSE = 0.25;

    @Override
    public String name() {
        return "finite-difference";
    }

    @Override
    public void entries(double[] parameters, double[] entries) {
        for (int i = 0; i < parameters.length; i++) {
            entries[i] = 0.5 * parameters[i] + 0.5;
        }
    }

    /** As published: the gradient itself, not half of it. */
    @Override
    public void gradient(double[] parameters, double[] entryGradient, double[] gradient) {
        System.arraycopy(entryGradient, 0, gradient, 0, gradient.length);
    }

    @Override
    public double value(double[] entries, double[] inputs) {
        int a = 0;
        for (int j = 0; j < inputs.length; j++) {
            a |= inputs[j] >= 0.5 ? 1 << j : 0;
        }
        return entries[a] >= 0.5 ? 1 : 0;
    }

    @Override
    public double expected(double entry) {
        return entry;
    }

    @Override
    public long table(float[] parameters, int from, int inputs) {
        long table = 0;
        for (int i = 0; i < 1 << inputs; i++) {
            table |= Math.fma(0.5f, parameters[from + i], 0.5f) >= 0.5f ? 1L << i : 0;
        }
        return table;
    }
}
