package dev.gatewright.data;

import dev.gatewright.encode.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens files, packed or not, and hashes them. */
final class DataFiles {
    private DataFiles() {}

    /** What reads a stream. */
    interface Reading<T> {
        T from(InputStream in) throws IOException;
    }

    /** Reads a file, unpacked if it is gzip; what is wrong with its bytes becomes a sentence naming it. */
    static <T> T read(Path file, Reading<T> reading) throws IOException {
        if (!Files.exists(file)) {
            throw new InputException("there is no file " + file);
        }
        if (!Files.isReadable(file)) {
            throw new InputException("the file " + file + " may not be read");
        }
        try (InputStream in = unpacked(Files.newInputStream(file))) {
            return reading.from(in);
        } catch (ZipException | EOFException e) {
            throw new InputException(name(file) + " is damaged or cut short: " + e.getMessage(), e);
        }
    }

    /** The stream, unpacked where it starts like gzip; it can be marked for 64 KiB. */
    static InputStream unpacked(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 1 << 17);
        in.mark(2);
        int magic = in.read() | in.read() << 8;
        in.reset();
        return magic == GZIPInputStream.GZIP_MAGIC
                ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 17)
                : in;
    }

    static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    /** The name without {@code .gz}. */
    static String plainName(Path file) {
        String name = name(file);
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }

    /** The file of this name in the folder, or the same with {@code .gz}. */
    static Optional<Path> find(Path folder, String name) {
        for (String candidate : List.of(name, name + ".gz")) {
            Path file = folder.resolve(candidate);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The SHA-256 of the unpacked bytes of the files, one after the other. */
    static String sha256(List<Path> files) throws IOException {
        MessageDigest digest = digest();
        for (Path file : files) {
            read(file, in -> {
                byte[] buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
                return digest;
            });
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
