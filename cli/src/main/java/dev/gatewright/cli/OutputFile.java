package dev.gatewright.cli;

import dev.gatewright.encode.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that long work will write. */
final class OutputFile {
    private OutputFile() {}

    /**
     * Refuses, before the work, a place where no file can be written after it.
     *
     * @throws InputException saying what is in the way
     */
    static void check(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new InputException("--out " + file + ": is a folder; expected a file");
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException("--out " + file + ": there is no folder " + folder);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new InputException("--out " + file + ": is not a regular file, so it cannot be replaced");
        }
        if (!Files.isWritable(folder)) {
            throw new InputException("--out " + file + ": the folder " + folder + " cannot be written to");
        }
    }
}
