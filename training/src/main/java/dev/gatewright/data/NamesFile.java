package dev.gatewright.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A C4.5 {@code .names} file: a line of classes, then a line an attribute, {@code name: continuous.} or
 * {@code name: value, value.}; {@code |} starts a comment.
 */
record NamesFile(List<String> classes, List<Attribute> attributes) {
    private static final long MAX_BYTES = 1 << 24;
    private static final Pattern CLASS_ENTRY = Pattern.compile("(?im)^\\s*(\\d{1,4})\\.\\s+class\\b");

    /** An attribute with its values, none where it is continuous. */
    record Attribute(String name, boolean ignored, List<String> values) {}

    /** The file's content, or nothing where it is prose. */
    static Optional<NamesFile> read(Path file) throws IOException {
        List<String> lines = text(file)
                .lines()
                .map(line -> line.replaceFirst("\\|.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.size() < 2 || lines.getFirst().contains(":")) {
            return Optional.empty();
        }
        List<Attribute> attributes = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                return Optional.empty();
            }
            String rest = line.substring(colon + 1).strip().replaceFirst("\\.$", "");
            boolean listed = !rest.equals("continuous") && !rest.equals("ignore") && !rest.startsWith("discrete");
            attributes.add(new Attribute(
                    line.substring(0, colon).strip(), rest.equals("ignore"), listed ? list(rest) : List.of()));
        }
        return Optional.of(new NamesFile(list(lines.getFirst().replaceFirst("\\.$", "")), attributes));
    }

    /** The number from 1 of the column that a description in prose lists as {@code 1. Class: …}. */
    static Optional<String> classColumn(Path file) throws IOException {
        Matcher entry = CLASS_ENTRY.matcher(text(file));
        return entry.find() ? Optional.of(entry.group(1)) : Optional.empty();
    }

    private static String text(Path file) throws IOException {
        return Files.size(file) > MAX_BYTES ? "" : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).distinct().toList();
    }

    /** The label without the full stop that the test files of this format end with. */
    String label(String text) {
        String label = text.strip();
        return label.endsWith(".") && !classes.contains(label) ? label.substring(0, label.length() - 1) : label;
    }
}
