package dev.gatewright.train;

/** Training has produced something that is not a number. The last checkpoint still holds a good state. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TrainingDivergedException(String message) {
        super(message);
    }
}
