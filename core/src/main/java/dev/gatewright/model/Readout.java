package dev.gatewright.model;

/** How the outputs of a circuit become a prediction. It stands beside the circuit, which knows only bits. */
public sealed interface Readout {
    /**
     * A score a class: the outputs are split into {@code classes} contiguous groups of equal size, and the score is
     * the group's number of true outputs divided by {@code tau}. The largest score wins, the lowest class at a tie.
     */
    record GroupSum(int classes, float tau) implements Readout {
        public GroupSum {
            if (classes < 1 || !(tau > 0) || tau == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("group sums of " + classes + " classes with tau " + tau);
            }
        }
    }

    /** One number: {@code offset + scale · (number of true outputs)}. */
    record Regression(float scale, float offset) implements Readout {
        public Regression {
            if (!Float.isFinite(scale) || !Float.isFinite(offset)) {
                throw new IllegalArgumentException("a regression of scale " + scale + " and offset " + offset);
            }
        }
    }

    /** The outputs as they are. */
    record Bits() implements Readout {}
}
