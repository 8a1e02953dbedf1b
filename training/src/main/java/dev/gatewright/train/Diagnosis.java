package dev.gatewright.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an evaluation says of the network's health, beside its accuracy.
 *
 * @param gap soft minus hard accuracy, as a fraction; below zero where the circuit is better
 * @param gates of the network
 * @param undecidedByLayer layer after layer, gates whose output for some inputs is expected between
 *     {@value #SURE_FALSE} and {@value #SURE_TRUE}
 * @param constant gates that would be discretised to false or true
 * @param passThrough gates that would pass on one input or its opposite
 * @param dead gates that no output depends on
 * @param gradientNorms layer after layer, the norm of the last batch's gradient with respect to the expected
 *     outputs of a gate, as the root of its mean square over the gates; empty before the first step
 */
public record Diagnosis(
        double gap,
        int gates,
        List<Integer> undecidedByLayer,
        int constant,
        int passThrough,
        int dead,
        List<Double> gradientNorms) {
    static final double SURE_FALSE = 0.1;
    static final double SURE_TRUE = 0.9;

    /** A gap above this many points is worth a word. */
    private static final double GAP = 0.01;

    private static final double MANY = 0.25;

    /** Gradients that shrink more than this on their way to the first layer teach it nothing. */
    private static final double FADED = 1e-3;

    public Diagnosis {
        undecidedByLayer = List.copyOf(undecidedByLayer);
        gradientNorms = List.copyOf(gradientNorms);
    }

    /** Undecided gates of all layers. */
    public int undecided() {
        return undecidedByLayer.stream().mapToInt(Integer::intValue).sum();
    }

    /** What is wrong and what would help, one sentence each; empty where all is well. */
    public List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (gap > GAP) {
            advice.add(String.format(
                    Locale.ROOT,
                    "The circuit is %.1f points below the relaxed network, with %s undecided: train for more epochs,"
                            + " or let the temperature fall (estimator=soft:temperature=1..0.1), so that gates decide.",
                    100 * gap,
                    share(undecided())));
        }
        if (dead > MANY * gates) {
            advice.add("No output depends on " + share(dead)
                    + ": make the layers of equal width, or wider towards the end.");
        }
        if (constant > MANY * gates) {
            advice.add("Discretised, " + share(constant)
                    + " would be constant: lower --learning-rate or --weight-decay, or use fewer layers.");
        }
        if (gradientNorms.size() > 1 && gradientNorms.getFirst() < FADED * gradientNorms.getLast()) {
            advice.add(String.format(
                    Locale.ROOT,
                    "Gradients fade from %.1e in the last layer to %.1e in the first: start with init=residual, or use"
                            + " fewer layers.",
                    gradientNorms.getLast(),
                    gradientNorms.getFirst()));
        }
        return List.copyOf(advice);
    }

    private String share(int part) {
        return String.format(Locale.ROOT, "%d of %d gates (%.0f %%)", part, gates, 100.0 * part / Math.max(1, gates));
    }
}
