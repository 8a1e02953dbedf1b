package dev.gatewright.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that exist wholly or not at all. */
public final class AtomicFile {
    /** Hands the content to a channel that is open for writing at position 0. */
    @FunctionalInterface
    public interface Content {
        void write(FileChannel channel) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes {@code file} beside its place, forces it to the disk, and renames it into place. Whatever stood there is
     * replaced only at the very end; after an error nothing new is left behind.
     *
     * @throws IOException with one sentence that names the file and the reason
     */
    public static void write(Path file, Content content) throws IOException {
        // A link keeps pointing where it points; the file behind it is replaced.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new FileSystemException(file + ": is not a regular file, so it cannot be replaced");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new FileSystemException(file + ": cannot be written, since there is no folder " + folder);
        }
        Path part = null;
        try {
            part = freshName(target);
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.write(channel);
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            part = null;
        } catch (IOException e) {
            throw new IOException(file + ": cannot be written: " + reason(e), e);
        } finally {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        }
        forceFolder(folder);
    }

    private static Path freshName(Path target) throws IOException {
        long pid = ProcessHandle.current().pid();
        for (int i = 0; i < 1000; i++) {
            Path part = target.resolveSibling("." + target.getFileName() + "." + pid + "-" + i + ".part");
            if (Files.notExists(part)) {
                return part;
            }
        }
        throw new FileAlreadyExistsException("1000 unfinished files stand beside it");
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
    }

    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ignored) {
            // Some systems cannot open folders; the file itself is on the disk, only its name may be late.
        }
    }
}
