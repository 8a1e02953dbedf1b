package dev.gatewright.cli;

import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Names;
import dev.gatewright.model.FormatException;
import dev.gatewright.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The recipes that have a name; they stand in {@code presets.json} beside this class. */
final class Presets {
    private static final List<Preset> ALL = read();

    private Presets() {}

    static List<Preset> all() {
        return ALL;
    }

    static Optional<Preset> find(String name) {
        return ALL.stream().filter(preset -> preset.name().equals(name)).findFirst();
    }

    /** @throws InputException if no preset has this name */
    static Preset named(String name) {
        return find(name).orElseThrow(() -> {
            List<String> names = ALL.stream().map(Preset::name).toList();
            return new InputException("--preset: no preset is named '" + name + "'"
                    + Names.closest(name, names)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; expected one of " + String.join(", ", names)));
        });
    }

    private static List<Preset> read() {
        List<Preset> presets = new ArrayList<>();
        try {
            for (Object item : (List<?>) Json.parse(Resources.text("presets.json"))) {
                Map<?, ?> fields = (Map<?, ?>) item;
                Settings settings = Settings.NONE;
                for (Map.Entry<?, ?> option : ((Map<?, ?>) fields.get("options")).entrySet()) {
                    settings = settings.with((String) option.getKey(), (String) option.getValue());
                }
                presets.add(new Preset(
                        (String) fields.get("name"),
                        (String) fields.get("summary"),
                        (String) fields.get("published"),
                        settings));
            }
        } catch (FormatException e) {
            throw new IllegalStateException("presets.json: " + e.getMessage(), e);
        }
        return List.copyOf(presets);
    }
}
