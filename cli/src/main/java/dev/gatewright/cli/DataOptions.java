package dev.gatewright.cli;

import dev.gatewright.data.ColumnType;
import dev.gatewright.data.ReadOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which data, and how to read it. */
final class DataOptions {
    @Option(names = "--target", paramLabel = "COLUMN", description = "The column to predict.")
    String target;

    @Option(
            names = "--type",
            paramLabel = "COLUMN=TYPE",
            description = "What a column holds: number, boolean, category or ignore. May be repeated.")
    Map<String, ColumnType> types = new LinkedHashMap<>();

    @Option(
            names = "--header",
            negatable = true,
            description = "Whether the first line of a table names its columns. Default: as it looks.")
    Boolean header;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random. Default: 0.")
    Long seed;

    /** How to read with these options, {@code otherTarget} and {@code otherSeed} standing in where none is given. */
    ReadOptions read(String otherTarget, long otherSeed, Command command) {
        ReadOptions options = ReadOptions.DEFAULT
                .withSeed(seed == null ? otherSeed : seed)
                .withTypes(types)
                .withWarnings(command::warn)
                .withProgress(command::say);
        options = header == null ? options : options.withHeader(header);
        String column = target == null ? otherTarget : target;
        return column == null || column.isEmpty() ? options : options.withTarget(column);
    }
}
