package dev.gatewright.data;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Reads comma-, tab- or semicolon-separated text, row by row, into column readers. */
final class Delimited {
    private static final int SNIFFED = 1 << 16;
    private static final int MAX_COLUMNS = 1 << 20;

    private Delimited() {}

    /** Makes the column readers, given the fields of the first line; says whether that line was their header. */
    interface Start {
        List<ColumnReader> columns(List<String> firstLine, ColumnReader.Place place);
    }

    /** Reads a table, naming columns by its header line or, without one, {@code c1}, {@code c2}, …. */
    static List<ColumnReader> read(Path file, Optional<Boolean> header, ReadOptions options) throws IOException {
        boolean[] named = new boolean[1];
        Start start = (fields, place) -> {
            named[0] = header.orElseGet(() -> !fields.stream().allMatch(NumberText::isNumber));
            return ColumnReader.of(named[0] ? fields : numbered(fields.size()), options, place);
        };
        return read(file, start, () -> named[0], Function.identity());
    }

    static List<String> numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add("c" + i);
        }
        return names;
    }

    /** Adds the rows of a file without a header to these readers, every last field passed through {@code last}. */
    static void append(Path file, List<ColumnReader> columns, Function<String, String> last) throws IOException {
        read(file, (fields, place) -> columns, () -> false, last);
    }

    private static List<ColumnReader> read(
            Path file, Start start, BooleanSupplier skipFirst, Function<String, String> last) throws IOException {
        String name = DataFiles.name(file);
        return DataFiles.read(file, in -> {
            char separator = sniff(in);
            try (CsvReader<CsvRecord> csv = CsvReader.builder()
                    .fieldSeparator(separator)
                    .detectBomHeader(true)
                    .trimWhitespacesAroundQuotes(true)
                    .allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .commentStrategy(
                            DataFiles.plainName(file).endsWith(".csv") ? CommentStrategy.NONE : CommentStrategy.SKIP)
                    .commentCharacter('|')
                    .ofCsvRecord(in)) {
                return rows(csv, name, start, skipFirst, last);
            } catch (CsvParseException e) {
                throw new InputException(name + " is not readable as a table: " + sentence(e), e);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    private static String sentence(CsvParseException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause.getMessage() == null ? e.getMessage() : cause.getMessage();
        return e.getCause() == null ? message : e.getMessage() + " (" + message + ")";
    }

    private static List<ColumnReader> rows(
            CsvReader<CsvRecord> csv,
            String name,
            Start start,
            BooleanSupplier skipFirst,
            Function<String, String> last) {
        List<ColumnReader> columns = null;
        for (CsvRecord row : csv) {
            ColumnReader.Place place = new ColumnReader.Place(name, row.getStartingLineNumber());
            if (columns == null) {
                if (row.getFieldCount() > MAX_COLUMNS) {
                    throw new InputException(place.text() + " has more than " + MAX_COLUMNS + " columns");
                }
                columns = start.columns(
                        row.getFields().stream().map(String::strip).toList(), place);
                if (skipFirst.getAsBoolean()) {
                    continue;
                }
            }
            if (row.getFieldCount() != columns.size()) {
                throw new InputException(place.text() + " has " + row.getFieldCount() + " fields where "
                        + columns.size() + " are expected");
            }
            for (int i = 0; i < columns.size(); i++) {
                String field = row.getField(i);
                columns.get(i).add(i == columns.size() - 1 ? last.apply(field) : field, place);
            }
        }
        if (columns == null) {
            throw new InputException(name + " is empty");
        }
        return columns;
    }

    /** The separator that the first line with any holds most often, outside quotes. */
    private static char sniff(InputStream in) throws IOException {
        in.mark(SNIFFED);
        String text = new String(in.readNBytes(SNIFFED - 1), StandardCharsets.UTF_8);
        in.reset();
        int[] counts = new int[3];
        String candidates = ",\t;";
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (!quoted && candidates.indexOf(c) >= 0) {
                counts[candidates.indexOf(c)]++;
            }
            if (!quoted && c == '\n' && counts[0] + counts[1] + counts[2] > 0) {
                break;
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return candidates.charAt(best);
    }
}
