package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.model.FormatException;
import dev.gatewright.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What one run of the command gave. */
record Run(int status, String out, String err) {
    /** Runs the command in this process. */
    static Run of(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Run succeeded() {
        assertThat(status).as("exit status; standard error: %s", err).isZero();
        return this;
    }

    /** Asserts that the user is told of a mistake in one line that contains all of the words. */
    Run refused(String... words) {
        assertThat(status).as("exit status; standard error: %s", err).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err.strip().lines()).hasSize(1);
        assertThat(err).contains(words).doesNotContain("Exception");
        return this;
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> object() throws FormatException {
        return (Map<String, Object>) Json.parse(out);
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> list() throws FormatException {
        return (List<Map<String, Object>>) Json.parse(out);
    }
}
