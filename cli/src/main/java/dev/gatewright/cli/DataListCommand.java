package dev.gatewright.cli;

import dev.gatewright.data.CatalogueEntry;
import dev.gatewright.data.Datasets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Lists the catalogue. */
@CommandLine.Command(
        name = "list",
        description = "Lists the data sets that have a name.",
        footer = {"", "Example:", "  gatewright data list --json"})
final class DataListCommand extends Command {
    DataListCommand(Session session) {
        super(session);
    }

    @Override
    void run() {
        List<CatalogueEntry> catalogue = Datasets.catalogue();
        List<Map<String, Object>> json = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("name", "what"));
        for (CatalogueEntry entry : catalogue) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("name", entry.name());
            object.put("description", entry.description());
            object.put("licence", entry.licence());
            object.put("sources", entry.sources());
            json.add(object);
            rows.add(List.of(entry.name(), entry.description()));
        }
        result(Map.of("datasets", json), () -> Text.table(rows));
    }
}
