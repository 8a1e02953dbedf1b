package dev.gatewright.cli;

import dev.gatewright.encode.InputException;
import dev.gatewright.engine.Engine;
import picocli.CommandLine.Option;

/** How to run a circuit. */
final class RunOptions {
    @Option(names = "--engine", paramLabel = "NAME", description = "The engine. Default: the fastest here.")
    String engine;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use. Default: all cores.")
    Integer threads;

    /** The engine to use; where the one asked for cannot run here, a line on standard error says why. */
    Engine engine() {
        return engine == null ? Engine.best() : asked(engine);
    }

    /** The engine of this name; where it cannot run here, a line on standard error says why. */
    static Engine asked(String name) {
        Engine asked = Engine.byName(name);
        asked.unavailable()
                .ifPresent(reason ->
                        System.err.println("the " + name + " engine gives way to the portable one: " + reason));
        return asked;
    }

    int threads() {
        return threads(threads);
    }

    /** The given number of threads, all cores where none is given. */
    static int threads(Integer given) {
        if (given == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        if (given < 1 || given > 4096) {
            throw new InputException("--threads is " + given + "; expected 1 to 4096");
        }
        return given;
    }
}
