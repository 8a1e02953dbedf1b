package dev.gatewright.cli.tune;

import dev.gatewright.encode.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What one variable of a search may be, as it would be written on a command line.
 *
 * <pre>
 * values = value { "," value } | range
 * value  = text without commas | "'" text "'" | '"' text '"'
 * range  = number ".." number [ ":log" ] [ ":step=" number ]
 * </pre>
 */
public sealed interface Values permits Values.Choice, Range {
    /** One of the values, by chance. */
    String draw(RandomGenerator random);

    /** All values; empty where they cannot be listed. */
    Optional<List<String>> all();

    /**
     * Reads the values of {@code name}.
     *
     * @throws InputException if there are none, one stands twice, or a range runs the wrong way
     */
    static Values parse(String name, String text) {
        return Range.looksLikeOne(text) ? Range.parse(name, text) : new Choice(split(name, text));
    }

    private static List<String> split(String name, String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        char quote = 0;
        for (char c : (text + ",").toCharArray()) {
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && c == ',') {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        if (quote != 0) {
            throw new InputException("--vary " + name + ": " + text + " has a quotation mark that is never closed");
        }
        if (values.contains("")) {
            throw new InputException("--vary " + name + ": '" + text
                    + "' has an empty value; expected values with commas between them, or LOW..HIGH");
        }
        HashSet<String> seen = new HashSet<>();
        for (String each : values) {
            if (!seen.add(each)) {
                throw new InputException("--vary " + name + ": the value " + each + " stands there twice");
            }
        }
        return values;
    }

    /** Listed values, each as likely as the others. */
    record Choice(List<String> values) implements Values {
        public Choice {
            values = List.copyOf(values);
        }

        @Override
        public String draw(RandomGenerator random) {
            return values.get(random.nextInt(values.size()));
        }

        @Override
        public Optional<List<String>> all() {
            return Optional.of(values);
        }
    }
}
