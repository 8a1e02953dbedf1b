package dev.gatewright.encode;

/** x. */
public final class InputException extends RuntimeException {
    public InputException(String message) {
        super(message);
    }
}
