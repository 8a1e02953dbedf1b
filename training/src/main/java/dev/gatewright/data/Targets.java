package dev.gatewright.data;

import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Column;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Names;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.NumberText;
import dev.gatewright.encode.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Finds the target column of a table and says whether it is classes or numbers. */
final class Targets {
    /** A target of more different whole numbers than this is a regression. */
    private static final int MAX_NUMBER_CLASSES = 20;

    private Targets() {}

    /** The index of the column that a user's name, {@code first}, {@code last} or number from 1 means. */
    static int find(List<String> names, String wanted, String file) {
        int byName = names.indexOf(wanted);
        if (byName >= 0) {
            return byName;
        }
        switch (wanted.toLowerCase(Locale.ROOT)) {
            case "first" -> {
                return 0;
            }
            case "last" -> {
                return names.size() - 1;
            }
            default -> {
                if (wanted.matches("[1-9]\\d{0,8}") && Integer.parseInt(wanted) <= names.size()) {
                    return Integer.parseInt(wanted) - 1;
                }
            }
        }
        Optional<String> near = Names.closest(wanted, names);
        throw new InputException(file + " has no column \"" + ColumnReader.shorten(wanted) + "\" to learn"
                + near.map(n -> "; did you mean \"" + n + "\"?").orElse(", its columns are " + listed(names)));
    }

    private static String listed(List<String> names) {
        int shown = Math.min(12, names.size());
        return names.subList(0, shown).stream()
                        .map(ColumnReader::shorten)
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("none")
                + (shown < names.size() ? ", …" : "");
    }

    /** Splits a table into samples and target; rows without a target are left out with a warning. */
    static LabelledSamples separate(Table table, int index, ReadOptions options, String file) {
        Column column = table.columns().get(index);
        List<Column> others = new ArrayList<>(table.columns());
        others.remove(index);
        if (others.isEmpty()) {
            throw new InputException(file + " has no column but the target \"" + column.name() + "\"");
        }
        Table samples = new Table(table.rows(), others);
        int[] present = IntStream.range(0, table.rows())
                .filter(row -> !column.missing(row))
                .toArray();
        if (present.length < table.rows()) {
            options.warnings()
                    .accept(file + ": left out " + (table.rows() - present.length) + " rows without a value of \""
                            + column.name() + "\"");
        }
        if (present.length == 0) {
            throw new InputException(file + ": no row has a value of the target \"" + column.name() + "\"");
        }
        boolean whole = present.length == table.rows();
        Target target = target(whole ? column : column.select(present), options.task(), file);
        return new LabelledSamples(whole ? samples : samples.select(present), target);
    }

    /** A column without missing values as a target. */
    static Target target(Column column, Optional<ReadOptions.Task> task, String file) {
        return switch (column) {
            case CategoryColumn categories -> {
                if (task.isPresent() && task.get() == ReadOptions.Task.NUMBERS) {
                    throw new InputException(file + ": the target \"" + column.name() + "\" holds text such as \""
                            + ColumnReader.shorten(categories.categories().getFirst())
                            + "\", so that it cannot be learnt as a number");
                }
                yield classes(categories, file);
            }
            case NumberColumn numbers -> {
                boolean asClasses = task.map(t -> t == ReadOptions.Task.CLASSES)
                        .orElseGet(() -> numbers.binary() || fewWholeNumbers(numbers));
                yield asClasses ? classes(asCategories(numbers, file), file) : regression(numbers, file);
            }
        };
    }

    private static boolean fewWholeNumbers(NumberColumn numbers) {
        TreeSet<Float> distinct = new TreeSet<>();
        for (int row = 0; row < numbers.rows(); row++) {
            float value = numbers.value(row);
            distinct.add(value);
            if (value != Math.rint(value) || Float.isInfinite(value) || distinct.size() > MAX_NUMBER_CLASSES) {
                return false;
            }
        }
        return true;
    }

    private static CategoryColumn asCategories(NumberColumn numbers, String file) {
        TreeSet<Float> distinct = new TreeSet<>();
        for (int row = 0; row < numbers.rows() && distinct.size() <= ColumnReader.MAX_CATEGORIES; row++) {
            distinct.add(numbers.value(row) + 0f);
        }
        if (distinct.size() > ColumnReader.MAX_CATEGORIES) {
            throw new InputException(file + ": the target \"" + numbers.name() + "\" has more than "
                    + ColumnReader.MAX_CATEGORIES + " classes");
        }
        List<Float> values = List.copyOf(distinct);
        int[] codes = new int[numbers.rows()];
        Map<Float, Integer> index = new HashMap<>();
        values.forEach(value -> index.put(value, index.size()));
        for (int row = 0; row < codes.length; row++) {
            codes[row] = index.get(numbers.value(row) + 0f);
        }
        List<String> labels = values.stream()
                .map(value -> numbers.binary() ? (value == 1 ? "true" : "false") : NumberText.of(value))
                .toList();
        return new CategoryColumn(numbers.name(), labels, codes);
    }

    /** Only labels that occur are classes. */
    private static ClassTarget classes(CategoryColumn column, String file) {
        int[] place = new int[column.categories().size()];
        for (int row = 0; row < column.rows(); row++) {
            place[column.code(row)] = 1;
        }
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < place.length; i++) {
            if (place[i] == 1) {
                place[i] = labels.size();
                labels.add(column.categories().get(i));
            }
        }
        if (labels.size() < 2) {
            throw new InputException(file + ": the target \"" + column.name() + "\" has only one class, \""
                    + ColumnReader.shorten(labels.getFirst()) + "\", so there is nothing to learn");
        }
        int[] classes = new int[column.rows()];
        for (int row = 0; row < classes.length; row++) {
            classes[row] = place[column.code(row)];
        }
        return new ClassTarget(column.name(), labels, classes);
    }

    private static NumberTarget regression(NumberColumn numbers, String file) {
        float[] values = new float[numbers.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = numbers.value(row);
            if (Float.isInfinite(values[row])) {
                throw new InputException(
                        file + ", row " + (row + 1) + ": the target \"" + numbers.name() + "\" is infinite");
            }
        }
        return new NumberTarget(numbers.name(), values);
    }
}
