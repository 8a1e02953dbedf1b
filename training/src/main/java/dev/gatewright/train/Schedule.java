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
}
