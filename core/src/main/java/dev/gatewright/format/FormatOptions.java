package dev.gatewright.format;

import dev.gatewright.encode.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Options of a format as a user gives them, {@code levels=4,valid}: a format takes those that it knows and says
 * {@link #end}.
 */
public final class FormatOptions {
    private final String format;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    /**
     * The options of a text, separated by commas; one without {@code =} is a flag.
     *
     * @throws InputException if an option is empty or named twice
     */
    public FormatOptions(String format, String text) {
        this.format = format;
        for (String option : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = option.indexOf('=');
            String name = (equals < 0 ? option : option.substring(0, equals)).strip();
            String value = equals < 0 ? "true" : option.substring(equals + 1).strip();
            if (name.isEmpty() || value.isEmpty() || values.put(name, value) != null) {
                throw new InputException("format " + format + ": found \"" + option
                        + "\" where an option NAME=VALUE that is not given twice was expected");
            }
        }
    }

    /** A whole number from {@code least} to {@code most}, {@code otherwise} where it is not given. */
    public int number(String name, int otherwise, int least, int most) {
        String value = take(name);
        if (value == null) {
            return otherwise;
        }
        if (value.matches("\\d{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new InputException("format " + format + ": " + name + "=" + value + " where a number from " + least
                + " to " + most + " was expected");
    }

    /** Whether a flag is given; {@code NAME=false} is allowed too. */
    public boolean flag(String name) {
        return switch (take(name)) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            case String other ->
                throw new InputException(
                        "format " + format + ": " + name + "=" + other + " where true or false was expected");
        };
    }

    /** The text given, or {@code otherwise}. */
    public String text(String name, String otherwise) {
        String value = take(name);
        return value == null ? otherwise : value;
    }

    /** The one of {@code all} that has the name given; the first where none is given. */
    public <T> T choice(String name, List<T> all, Function<T, String> names) {
        String value = take(name);
        if (value == null) {
            return all.getFirst();
        }
        for (T each : all) {
            if (names.apply(each).equals(value)) {
                return each;
            }
        }
        throw new InputException("format " + format + ": " + name + "=" + value + " where one of "
                + String.join(", ", all.stream().map(names).toList()) + " was expected");
    }

    private String take(String name) {
        known.add(name);
        return values.remove(name);
    }

    /**
     * Refuses options that nobody took.
     *
     * @throws InputException naming the first, and those there are
     */
    public void end() {
        if (!values.isEmpty()) {
            throw new InputException("format " + format + " has no option "
                    + values.keySet().iterator().next() + "; "
                    + (known.isEmpty() ? "it has none" : "it has " + String.join(", ", known)));
        }
    }
}
