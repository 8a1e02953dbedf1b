package dev.gatewright.data;

import dev.gatewright.encode.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The layout of the UCI collection: {@code X.data}, perhaps {@code X.test}, without header lines, and {@code X.names}
 * which names the columns or describes them in prose.
 */
final class UciFiles {
    private UciFiles() {}

    /** Reads {@code X.data} and what lies beside it. */
    static Dataset read(String name, Path data, ReadOptions options) throws IOException {
        Path folder = data.toAbsolutePath().getParent();
        String stem = DataFiles.plainName(data).replaceFirst("\\.(data|test)$", "");
        Optional<Path> names = DataFiles.find(folder, stem + ".names");
        Optional<Path> test =
                DataFiles.plainName(data).endsWith(".data") ? DataFiles.find(folder, stem + ".test") : Optional.empty();
        Optional<NamesFile> description = names.isPresent() ? NamesFile.read(names.get()) : Optional.empty();
        Optional<Boolean> header = options.header().or(() -> Optional.of(false));
        String target = options.target().orElse("last");
        List<ColumnReader> columns;
        Function<String, String> label = Function.identity();
        if (description.isPresent() && !header.get()) {
            columns = named(description.get(), options, DataFiles.name(names.orElseThrow()));
            label = description.get()::label;
            Delimited.append(data, columns, label);
        } else {
            columns = Delimited.read(data, header, options);
            if (options.target().isEmpty() && names.isPresent()) {
                target = NamesFile.classColumn(names.get()).orElse("last");
            }
            if (options.target().isEmpty()) {
                String taken = columns.get(Targets.find(
                                columns.stream().map(ColumnReader::name).toList(), target, DataFiles.name(data)))
                        .name();
                options.warnings()
                        .accept(DataFiles.name(data) + ": learning column " + taken
                                + "; choose another with the target option (first, last, a name or a number)");
            }
        }
        int trainRows = columns.getFirst().rows();
        if (test.isEmpty()) {
            LabelledSamples all = Tables.labelled(columns, trainRows, target, options, DataFiles.name(data));
            return Tables.split(name, all, options, DataFiles.sha256(List.of(data)));
        }
        Delimited.append(test.get(), columns, label);
        return official(name, columns, trainRows, target, options, List.of(data, test.get()));
    }

    private static Dataset official(
            String name,
            List<ColumnReader> columns,
            int trainRows,
            String target,
            ReadOptions options,
            List<Path> files)
            throws IOException {
        int rows = columns.getFirst().rows();
        // A row without a target would shift the border between the parts.
        List<String> dropped = new ArrayList<>();
        LabelledSamples all = Tables.labelled(
                columns, rows, target, options.withWarnings(dropped::add), DataFiles.name(files.getFirst()));
        dropped.forEach(options.warnings());
        if (all.rows() != rows) {
            throw new InputException(DataFiles.name(files.getFirst()) + " or " + DataFiles.name(files.getLast())
                    + " has rows without a value of the target \""
                    + all.target().name() + "\"");
        }
        return new Dataset(
                name,
                all.select(IntStream.range(0, trainRows).toArray()),
                all.select(IntStream.range(trainRows, rows).toArray()),
                true,
                DataFiles.sha256(files));
    }

    private static List<ColumnReader> named(NamesFile description, ReadOptions options, String file) {
        List<String> names = new ArrayList<>(
                description.attributes().stream().map(NamesFile.Attribute::name).toList());
        names.add(names.contains("class") ? "target" : "class");
        List<ColumnReader> readers = new ArrayList<>(ColumnReader.of(names, options, new ColumnReader.Place(file, 0)));
        for (int i = 0; i < description.attributes().size(); i++) {
            NamesFile.Attribute attribute = description.attributes().get(i);
            if (!options.types().containsKey(attribute.name())) {
                Optional<ColumnType> type = attribute.ignored()
                        ? Optional.of(ColumnType.IGNORE)
                        : attribute.values().isEmpty() ? Optional.empty() : Optional.of(ColumnType.CATEGORY);
                readers.set(i, new ColumnReader(attribute.name(), type, attribute.values()));
            }
        }
        return readers;
    }
}
