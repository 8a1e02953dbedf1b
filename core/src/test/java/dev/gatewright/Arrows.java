package dev.gatewright;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which package may use which: this table is the architecture, read off the compiled classes. */
public final class Arrows {
    private static final Set<String> CORE =
            Set.of("bits", "logic", "encode", "circuit", "pass", "hardware", "verify", "format", "engine", "model");

    private static final Set<String> TRAINING = Set.of("data", "relax", "network", "train", "discretise", "shrink");

    /** From a package to those it may use, besides itself. */
    public static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("bits", Set.of()),
            Map.entry("logic", Set.of()),
            Map.entry("encode", Set.of("bits")),
            Map.entry("circuit", Set.of("bits", "logic")),
            Map.entry("pass", Set.of("bits", "logic", "circuit")),
            Map.entry("hardware", Set.of("bits", "logic", "circuit")),
            Map.entry("verify", Set.of("bits", "logic", "circuit")),
            Map.entry("format", Set.of("bits", "logic", "encode", "circuit")),
            Map.entry("engine", Set.of("bits", "logic", "circuit")),
            Map.entry("model", CORE),
            Map.entry("foreign", CORE),
            Map.entry("data", CORE),
            Map.entry("relax", Set.of("bits", "logic")),
            Map.entry("network", Set.of("bits", "logic", "encode", "relax")),
            Map.entry("discretise", Set.of("bits", "logic", "encode", "circuit", "pass", "relax", "network")),
            Map.entry("shrink", CORE),
            Map.entry("train", union(CORE, TRAINING)),
            Map.entry("cli", union(union(CORE, TRAINING), Set.of("foreign"))),
            Map.entry("bench", union(CORE, TRAINING)));

    private static final Pattern OURS = Pattern.compile("dev/gatewright/([a-z]+)/(?:[a-z]+/)*[A-Z]");

    private Arrows() {}

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    /** Fails if a class compiled together with {@code member} uses a package that {@link #ALLOWED} does not allow it. */
    public static void assertKept(Class<?> member) throws IOException {
        List<String> broken = broken(member, ALLOWED);
        if (!broken.isEmpty()) {
            throw new AssertionError(String.join("\n", broken));
        }
    }

    /** Every use of a package that {@code allowed} does not allow, among the classes compiled with {@code member}. */
    static List<String> broken(Class<?> member, Map<String, Set<String>> allowed) throws IOException {
        Path root;
        try {
            root = Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the classes have no folder", e);
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root.resolve("dev/gatewright"))) {
            files = walk.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
        List<String> broken = new ArrayList<>();
        for (Path file : files) {
            ClassModel model = ClassFile.of().parse(file);
            String from = root.relativize(file).getName(2).toString();
            for (Map.Entry<String, String> use : uses(model).entrySet()) {
                if (!use.getKey().equals(from)
                        && !allowed.getOrDefault(from, Set.of()).contains(use.getKey())) {
                    broken.add(from + " may not use " + use.getKey() + ", but " + root.relativize(file) + " has "
                            + use.getValue());
                }
            }
        }
        return broken;
    }

    /** Our packages that a class names, in its code, descriptors or signatures, each with one place. */
    private static Map<String, String> uses(ClassModel model) {
        Map<String, String> uses = new TreeMap<>();
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof Utf8Entry text) {
                Matcher ours = OURS.matcher(text.stringValue());
                while (ours.find()) {
                    uses.putIfAbsent(ours.group(1), text.stringValue());
                }
            }
        }
        return uses;
    }
}
