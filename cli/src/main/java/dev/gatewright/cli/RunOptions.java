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

    Engine engine() {
        return engine == null ? Engine.best() : Engine.byName(engine);
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
