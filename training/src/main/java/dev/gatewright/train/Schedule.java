package dev.gatewright.train;

/** How the learning rate goes from the first step to the last. */
public enum Schedule {
    /** Falls along half a cosine from the full rate to zero. */
    COSINE,
    CONSTANT;

    /** The factor on the learning rate after {@code progress} of training, 0 to 1. */
    double factor(double progress) {
        return switch (this) {
            case COSINE -> (1 + Math.cos(Math.PI * progress)) / 2;
            case CONSTANT -> 1;
        };
    }

    /**
     * The factor at step {@code step} of {@code steps}, counted from 0: it rises in equal parts to 1 in the first
     * {@code warmUp} steps, after which the schedule begins.
     */
    double factor(long step, long steps, int warmUp) {
        return step < warmUp ? (step + 1.0) / warmUp : factor((step - warmUp) / ((double) steps - warmUp));
    }
}
