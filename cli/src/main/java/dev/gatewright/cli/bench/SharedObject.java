package dev.gatewright.cli.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A shared object that gcc made, and how long it took; kept in a folder by the SHA-256 of its source and flags. */
record SharedObject(Path path, Duration compileTime) {
    /** The peers' default. */
    private static final List<String> FLAGS = List.of("-O1", "-shared", "-fPIC");

    private static final int SECONDS_BETWEEN_MESSAGES = 10;

    /** Where gcc is, if it is on the path of commands. */
    static Optional<Path> gcc() {
        String path = System.getenv("PATH");
        return Arrays.stream(path == null ? new String[0] : path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "gcc"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Compiles C, or finds the earlier result; see {@link CBaseline#compile}. */
    static SharedObject compile(String source, String what, Path cache, Consumer<String> progress)
            throws IOException, InterruptedException {
        Files.createDirectories(cache);
        String key = key(source);
        Path object = cache.resolve(key + ".so");
        Path time = cache.resolve(key + ".milliseconds");
        if (Files.exists(object) && Files.exists(time)) {
            return new SharedObject(
                    object,
                    Duration.ofMillis(Long.parseLong(Files.readString(time).strip())));
        }
        Path work = Files.createTempDirectory(cache, "compile");
        try {
            Path text = Files.writeString(work.resolve("circuit.c"), source);
            long start = System.nanoTime();
            run(command(text, work.resolve("circuit.so")), what, work.resolve("messages"), progress);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Path written = Files.writeString(work.resolve("time"), Long.toString(took.toMillis()));
            Files.move(written, time, StandardCopyOption.ATOMIC_MOVE);
            Files.move(work.resolve("circuit.so"), object, StandardCopyOption.ATOMIC_MOVE);
            return new SharedObject(object, took);
        } finally {
            for (String left : List.of("circuit.c", "circuit.so", "messages", "time")) {
                Files.deleteIfExists(work.resolve(left));
            }
            Files.deleteIfExists(work);
        }
    }

    private static List<String> command(Path source, Path object) throws IOException {
        Path gcc =
                gcc().orElseThrow(() -> new IOException("gcc is not on the path of commands; install it to compare"));
        List<String> command = new ArrayList<>();
        command.add(gcc.toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-o", object.toString(), source.toString()));
        return command;
    }

    private static void run(List<String> command, String what, Path messages, Consumer<String> progress)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        try {
            int seconds = 0;
            while (!process.waitFor(SECONDS_BETWEEN_MESSAGES, TimeUnit.SECONDS)) {
                seconds += SECONDS_BETWEEN_MESSAGES;
                progress.accept("gcc compiles " + what + ": " + seconds + " s (once; the result is kept)");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            String said = Files.readString(messages).lines().findFirst().orElse("nothing");
            throw new IOException(
                    "gcc ended with status " + process.exitValue() + " on " + what + " and said: " + said);
        }
    }

    private static String key(String source) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(String.join(" ", FLAGS).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(source.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
