package dev.gatewright.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A shared object that gcc made, and how long it took; kept in a folder by the SHA-256 of its source, the flags and
 * the version of gcc.
 */
record SharedObject(Path path, Duration compileTime) {
    private static final List<String> FLAGS = List.of("-shared", "-fPIC");
    private static final int SECONDS_BETWEEN_MESSAGES = 10;

    /** gcc was still at work when its time was up. */
    static final class UnfinishedException extends Exception {
        private static final long serialVersionUID = 1L;

        UnfinishedException(Duration after) {
            super("gcc had not finished after " + after.toSeconds() + " s");
        }
    }

    /**
     * Compiles C, or finds the earlier result. That gcc did not finish is kept too, so that it is tried again only
     * with more time.
     *
     * @param flags beside those that make a shared object
     * @param what of progress and errors
     * @param limit after which gcc is stopped
     * @throws IOException if there is no gcc, it fails, or the folder cannot be written
     * @throws UnfinishedException if gcc takes longer
     */
    static SharedObject compile(
            String source, List<String> flags, String what, Path cache, Duration limit, Consumer<String> progress)
            throws IOException, InterruptedException, UnfinishedException {
        Files.createDirectories(cache);
        String key = key(source, flags, Gcc.version());
        Path object = cache.resolve(key + ".so");
        Path time = cache.resolve(key + ".milliseconds");
        Path unfinished = cache.resolve(key + ".unfinished");
        if (Files.exists(object) && Files.exists(time)) {
            return new SharedObject(object, milliseconds(time));
        }
        if (Files.exists(unfinished) && milliseconds(unfinished).compareTo(limit) >= 0) {
            throw new UnfinishedException(milliseconds(unfinished));
        }
        Path work = Files.createTempDirectory(cache, "compile");
        try {
            Path text = Files.writeString(work.resolve("circuit.c"), source);
            Path result = work.resolve("circuit.so");
            Path spent = work.resolve("time");
            long start = System.nanoTime();
            if (!run(command(flags, text, result), what, work.resolve("messages"), limit, progress)) {
                Files.writeString(spent, Long.toString(limit.toMillis()));
                Files.move(spent, unfinished, StandardCopyOption.ATOMIC_MOVE);
                throw new UnfinishedException(limit);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Files.writeString(spent, Long.toString(took.toMillis()));
            Files.move(spent, time, StandardCopyOption.ATOMIC_MOVE);
            Files.move(result, object, StandardCopyOption.ATOMIC_MOVE);
            return new SharedObject(object, took);
        } finally {
            for (String left : List.of("circuit.c", "circuit.so", "messages", "time")) {
                Files.deleteIfExists(work.resolve(left));
            }
            Files.deleteIfExists(work);
        }
    }

    private static Duration milliseconds(Path file) throws IOException {
        String text = Files.readString(file).strip();
        try {
            return Duration.ofMillis(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IOException(file + " holds \"" + text + "\" where milliseconds are expected; delete it", e);
        }
    }

    private static List<String> command(List<String> flags, Path source, Path object) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Gcc.path()
                .orElseThrow(() -> new IOException("gcc is not on the path of commands; install it to compare"))
                .toString());
        command.addAll(flags);
        command.addAll(FLAGS);
        command.addAll(List.of("-o", object.toString(), source.toString()));
        return command;
    }

    /** Whether gcc ended in time. */
    private static boolean run(
            List<String> command, String what, Path messages, Duration limit, Consumer<String> progress)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        long start = System.nanoTime();
        try {
            long left = limit.toMillis();
            while (!process.waitFor(Math.min(left, SECONDS_BETWEEN_MESSAGES * 1000L), TimeUnit.MILLISECONDS)) {
                Duration spent = Duration.ofNanos(System.nanoTime() - start);
                left = limit.minus(spent).toMillis();
                if (left <= 0) {
                    return false;
                }
                progress.accept("gcc compiles " + what + ": " + spent.toSeconds() + " s (once; the result is kept)");
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
        return true;
    }

    /** The name under which a result is kept. */
    static String key(String source, List<String> flags, String gcc) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(gcc, String.join(" ", flags), String.join(" ", FLAGS), source)) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
