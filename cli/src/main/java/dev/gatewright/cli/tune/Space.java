package dev.gatewright.cli.tune;

import dev.gatewright.encode.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** The variables of a search by name, in the order they were given, and what each may be. */
public record Space(Map<String, Values> variables) {
    /** A point that is not new is drawn again so many times. */
    private static final int ATTEMPTS = 1000;

    public Space {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /**
     * Reads {@code NAME=VALUES} texts.
     *
     * @throws InputException if there is none, one cannot be read, or a name stands twice
     */
    public static Space parse(List<String> texts) {
        if (texts.isEmpty()) {
            throw new InputException(
                    "--vary is missing, so that the space is empty; expected such as --vary learning-rate=0.01..0.2:log");
        }
        Map<String, Values> variables = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? "" : text.substring(0, equals).strip();
            if (!name.matches("[A-Za-z][\\w-]*")) {
                throw new InputException("--vary " + text + ": expected NAME=VALUES, such as tau=5,8,10 or tau=5..20");
            }
            if (variables.put(name, Values.parse(name, text.substring(equals + 1))) != null) {
                throw new InputException("--vary " + name + " is given twice; expected all of its values in one");
            }
        }
        return new Space(variables);
    }

    /**
     * Different points, each a value for every variable: all of the space where it has no more than {@code most},
     * else as many drawn by {@code seed}.
     */
    public List<Map<String, String>> points(int most, long seed) {
        Optional<List<Map<String, String>>> all = all(most);
        if (all.isPresent()) {
            return all.get();
        }
        SplittableRandom random = new SplittableRandom(seed);
        Set<Map<String, String>> points = new LinkedHashSet<>();
        for (int attempts = 0; points.size() < most && attempts < ATTEMPTS; attempts++) {
            Map<String, String> point = new LinkedHashMap<>();
            variables.forEach((name, values) -> point.put(name, values.draw(random)));
            if (points.add(Collections.unmodifiableMap(point))) {
                attempts = 0;
            }
        }
        return List.copyOf(points);
    }

    private Optional<List<Map<String, String>>> all(int most) {
        List<Map<String, String>> points = List.of(Map.of());
        for (Map.Entry<String, Values> variable : variables.entrySet()) {
            List<String> values = variable.getValue().all().orElse(List.of());
            if (values.isEmpty() || (long) points.size() * values.size() > most) {
                return Optional.empty();
            }
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> point : points) {
                for (String value : values) {
                    Map<String, String> one = new LinkedHashMap<>(point);
                    one.put(variable.getKey(), value);
                    longer.add(Collections.unmodifiableMap(one));
                }
            }
            points = longer;
        }
        return Optional.of(List.copyOf(points));
    }
}
