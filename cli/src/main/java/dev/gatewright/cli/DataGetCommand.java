package dev.gatewright.cli;

import dev.gatewright.data.Dataset;
import dev.gatewright.data.Datasets;
import dev.gatewright.data.ReadOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Fetches a data set of the catalogue. */
@CommandLine.Command(
        name = "get",
        description = "Fetches a data set into the cache folder (GATEWRIGHT_DATA) and checks its SHA-256.",
        footer = {"", "Example:", "  gatewright data get mnist"})
final class DataGetCommand extends Command {
    @Parameters(paramLabel = "NAME", description = "A name from 'gatewright data list'.")
    private String name;

    DataGetCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        Dataset dataset =
                Datasets.open(name, ReadOptions.DEFAULT.withWarnings(this::warn).withProgress(this::say));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", dataset.name());
        json.put("train", dataset.train().rows());
        json.put("test", dataset.test().rows());
        json.put("official_test", dataset.officialTest());
        json.put("sha256", dataset.sha256());
        result(
                json,
                () -> dataset.name() + ": " + dataset.train().rows() + " samples to train on, "
                        + dataset.test().rows() + " to test" + (dataset.officialTest() ? " (official)" : "")
                        + "\nSHA-256 "
                        + dataset.sha256());
    }
}
