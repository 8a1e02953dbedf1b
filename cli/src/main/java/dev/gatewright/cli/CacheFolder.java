package dev.gatewright.cli;

import java.nio.file.Path;
import java.util.Locale;

/** Where things are kept that can be made again. */
final class CacheFolder {
    private CacheFolder() {}

    /** The folder {@code name} in {@code GATEWRIGHT_DATA}, or else in the platform's cache folder. */
    static Path of(String name) {
        String given = System.getenv("GATEWRIGHT_DATA");
        if (given != null && !given.isEmpty()) {
            return Path.of(given, name);
        }
        String home = System.getProperty("user.home");
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String cache = System.getenv("XDG_CACHE_HOME");
        Path folder;
        if (cache != null && !cache.isEmpty()) {
            folder = Path.of(cache);
        } else if (system.startsWith("mac")) {
            folder = Path.of(home, "Library", "Caches");
        } else {
            folder = Path.of(home, ".cache");
        }
        return folder.resolve("gatewright").resolve(name);
    }
}
