package dev.gatewright.encode;

import dev.gatewright.encode.Encoder.InputColumn;
import dev.gatewright.encode.Encoder.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Raw values of the columns that an encoder reads, as floats: a number as it is, a truth value as 1 or 0, a category as
 * its index in the encoder's list or {@link #UNSEEN}; NaN where the value is missing. Immutable.
 */
public final class ColumnValues {
    /** Stands for a category that the encoder does not know. */
    public static final float UNSEEN = -2;

    private final List<InputColumn> wanted;
    /** Column → its categories; null where it has numbers or truth values. */
    private final List<Categories> categories = new ArrayList<>();

    /** One column of a table, read as the encoder wants it. */
    public sealed interface Source {
        /**
         * Writes rows {@code first} to {@code first + rows} of the column to {@code into[at]} and on. Does not allocate.
         *
         * @throws InputException if a value cannot be read as the encoder wants it
         */
        void read(int first, int rows, float[] into, int at);
    }

    public ColumnValues(Encoder.Inputs.Columns columns) {
        this.wanted = columns.columns();
        for (InputColumn column : wanted) {
            categories.add(column.kind() == Kind.CATEGORY ? new Categories(column.categories()) : null);
        }
    }

    /**
     * The table's columns in the encoder's order, found by name.
     *
     * @throws InputException if one is not there
     */
    public List<Source> bind(Table table) {
        Map<String, Column> byName = new HashMap<>();
        table.columns().forEach(column -> byName.put(column.name(), column));
        requireAll(byName.keySet());
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            InputColumn column = wanted.get(i);
            sources.add(
                    switch (byName.get(column.name())) {
                        case NumberColumn numbers ->
                            column.kind() == Kind.CATEGORY
                                    ? new CategoryOfNumberSource(categories.get(i), numbers)
                                    : new NumberSource(column, numbers);
                        case CategoryColumn codes -> new CodeSource(column, codes, recoded(i, codes.categories()));
                    });
        }
        return sources;
    }

    /** The value of each category of a table's column; NaN where it is not what the encoder can read. */
    private float[] recoded(int index, List<String> names) {
        float[] values = new float[names.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = categories.get(index) != null
                    ? categories.get(index).of(names.get(i))
                    : number(wanted.get(index).kind(), names.get(i));
        }
        return values;
    }

    /**
     * Writes the values of one row, given by column name, to {@code into}. A value is a {@link Number}, a
     * {@link Boolean}, null where it is missing, or else read from its text; names that the encoder does not read are
     * ignored.
     *
     * @throws InputException if a column is not there, or its value cannot be read as the encoder wants it
     */
    public void row(Map<String, ?> row, float[] into) {
        for (int i = 0; i < wanted.size(); i++) {
            Object value = row.get(wanted.get(i).name());
            if (value == null && !row.containsKey(wanted.get(i).name())) {
                requireAll(row.keySet());
            }
            into[i] = value == null ? Float.NaN : value(i, value);
        }
    }

    private float value(int index, Object value) {
        InputColumn column = wanted.get(index);
        Categories known = categories.get(index);
        boolean truth = value instanceof Boolean;
        if (value instanceof Number || truth) {
            float number = value instanceof Number given ? given.floatValue() : Boolean.TRUE.equals(value) ? 1 : 0;
            if (known != null) {
                return known.of(number, truth);
            }
            if (column.kind() == Kind.BOOLEAN && number != 0 && number != 1 && !Float.isNaN(number)) {
                throw unexpected(column, NumberText.of(number), "");
            }
            return number;
        }
        String text = value.toString();
        float read = known != null ? known.of(text) : number(column.kind(), text);
        if (Float.isNaN(read)) {
            throw unexpected(column, text, "");
        }
        return read;
    }

    /** The number or truth value that a text writes, or NaN. */
    private static float number(Kind kind, String text) {
        if (kind == Kind.BOOLEAN && NumberText.truth(text) >= 0) {
            return NumberText.truth(text);
        }
        float value = NumberText.isNumber(text) ? NumberText.value(text) : Float.NaN;
        return kind == Kind.BOOLEAN && value != 0 && value != 1 ? Float.NaN : value;
    }

    private void requireAll(Collection<String> present) {
        List<String> absent = wanted.stream()
                .map(InputColumn::name)
                .filter(name -> !present.contains(name))
                .toList();
        if (!absent.isEmpty()) {
            throw new InputException(absence(absent, present));
        }
    }

    private static String absence(List<String> absent, Collection<String> present) {
        int shown = Math.min(absent.size(), 8);
        List<String> names = absent.subList(0, shown).stream()
                .map(name -> {
                    Optional<String> near = Names.closest(name, present);
                    return "\"" + name + "\""
                            + near.map(n -> " (did you mean \"" + n + "\"?)").orElse("");
                })
                .toList();
        return "the data lack "
                + (absent.size() == 1 ? "the column " : absent.size() + " columns that the model reads: ")
                + String.join(", ", names)
                + (shown < absent.size() ? ", …" : absent.size() == 1 ? " that the model reads" : "");
    }

    private static InputException unexpected(InputColumn column, String text, String place) {
        String expected = column.kind() == Kind.BOOLEAN ? "true, false, 1 or 0" : "a number";
        return new InputException(
                place + "column \"" + column.name() + "\" holds \"" + text + "\" where " + expected + " is expected");
    }

    private static InputException unexpected(InputColumn column, String text, int row) {
        return unexpected(column, text, "row " + (row + 1) + ", ");
    }

    /** Numbers as numbers or truth values. */
    private record NumberSource(InputColumn column, NumberColumn numbers) implements Source {
        @Override
        public void read(int first, int rows, float[] into, int at) {
            numbers.copy(first, rows, into, at);
            if (column.kind() == Kind.BOOLEAN) {
                for (int i = 0; i < rows; i++) {
                    float value = into[at + i];
                    if (value != 0 && value != 1 && !Float.isNaN(value)) {
                        throw unexpected(column, NumberText.of(value), first + i);
                    }
                }
            }
        }
    }

    /** Texts as whatever is wanted: a value for each code. */
    private record CodeSource(InputColumn column, CategoryColumn codes, float[] values) implements Source {
        @Override
        public void read(int first, int rows, float[] into, int at) {
            for (int i = 0; i < rows; i++) {
                int code = codes.code(first + i);
                float value = code == CategoryColumn.MISSING ? Float.NaN : values[code];
                if (Float.isNaN(value) && code != CategoryColumn.MISSING) {
                    throw unexpected(column, codes.categories().get(code), first + i);
                }
                into[at + i] = value;
            }
        }
    }

    /** Numbers as categories. */
    private record CategoryOfNumberSource(Categories categories, NumberColumn numbers) implements Source {
        @Override
        public void read(int first, int rows, float[] into, int at) {
            for (int i = 0; i < rows; i++) {
                into[at + i] = categories.of(numbers.value(first + i), numbers.binary());
            }
        }
    }
}
