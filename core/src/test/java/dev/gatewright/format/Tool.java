package dev.gatewright.format;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program from outside that judges what we write; a test is skipped where it is missing, unless tools are required. */
final class Tool {
    private final String command;

    private Tool(String command) {
        this.command = command;
    }

    /** The first of these commands that is installed. */
    static Tool of(String... names) {
        List<String> installed = Stream.of(names)
                .filter(name -> Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
                .toList();
        if (!"required".equals(System.getProperty("tools"))) {
            assumeTrue(!installed.isEmpty(), names[0] + " is not installed");
        }
        return new Tool(installed.getFirst());
    }

    static Tool abc() {
        return of("berkeley-abc", "abc", "yosys-abc");
    }

    /** Everything that the program says, run in a folder. */
    String run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "log", "");
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(line + " took more than five minutes");
        }
        return new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
    }
}
