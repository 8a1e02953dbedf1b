package dev.gatewright.cli.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The C compiler of this machine. */
final class Gcc {
    private Gcc() {}

    /** Where gcc is, if it is on the path of commands. */
    static Optional<Path> path() {
        String path = System.getenv("PATH");
        return Arrays.stream(path == null ? new String[0] : path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "gcc"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The first line of {@code gcc --version}; {@code "none"} where there is none. */
    static String version() throws IOException, InterruptedException {
        Optional<Path> gcc = path();
        if (gcc.isEmpty()) {
            return "none";
        }
        Process process = new ProcessBuilder(gcc.get().toString(), "--version")
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said.lines().findFirst().orElse("unknown");
        } finally {
            process.destroyForcibly();
        }
    }
}
