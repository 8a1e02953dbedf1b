package dev.gatewright.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Lists the recipes that have a name, or shows what one of them stands for. */
@CommandLine.Command(
        name = "presets",
        sortOptions = false,
        description = "Lists the recipes that 'train --preset' knows, or shows the command that one stands for.",
        footer = {"", "Examples:", "  gatewright presets", "  gatewright presets mnist-8k"})
final class PresetsCommand extends Command {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The recipe to show.")
    private String name;

    PresetsCommand(Session session) {
        super(session);
    }

    @Override
    void run() {
        if (name != null) {
            Preset preset = Presets.named(name);
            result(
                    json(preset),
                    () -> preset.summary() + "\npublished: " + preset.published() + "\n" + preset.command());
            return;
        }
        List<Map<String, Object>> json = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("name", "what", "published"));
        for (Preset preset : Presets.all()) {
            json.add(json(preset));
            rows.add(List.of(preset.name(), preset.summary(), preset.published()));
        }
        result(Map.of("presets", json), () -> Text.table(rows));
    }

    private static Map<String, Object> json(Preset preset) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", preset.name());
        object.put("summary", preset.summary());
        object.put("published", preset.published());
        object.put("arguments", preset.settings().arguments());
        object.put("command", preset.command());
        return object;
    }
}
