package dev.gatewright.cli;

import dev.gatewright.cli.tune.Space;
import dev.gatewright.cli.tune.Values;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the variables of a search stand for: an option of {@code train} by its name, where the value {@code none} leaves
 * it out; a {@code {name}} in another option's value; or a key of the network's description, such as {@code tau}.
 */
final class Variables {
    /** Trials that differ in these could not be compared. */
    private static final Set<String> FIXED =
            Set.of("data", "target", "type", "header", "seed", "split-seed", "validation");

    /** The value that leaves an option out. */
    static final String NONE = "none";

    private Variables() {}

    /**
     * Refuses variables that stand for nothing.
     *
     * @throws InputException naming the variable and what it could have been
     */
    static void check(Space space, Settings base) {
        List<String> options =
                Settings.names().stream().filter(name -> !FIXED.contains(name)).toList();
        StringBuilder texts = new StringBuilder(base.shell());
        space.variables().forEach((name, values) -> {
            if (values instanceof Values.Choice choice) {
                texts.append(' ').append(choice.values());
            }
        });
        for (String name : space.variables().keySet()) {
            if (FIXED.contains(name)) {
                throw new InputException("--vary " + name + ": trials with different --" + name
                        + " cannot be compared; expected another option of train");
            }
            if (!options.contains(name)
                    && texts.indexOf("{" + name + "}") < 0
                    && !key(name).matcher(base.value("network").orElse("")).find()) {
                List<String> known = new ArrayList<>(options);
                known.add("tau");
                throw new InputException("--vary " + name + ": expected an option of train ("
                        + String.join(", ", options) + "), {" + name
                        + "} in the value of one, or a key of --network, such as tau"
                        + Names.closest(name, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
            }
        }
    }

    /** The settings of one trial: {@code base} with the values of {@code point} in their places. */
    static Settings apply(Settings base, Map<String, String> point) {
        Settings settings = base;
        for (Map.Entry<String, String> each : point.entrySet()) {
            if (Settings.names().contains(each.getKey())) {
                settings = each.getValue().equals(NONE)
                        ? settings.without(each.getKey())
                        : settings.with(each.getKey(), each.getValue());
            }
        }
        for (Map.Entry<String, String> each : point.entrySet()) {
            settings = settings.map(text -> text.replace("{" + each.getKey() + "}", each.getValue()));
            if (!Settings.names().contains(each.getKey()) && settings.set().contains("network")) {
                String network = settings.value("network").orElseThrow();
                settings = settings.with(
                        "network",
                        key(each.getKey())
                                .matcher(network)
                                .replaceAll(Matcher.quoteReplacement(each.getKey() + "=" + each.getValue())));
            }
        }
        return settings;
    }

    /** A key with its value in a description; a value ends where the next key, option or stage begins. */
    private static Pattern key(String name) {
        return Pattern.compile("(?<=[,:])\\s*" + Pattern.quote(name) + "\\s*=\\s*[^,:|\\s]+");
    }
}
