package dev.gatewright.data;

import dev.gatewright.encode.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads ARFF files with numeric, nominal and text attributes; the last attribute is the target unless one is named. */
final class Arff {
    private Arff() {}

    static List<ColumnReader> read(Path file, ReadOptions options) throws IOException {
        String name = DataFiles.name(file);
        return DataFiles.read(file, in -> {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            List<ColumnReader> columns = new ArrayList<>();
            boolean data = false;
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = line.strip();
                if (text.isEmpty() || text.startsWith("%")) {
                    continue;
                }
                ColumnReader.Place place = new ColumnReader.Place(name, number);
                String lower = text.toLowerCase(Locale.ROOT);
                if (data) {
                    row(text, columns, place);
                } else if (lower.startsWith("@attribute")) {
                    columns.add(attribute(text.substring("@attribute".length()), options, place));
                } else if (lower.startsWith("@data")) {
                    data = true;
                    ColumnReader.of(columns.stream().map(ColumnReader::name).toList(), options, place);
                } else if (!lower.startsWith("@relation")) {
                    throw new InputException(place.text() + " holds \"" + ColumnReader.shorten(text)
                            + "\" where @relation, @attribute or @data is expected");
                }
            }
            if (!data || columns.isEmpty()) {
                throw new InputException(name + " is no ARFF file: it has no " + (data ? "@attribute" : "@data"));
            }
            return columns;
        });
    }

    private static void row(String text, List<ColumnReader> columns, ColumnReader.Place place) {
        if (text.startsWith("{")) {
            throw new InputException(place.text() + " is a sparse row, which is not supported");
        }
        List<String> fields = fields(text, place);
        if (fields.size() != columns.size()) {
            throw new InputException(
                    place.text() + " has " + fields.size() + " fields where " + columns.size() + " are expected");
        }
        for (int i = 0; i < fields.size(); i++) {
            ColumnReader column = columns.get(i);
            String field = fields.get(i);
            if (!column.declared().isEmpty()
                    && !field.equals("?")
                    && !column.declared().contains(field)) {
                throw new InputException(place.text() + ", attribute \"" + column.name() + "\" holds \""
                        + ColumnReader.shorten(field) + "\", which is not among its declared values");
            }
            column.add(field, place);
        }
    }

    private static ColumnReader attribute(String text, ReadOptions options, ColumnReader.Place place) {
        String rest = text.strip();
        if (rest.isEmpty()) {
            throw new InputException(place.text() + " names no attribute");
        }
        String name;
        char quote = rest.charAt(0);
        int end;
        if (quote == '\'' || quote == '"') {
            end = rest.indexOf(quote, 1);
            name = end < 0 ? "" : rest.substring(1, end++);
        } else {
            String[] parts = rest.split("[\\s{]", 2);
            name = parts[0];
            end = name.length();
        }
        String kind = end < 0 ? "" : rest.substring(end).strip();
        Optional<ColumnType> said = Optional.ofNullable(options.types().get(name));
        if (kind.startsWith("{") && kind.endsWith("}")) {
            List<String> values = fields(kind.substring(1, kind.length() - 1), place);
            return said.isPresent()
                    ? new ColumnReader(name, said, List.of())
                    : new ColumnReader(name, Optional.of(ColumnType.CATEGORY), values);
        }
        Optional<ColumnType> type = switch (kind.toLowerCase(Locale.ROOT).split("\\s", 2)[0]) {
            case "numeric", "real", "integer" -> Optional.of(ColumnType.NUMBER);
            case "string", "date" -> Optional.empty();
            default ->
                throw new InputException(place.text() + ": attribute \"" + ColumnReader.shorten(name)
                        + "\" has the unknown type \"" + ColumnReader.shorten(kind) + "\"");
        };
        return new ColumnReader(name, said.or(() -> type), List.of());
    }

    /** Values separated by commas; quotes of either kind hold commas, a backslash the next letter. */
    private static List<String> fields(String text, ColumnReader.Place place) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != 0 && i + 1 < text.length()) {
                field.append(text.charAt(++i));
            } else if (quote != 0
                    ? c == quote
                    : (c == '\'' || c == '"') && field.toString().isBlank()) {
                quote = quote == 0 ? c : 0;
            } else if (c == ',' && quote == 0) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quote != 0) {
            throw new InputException(place.text() + " opens a quote that it does not close");
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
