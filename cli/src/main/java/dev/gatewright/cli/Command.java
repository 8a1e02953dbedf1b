package dev.gatewright.cli;

import dev.gatewright.model.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** What all commands share: how results and messages are shown. */
abstract class Command implements Callable<Integer> {
    private final Session session;

    @Option(names = "--json", description = "Print one JSON value on standard output and nothing else there.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress and no messages.")
    boolean quiet;

    @Option(names = "--stacktrace", description = "Show where in the program an error arose.")
    boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    Command(Session session) {
        this.session = session;
    }

    final Session session() {
        return session;
    }

    /** Does the work; results go to {@link #result}, messages to {@link #say}. */
    abstract void run() throws IOException, InterruptedException;

    /** The exit status of a run that came to its end. */
    int status() {
        return Failures.DONE;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        run();
        return status();
    }

    /** Prints the result: {@code asJson} with {@code --json}, the lines of {@code asText} otherwise. */
    final void result(Object asJson, Supplier<String> asText) {
        session.out().println(json ? Json.write(asJson) : asText.get().stripTrailing());
    }

    /** A message to whoever watches; none with {@code --quiet}. */
    final void say(String message) {
        if (!quiet) {
            session.err().println(message);
        }
    }

    /** A warning, shown even with {@code --quiet}. */
    final void warn(String message) {
        session.err().println("warning: " + message);
    }
}
