package dev.gatewright.data;

import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Column;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the texts of one column, row by row, and says at the end what they are.
 *
 * <p>Numbers and a dictionary of texts grow side by side until the dictionary would pass 10,000 entries: a column of
 * numbers then goes on without it, any other can no longer become categories. Only texts {@code true} and
 * {@code false} make truth values; 0 and 1 are numbers, which encode to the same single bit.
 */
final class ColumnReader {
    static final int MAX_CATEGORIES = 10_000;

    private static final Set<String> MISSING = Set.of("", "?", "NA", "N/A", "NaN", "nan", "null", "NULL", "n/a");

    private final String name;
    private final Optional<ColumnType> type;
    private final List<String> declared;
    private Map<String, Integer> dictionary = new HashMap<>();
    private int[] codes = new int[256];
    private float[] values = new float[256];
    private int rows;
    private int present;
    private boolean numbers = true;
    private boolean truths = true;

    /** @param declared the categories in their order, empty where they are to be collected */
    ColumnReader(String name, Optional<ColumnType> type, List<String> declared) {
        this.name = name;
        this.type = type;
        this.declared = declared;
        declared.forEach(category -> dictionary.putIfAbsent(category, dictionary.size()));
    }

    String name() {
        return name;
    }

    boolean ignored() {
        return type.isPresent() && type.get() == ColumnType.IGNORE;
    }

    List<String> declared() {
        return declared;
    }

    /** Adds a value; {@code place} says where it stands, for error messages. */
    void add(String raw, Place place) {
        if (ignored()) {
            rows++;
            return;
        }
        grow();
        String text = raw.strip();
        if (MISSING.contains(text)) {
            codes[rows] = CategoryColumn.MISSING;
            values[rows++] = Float.NaN;
            return;
        }
        present++;
        boolean number = NumberText.isNumber(text);
        check(text, number, place);
        numbers &= number;
        truths = truths && NumberText.truth(text) >= 0;
        values[rows] = number ? NumberText.value(text) : Float.NaN;
        if (dictionary != null) {
            Integer code = dictionary.get(text);
            if (code == null && dictionary.size() == MAX_CATEGORIES) {
                dictionary = null;
                codes = new int[0];
            } else if (code == null) {
                code = dictionary.size();
                dictionary.put(text, code);
            }
            if (code != null) {
                codes[rows] = code;
            }
        }
        rows++;
    }

    private void check(String text, boolean number, Place place) {
        if (number || type.isPresent() && type.get() != ColumnType.NUMBER) {
            return;
        }
        if (type.isPresent()) {
            throw new InputException(place.text() + ", column \"" + name + "\" holds \"" + shorten(text)
                    + "\" where a number is expected");
        }
        if (dictionary == null && numbers) {
            throw new InputException(place.text() + ", column \"" + name + "\" holds \"" + shorten(text)
                    + "\" where all lines before hold numbers");
        }
    }

    static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "…";
    }

    private void grow() {
        if (rows == values.length) {
            int larger = rows + (rows >> 1) + 16;
            values = Arrays.copyOf(values, larger);
            if (dictionary != null) {
                codes = Arrays.copyOf(codes, larger);
            }
        }
    }

    int rows() {
        return rows;
    }

    /** Whether no value is present. */
    boolean empty() {
        return present == 0;
    }

    /** Whether these texts are too many to be categories, and no numbers. */
    boolean tooMany() {
        return dictionary == null && !numbers && !ignored();
    }

    /** The column, as the type it was said or found to be. */
    Column column() {
        if (type.isPresent()) {
            return switch (type.get()) {
                case NUMBER -> new NumberColumn(name, false, Arrays.copyOf(values, rows));
                case BOOLEAN -> truths();
                case CATEGORY -> categories();
                case IGNORE -> throw new IllegalStateException("column " + name + " is ignored");
            };
        }
        if (present > 0 && truths) {
            return truths();
        }
        return numbers ? new NumberColumn(name, false, Arrays.copyOf(values, rows)) : categories();
    }

    private Column truths() {
        String[] texts = texts();
        float[] truth = new float[rows];
        for (int row = 0; row < rows; row++) {
            String text = codes[row] == CategoryColumn.MISSING ? "" : texts[codes[row]];
            int value = NumberText.truth(text);
            if (value < 0 && !text.isEmpty() && values[row] != 0 && values[row] != 1) {
                throw new InputException("column \"" + name + "\" holds \"" + shorten(text)
                        + "\" where true, false, 1 or 0 is expected");
            }
            truth[row] = text.isEmpty() ? Float.NaN : value >= 0 ? value : values[row];
        }
        return new NumberColumn(name, true, truth);
    }

    private String[] texts() {
        if (dictionary == null) {
            throw new InputException("column \"" + name + "\" has more than " + MAX_CATEGORIES
                    + " different values, too many for categories");
        }
        String[] texts = new String[dictionary.size()];
        dictionary.forEach((text, code) -> texts[code] = text);
        return texts;
    }

    /** Declared categories in their order; collected ones sorted, as numbers where all are numbers. */
    CategoryColumn categories() {
        String[] texts = texts();
        if (!declared.isEmpty()) {
            return new CategoryColumn(name, List.of(texts), Arrays.copyOf(codes, rows));
        }
        Comparator<String> order = Comparator.naturalOrder();
        if (numbers) {
            order = Comparator.comparingDouble((String text) -> NumberText.value(text))
                    .thenComparing(Comparator.naturalOrder());
        }
        List<String> sorted = new ArrayList<>(List.of(texts));
        sorted.sort(order);
        Map<String, Integer> place = new HashMap<>();
        sorted.forEach(text -> place.put(text, place.size()));
        int[] recoded = new int[rows];
        for (int row = 0; row < rows; row++) {
            recoded[row] = codes[row] == CategoryColumn.MISSING ? CategoryColumn.MISSING : place.get(texts[codes[row]]);
        }
        return new CategoryColumn(name, sorted, recoded);
    }

    /** Readers for columns of these names. */
    static List<ColumnReader> of(List<String> names, ReadOptions options, Place place) {
        Set<String> seen = new HashSet<>();
        for (String column : names) {
            if (!seen.add(column)) {
                throw new InputException(place.text() + " names two columns \"" + shorten(column)
                        + "\"; where the file has no header line, say so");
            }
        }
        for (String typed : options.types().keySet()) {
            if (!seen.contains(typed)) {
                throw new InputException(place.text() + " has no column \"" + shorten(typed) + "\" to give a type to");
            }
        }
        List<ColumnReader> readers = new ArrayList<>();
        for (String column : names) {
            readers.add(
                    new ColumnReader(column, Optional.ofNullable(options.types().get(column)), List.of()));
        }
        return readers;
    }

    /** Where a value stands; its text is made only for an error. */
    record Place(String file, long line) {
        String text() {
            return line > 0 ? file + ", line " + line : file;
        }
    }
}
