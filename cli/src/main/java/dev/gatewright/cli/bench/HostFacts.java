package dev.gatewright.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a reader needs to know of the machine beside a figure. Facts that the system does not tell are left out. */
public final class HostFacts {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

    private HostFacts() {}

    /** Names and values: processor, cores, vectors, caches, load, gcc, Java. */
    public static Map<String, String> all() throws IOException, InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", processor("model name").orElse(System.getProperty("os.arch")));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("vectors", hasAvx512() ? "AVX-512" : hasFlag("avx2") ? "AVX2" : "neither AVX2 nor AVX-512");
        String caches = caches();
        if (!caches.isEmpty()) {
            facts.put("caches", caches);
        }
        facts.put("load", String.format(java.util.Locale.ROOT, "%.2f", load()));
        facts.put("gcc", Gcc.version());
        facts.put("java", System.getProperty("java.runtime.version"));
        return facts;
    }

    /** Threads that wanted a processor in the last minute, on average; negative where unknown. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    static boolean hasAvx512() {
        return hasFlag("avx512f");
    }

    private static boolean hasFlag(String flag) {
        return processor("flags")
                .map(flags -> (" " + flags + " ").contains(" " + flag + " "))
                .orElse(false);
    }

    private static Optional<String> processor(String key) {
        return lines(PROCESSORS).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** {@code "L1 32K, L2 512K, L3 32768K"}, without the instructions' own. */
    private static String caches() {
        List<String> caches = new ArrayList<>();
        for (int index = 0; index < 8; index++) {
            Path cache = CACHES.resolve("index" + index);
            List<String> type = lines(cache.resolve("type"));
            List<String> level = lines(cache.resolve("level"));
            List<String> size = lines(cache.resolve("size"));
            if (!type.isEmpty() && !type.getFirst().equals("Instruction") && !level.isEmpty() && !size.isEmpty()) {
                caches.add("L" + level.getFirst() + " " + size.getFirst());
            }
        }
        return String.join(", ", caches);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
