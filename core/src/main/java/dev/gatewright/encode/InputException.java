package dev.gatewright.encode;

/**
 * Something is wrong in a user's data, files or options; the message is one sentence for that user: where, what was
 * found, what was expected.
 */
public final class InputException extends RuntimeException {
    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
