package dev.gatewright.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options of {@link RecipeOptions} as they were written, by name, in the order of its help: what a command line, a
 * preset and a trial have in common.
 */
final class Settings {
    private static final List<OptionSpec> KNOWN = CommandSpec.forAnnotatedObject(new RecipeOptions()).options().stream()
            .filter(option -> option.longestName().startsWith("--"))
            .toList();

    private static final Set<String> FLAGS = KNOWN.stream()
            .filter(option -> option.typeInfo().isBoolean())
            .map(Settings::name)
            .collect(Collectors.toUnmodifiableSet());

    static final Settings NONE = new Settings(Map.of());

    private final Map<String, List<String>> words;

    private Settings(Map<String, List<String>> words) {
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        for (String name : names()) {
            if (words.containsKey(name)) {
                ordered.put(name, List.copyOf(words.get(name)));
            }
        }
        this.words = Collections.unmodifiableMap(ordered);
    }

    /** The names that settings can have, without dashes. */
    static List<String> names() {
        return KNOWN.stream().map(Settings::name).toList();
    }

    private static String name(OptionSpec option) {
        return option.longestName().substring(2);
    }

    /** What was given on the command line that {@code spec} has parsed. */
    static Settings given(CommandSpec spec) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        List<String> names = names();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            String name = name(option);
            if (names.contains(name)) {
                words.put(name, FLAGS.contains(name) ? List.of("" + option.getValue()) : option.originalStringValues());
            }
        }
        return new Settings(words);
    }

    /** The names that have a value. */
    Set<String> set() {
        return words.keySet();
    }

    /** The value of {@code name}, the first where there are several. */
    Optional<String> value(String name) {
        return Optional.ofNullable(words.get(name)).map(List::getFirst);
    }

    Settings with(String name, String value) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException("no option is named --" + name);
        }
        Map<String, List<String>> changed = new LinkedHashMap<>(words);
        changed.put(name, List.of(value));
        return new Settings(changed);
    }

    Settings without(String name) {
        Map<String, List<String>> changed = new LinkedHashMap<>(words);
        changed.remove(name);
        return new Settings(changed);
    }

    /** These settings, and those of {@code others} whose names have no value here. */
    Settings over(Settings others) {
        Map<String, List<String>> merged = new LinkedHashMap<>(others.words);
        merged.putAll(words);
        return new Settings(merged);
    }

    /** These settings with every value changed. */
    Settings map(UnaryOperator<String> change) {
        Map<String, List<String>> changed = new LinkedHashMap<>();
        words.forEach(
                (name, values) -> changed.put(name, values.stream().map(change).toList()));
        return new Settings(changed);
    }

    /** The words of a command line, a word an option. */
    List<String> arguments() {
        return text(value -> "=" + value);
    }

    /** The part of a command line that a shell reads as these settings. */
    String shell() {
        return String.join(" ", text(value -> " " + quoted(value)));
    }

    private List<String> text(UnaryOperator<String> value) {
        List<String> all = new ArrayList<>();
        words.forEach((name, values) -> {
            for (String each : values) {
                all.add(
                        FLAGS.contains(name)
                                ? (each.equals("true") ? "--" : "--no-") + name
                                : "--" + name + value.apply(each));
            }
        });
        return all;
    }

    /** A word as a POSIX shell reads it. */
    static String quoted(String word) {
        return word.matches("[\\w.,:=/+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && settings.words.equals(words);
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    @Override
    public String toString() {
        return shell();
    }
}
