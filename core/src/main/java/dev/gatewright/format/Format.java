package dev.gatewright.format;

import dev.gatewright.encode.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A language that circuits are written in. Implementations are immutable and write as a stream, with no more memory
 * than some words a wire.
 */
public interface Format {
    /** A file that a format writes beside the main one. */
    record Companion(String suffix, Content content) {
        /** Writes the file. */
        @FunctionalInterface
        public interface Content {
            void write(OutputStream out) throws IOException;
        }
    }

    /** The word that chooses this format, in kebab case. */
    String name();

    /** What file names end in, with the dot. */
    String suffix();

    /** One line for lists: what it is and for whom. */
    String about();

    /**
     * This format with the options of a user.
     *
     * @throws InputException if one is unknown or has a value that is not allowed
     */
    default Format with(FormatOptions options) {
        options.end();
        return this;
    }

    /**
     * Writes the design; leaves {@code out} open.
     *
     * @throws InputException if this format cannot hold the design
     */
    void write(Design design, OutputStream out) throws IOException;

    /** Whether {@link CircuitFiles} reads what this format writes. */
    default boolean isRead() {
        return false;
    }

    /** What the file says of itself beside what every file says, a sentence each; mostly nothing. */
    default List<String> sentences(Design design) {
        return List.of();
    }

    /** What goes beside the main file, whose name is {@code file}; mostly nothing. */
    default List<Companion> companions(Design design, String file) {
        return List.of();
    }

    /**
     * A test bench that applies vectors to the main file.
     *
     * @param stem the main file's name without its suffix; so begin the names of the bench's files, too
     * @throws InputException if this format has none, or none for files of that name
     */
    default Bench bench(Design design, Vectors vectors, String stem) {
        throw new InputException("format " + name() + " has no test bench");
    }
}
