package dev.gatewright.relax;

/**
 * Walsh coefficients (WARP, Gerlach et al., 2510.15655, at temperature 1): with u = 1 − 2x and a parameter c_S for each set
 * S of inputs, the output is {@code σ(−Σ_S c_S Π_{j∈S} u_j)}. Parameter {@code S} is that of the inputs whose bits are
 * set in S.
 *
 * <p>Entries here are the logits of the table, {@code −Σ_S c_S (−1)^|S ∩ a|} for the assignment a: the argument of σ is
 * their multilinear interpolation. At the corners every {@link LightTable} of sigmoids can be had and no other; between
 * them the squashing comes after the interpolation. An entry becomes true where its logit is at least 0.
 */
public record WalshTable() implements TableRelaxation {
    @Override
    public String name() {
        return "walsh";
    }

    @Override
    public void entries(double[] parameters, double[] entries) {
        for (int a = 0; a < entries.length; a++) {
            entries[a] = 0;
            for (int s = 0; s < parameters.length; s++) {
                entries[a] -= (Integer.bitCount(a & s) & 1) == 0 ? parameters[s] : -parameters[s];
            }
        }
    }

    /** The transform is symmetric, so the same sum. */
    @Override
    public void gradient(double[] parameters, double[] entryGradient, double[] gradient) {
        entries(entryGradient, gradient);
    }

    @Override
    public double value(double[] entries, double[] inputs) {
        return expected(TableRelaxation.multilinear(entries, inputs));
    }

    @Override
    public double expected(double entry) {
        return 1 / (1 + Math.exp(-entry));
    }

    @Override
    public long table(float[] parameters, int from, int inputs) {
        float[] entries = new float[1 << inputs];
        System.arraycopy(parameters, from, entries, 0, entries.length);
        transform(entries, 0, inputs);
        long table = 0;
        for (int a = 0; a < entries.length; a++) {
            table |= entries[a] >= 0 ? 1L << a : 0;
        }
        return table;
    }

    /**
     * Makes of the 2ᵏ coefficients from {@code from} on their entries, in place; applied to gradients of entries, it makes
     * gradients of coefficients. Takes k·2ᵏ additions, k at least 2.
     */
    public static void transform(float[] values, int from, int inputs) {
        int end = from + (1 << inputs);
        for (int i = from; i < end; i += 4) {
            float sum = values[i] + values[i + 1];
            float difference = values[i] - values[i + 1];
            float otherSum = values[i + 2] + values[i + 3];
            float otherDifference = values[i + 2] - values[i + 3];
            values[i] = -(sum + otherSum);
            values[i + 1] = -(difference + otherDifference);
            values[i + 2] = otherSum - sum;
            values[i + 3] = otherDifference - difference;
        }
        for (int half = 4; half < end - from; half *= 2) {
            for (int block = from; block < end; block += 2 * half) {
                for (int i = block; i < block + half; i++) {
                    float low = values[i];
                    float high = values[i + half];
                    values[i] = low + high;
                    values[i + half] = low - high;
                }
            }
        }
    }
}
