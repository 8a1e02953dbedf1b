package dev.gatewright.model;

import java.io.IOException;

/** A file is not what it should be; the message is one sentence that says where, what was found and what was expected. */
public final class FormatException extends IOException {
    public FormatException(String message) {
        super(message);
    }
}
