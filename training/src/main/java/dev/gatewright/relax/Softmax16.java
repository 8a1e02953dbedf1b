package dev.gatewright.relax;

import dev.gatewright.logic.TruthTable;
import java.util.Optional;

/**
 * A softmax over all sixteen functions of two inputs: parameter {@code t} is the logit of truth table {@code t}
 * (Petersen et al., NeurIPS 2022). A gate becomes the function with the largest logit, the lowest table at a tie.
 */
public record Softmax16() implements Relaxation {
    /** Functions of two inputs. */
    public static final int FUNCTIONS = 16;

    @Override
    public String name() {
        return "softmax16";
    }

    @Override
    public int parameters() {
        return FUNCTIONS;
    }

    @Override
    public int exchanged(int parameter) {
        return parameter & 0b1001 | (parameter & 0b0010) << 1 | (parameter & 0b0100) >> 1;
    }

    @Override
    public Optional<Noise> noise() {
        return Optional.of(Noise.GUMBEL);
    }

    @Override
    public void corners(double[] parameters, double temperature, double[] corners) {
        mix(softmax(parameters, temperature), corners);
    }

    @Override
    public void gradient(double[] parameters, double temperature, double[] cornerGradient, double[] gradient) {
        double[] slopes = slopes(softmax(parameters, temperature), temperature, cornerGradient);
        System.arraycopy(slopes, 0, gradient, 0, FUNCTIONS);
    }

    /** The corners of the sixteen functions mixed by {@code p}. */
    static void mix(double[] p, double[] corners) {
        for (int i = 0; i < CORNERS; i++) {
            corners[i] = 0;
            for (int t = 0; t < FUNCTIONS; t++) {
                corners[i] += TruthTable.value(t, i) ? p[t] : 0;
            }
        }
    }

    /**
     * {@code ∂L/∂w_t = p_t · (ḡ_t − Σ_s p_s ḡ_s) / temperature} with {@code ḡ_t} the gradient summed over the true
     * corners of t.
     */
    static double[] slopes(double[] p, double temperature, double[] cornerGradient) {
        double[] slopes = new double[FUNCTIONS];
        double mean = 0;
        for (int t = 0; t < FUNCTIONS; t++) {
            for (int i = 0; i < CORNERS; i++) {
                slopes[t] += TruthTable.value(t, i) ? cornerGradient[i] : 0;
            }
            mean += p[t] * slopes[t];
        }
        for (int t = 0; t < FUNCTIONS; t++) {
            slopes[t] = p[t] * (slopes[t] - mean) / temperature;
        }
        return slopes;
    }

    @Override
    public int table(float[] parameters, int from) {
        int best = 0;
        for (int t = 1; t < FUNCTIONS; t++) {
            if (parameters[from + t] > parameters[from + best]) {
                best = t;
            }
        }
        return best;
    }

    static double[] softmax(double[] logits, double temperature) {
        double max = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < FUNCTIONS; t++) {
            max = Math.max(max, logits[t]);
        }
        double sum = 0;
        double[] p = new double[FUNCTIONS];
        for (int t = 0; t < FUNCTIONS; t++) {
            p[t] = Math.exp((logits[t] - max) / temperature);
            sum += p[t];
        }
        for (int t = 0; t < FUNCTIONS; t++) {
            p[t] /= sum;
        }
        return p;
    }
}
