package dev.gatewright.data;

import dev.gatewright.encode.Column;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Table;
import java.util.ArrayList;
import java.util.List;

/** From column readers to tables and data sets. */
final class Tables {
    private Tables() {}

    /** The columns that hold something usable; the others are left out with a warning. */
    static Table table(List<ColumnReader> readers, int rows, ReadOptions options, String file) {
        List<Column> columns = new ArrayList<>();
        for (ColumnReader reader : readers) {
            if (reader.ignored()) {
                continue;
            }
            if (rows > 0 && reader.empty()) {
                options.warnings().accept(file + ": left out column \"" + reader.name() + "\", all values are missing");
            } else if (reader.tooMany()) {
                options.warnings()
                        .accept(file + ": left out column \"" + reader.name() + "\", its text has more than "
                                + ColumnReader.MAX_CATEGORIES + " different values");
            } else {
                columns.add(reader.column());
            }
        }
        if (columns.isEmpty()) {
            throw new InputException(file + " has no usable column");
        }
        return new Table(rows, columns);
    }

    /** Every column that is not ignored, also those without a value. */
    static Table all(List<ColumnReader> readers, ReadOptions options, String file) {
        List<Column> columns = new ArrayList<>();
        for (ColumnReader reader : readers) {
            if (reader.tooMany()) {
                options.warnings()
                        .accept(file + ": left out column \"" + reader.name() + "\", its text has more than "
                                + ColumnReader.MAX_CATEGORIES + " different values");
            } else if (!reader.ignored()) {
                columns.add(reader.column());
            }
        }
        return new Table(readers.getFirst().rows(), columns);
    }

    /** The samples and target, {@code wanted} naming one of the readers' columns. */
    static LabelledSamples labelled(
            List<ColumnReader> readers, int rows, String wanted, ReadOptions options, String file) {
        List<String> names = readers.stream().map(ColumnReader::name).toList();
        String target = names.get(Targets.find(names, wanted, file));
        if (rows == 0) {
            throw new InputException(file + " has a header but no rows");
        }
        Table table = table(readers, rows, options, file);
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equals(target)) {
                return Targets.separate(table, i, options, file);
            }
        }
        throw new InputException(file + ": the target \"" + target + "\" has no values, more than "
                + ColumnReader.MAX_CATEGORIES + " different texts, or is ignored");
    }

    /** A data set without an official test part: a stratified one is held back by seed. */
    static Dataset split(String name, LabelledSamples all, ReadOptions options, String sha256) {
        if (all.rows() < 2) {
            throw new InputException(name + " has " + all.rows() + " rows, and at least 2 are needed");
        }
        Split split = Split.stratified(all.target(), options.testFraction(), options.seed());
        return new Dataset(name, all.select(split.kept()), all.select(split.held()), false, sha256);
    }
}
