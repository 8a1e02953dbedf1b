package dev.gatewright.data;

import dev.gatewright.encode.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Files of a data set, each known by its SHA-256, and where they can be had from.
 *
 * @param folders where they lie below a folder that the user names
 */
record FileSet(
        String name, String description, String licence, List<String> folders, List<Item> files, List<Source> sources) {
    /** A file and the SHA-256 of its unpacked bytes. */
    record Item(String name, String sha256) {}

    CatalogueEntry entry() {
        List<String> all = new ArrayList<>(List.of("folder GATEWRIGHT_SOURCES"));
        sources.forEach(source -> all.add(source.describe()));
        return new CatalogueEntry(name, description, licence, all);
    }

    Path folder(Consumer<String> progress) throws IOException {
        return folder(CacheFolders.ofEnvironment(System.getenv()), progress);
    }

    /**
     * A folder that holds the files, verified: the cache, else a folder of the user's, else fetched into the cache.
     *
     * @throws InputException if no source has them, saying why for each
     */
    Path folder(CacheFolders folders, Consumer<String> progress) throws IOException {
        Path cached = folders.cache().resolve(name);
        List<String> reasons = new ArrayList<>();
        if (Files.isDirectory(cached)) {
            Optional<String> wrong = wrong(cached);
            if (wrong.isEmpty()) {
                return cached;
            }
            reasons.add("cache folder " + cached + ": " + wrong.get());
        }
        for (Path folder : folders.sources()) {
            Optional<Path> found = in(folder, reasons);
            if (found.isPresent()) {
                return found.get();
            }
        }
        for (Source source : sources) {
            progress.accept("fetching " + name + " from " + source.describe());
            Optional<String> failure = fetch(source, folders.cache(), cached);
            if (failure.isEmpty()) {
                progress.accept("fetched " + name + " from " + source.describe() + " into " + cached);
                return cached;
            }
            reasons.add(source.describe() + ": " + failure.get());
        }
        throw new InputException("the data set " + name + " could not be had: " + String.join("; ", reasons));
    }

    private Optional<Path> in(Path folder, List<String> reasons) throws IOException {
        List<Path> candidates = new ArrayList<>();
        folders.forEach(below -> candidates.add(folder.resolve(below)));
        candidates.add(folder);
        String reason = "none of its files";
        for (Path candidate : candidates) {
            if (DataFiles.find(candidate, files.getFirst().name()).isPresent()) {
                Optional<String> wrong = wrong(candidate);
                if (wrong.isEmpty()) {
                    return Optional.of(candidate);
                }
                reason = wrong.get();
            }
        }
        reasons.add("folder " + folder + ": " + reason);
        return Optional.empty();
    }

    /** What is wrong with the files in this folder. */
    private Optional<String> wrong(Path folder) throws IOException {
        for (Item item : files) {
            Optional<Path> file = DataFiles.find(folder, item.name());
            if (file.isEmpty()) {
                return Optional.of(item.name() + " is not there");
            }
            String sha256;
            try {
                sha256 = DataFiles.sha256(List.of(file.get()));
            } catch (InputException e) {
                return Optional.of(e.getMessage());
            }
            if (!sha256.equals(item.sha256())) {
                return Optional.of(
                        item.name() + " has the SHA-256 " + sha256 + " where " + item.sha256() + " is expected");
            }
        }
        return Optional.empty();
    }

    /** Fetches beside the cached folder and renames when all is verified; answers why it failed. */
    private Optional<String> fetch(Source source, Path cache, Path cached) throws IOException {
        Path beside;
        try {
            Files.createDirectories(cache);
            beside = Files.createTempDirectory(cache, "." + name + "-");
        } catch (IOException e) {
            throw new InputException("the cache folder " + cache + " cannot be written: " + Source.sentence(e), e);
        }
        try {
            source.fetch(this, beside);
            Optional<String> wrong = wrong(beside);
            if (wrong.isEmpty()) {
                delete(cached);
                Files.move(beside, cached, StandardCopyOption.ATOMIC_MOVE);
            }
            return wrong;
        } catch (InputException e) {
            return Optional.of(e.getMessage());
        } catch (IOException e) {
            return Optional.of(Source.sentence(e));
        } finally {
            delete(beside);
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
