package dev.gatewright.data;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where data sets are kept, and where the user says that they lie already.
 *
 * @param cache written to: {@code GATEWRIGHT_DATA}, else the platform's cache folder
 * @param sources only read: the folders of {@code GATEWRIGHT_SOURCES}
 */
record CacheFolders(Path cache, List<Path> sources) {
    static CacheFolders ofEnvironment(Map<String, String> environment) {
        List<Path> sources = new ArrayList<>();
        for (String folder : environment.getOrDefault("GATEWRIGHT_SOURCES", "").split(File.pathSeparator)) {
            if (!folder.isBlank()) {
                sources.add(Path.of(folder));
            }
        }
        String named = environment.getOrDefault("GATEWRIGHT_DATA", "");
        return new CacheFolders(named.isBlank() ? platform(environment) : Path.of(named), sources);
    }

    private static Path platform(Map<String, String> environment) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home", "."));
        if (system.contains("mac")) {
            return home.resolve("Library/Caches/gatewright");
        }
        String variable = system.contains("win") ? "LOCALAPPDATA" : "XDG_CACHE_HOME";
        String folder = environment.getOrDefault(variable, "");
        return (folder.isBlank() ? home.resolve(".cache") : Path.of(folder)).resolve("gatewright");
    }
}
