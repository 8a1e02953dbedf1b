package dev.gatewright.encode;

import dev.gatewright.bits.BitMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Bits of table rows: finds the columns by name, reads each as the kind the encoder wants, and asks its tests. */
final class TableEncoding {
    /** The code of a category that the encoder does not know. */
    private static final int UNSEEN = -2;

    private TableEncoding() {}

    static BitMatrix encode(Encoder encoder, List<Encoder.InputColumn> wanted, Samples samples) {
        Table table = switch (samples) {
            case Table t -> t;
            case Images images ->
                throw new InputException("the model reads a table with columns such as \""
                        + wanted.getFirst().name() + "\", and these are images of " + images.channels() + "×"
                        + images.height() + "×" + images.width());
        };
        List<Column> found = find(wanted, table);
        BitMatrix matrix = new BitMatrix(table.rows(), encoder.bits());
        int[][] bitsOf = bitsOfColumns(encoder, wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            if (bitsOf[i].length == 0) {
                continue;
            }
            if (wanted.get(i).kind() == Encoder.Kind.CATEGORY) {
                categories(encoder, codes(wanted.get(i), found.get(i)), bitsOf[i], matrix);
            } else {
                numbers(encoder, values(wanted.get(i), found.get(i)), bitsOf[i], matrix);
            }
        }
        return matrix;
    }

    private static int[][] bitsOfColumns(Encoder encoder, int columns) {
        int[][] lists = new int[columns][];
        int[] sizes = new int[columns];
        for (int bit = 0; bit < encoder.bits(); bit++) {
            sizes[encoder.column(bit)]++;
        }
        for (int i = 0; i < columns; i++) {
            lists[i] = new int[sizes[i]];
        }
        for (int bit = encoder.bits() - 1; bit >= 0; bit--) {
            int column = encoder.column(bit);
            lists[column][--sizes[column]] = bit;
        }
        return lists;
    }

    private static void numbers(Encoder encoder, float[] values, int[] bits, BitMatrix matrix) {
        long[] planes = matrix.planes();
        for (int bit : bits) {
            int from = bit * matrix.wordsPerPlane();
            float limit = encoder.value(bit);
            boolean missing = encoder.test(bit) == Encoder.Test.MISSING;
            for (int row = 0; row < values.length; row++) {
                boolean set = missing ? Float.isNaN(values[row]) : values[row] > limit;
                planes[from + (row >> 6)] |= (set ? 1L : 0L) << row;
            }
        }
    }

    private static void categories(Encoder encoder, int[] codes, int[] bits, BitMatrix matrix) {
        long[] planes = matrix.planes();
        for (int bit : bits) {
            int from = bit * matrix.wordsPerPlane();
            int code = encoder.test(bit) == Encoder.Test.MISSING ? CategoryColumn.MISSING : (int) encoder.value(bit);
            for (int row = 0; row < codes.length; row++) {
                planes[from + (row >> 6)] |= (codes[row] == code ? 1L : 0L) << row;
            }
        }
    }

    private static List<Column> find(List<Encoder.InputColumn> wanted, Table table) {
        Map<String, Column> byName = new HashMap<>();
        table.columns().forEach(column -> byName.put(column.name(), column));
        List<Column> found = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (Encoder.InputColumn column : wanted) {
            Column match = byName.get(column.name());
            if (match == null) {
                absent.add(column.name());
            }
            found.add(match);
        }
        if (!absent.isEmpty()) {
            throw new InputException(absence(absent, List.copyOf(byName.keySet())));
        }
        return found;
    }

    private static String absence(List<String> absent, List<String> present) {
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

    /** The values of a number or truth column, NaN where missing. */
    private static float[] values(Encoder.InputColumn wanted, Column column) {
        float[] values = new float[column.rows()];
        switch (column) {
            case NumberColumn numbers -> {
                for (int row = 0; row < values.length; row++) {
                    values[row] = numbers.value(row);
                }
            }
            case CategoryColumn categories -> {
                List<String> names = categories.categories();
                Float[] parsed = new Float[names.size()];
                for (int row = 0; row < values.length; row++) {
                    int code = categories.code(row);
                    if (code != CategoryColumn.MISSING && parsed[code] == null) {
                        parsed[code] = number(wanted, names.get(code), row);
                    }
                    values[row] = code == CategoryColumn.MISSING ? Float.NaN : parsed[code];
                }
            }
        }
        if (wanted.kind() == Encoder.Kind.BOOLEAN) {
            for (int row = 0; row < values.length; row++) {
                if (values[row] != 0 && values[row] != 1 && !Float.isNaN(values[row])) {
                    throw unexpected(wanted, NumberText.of(values[row]), row);
                }
            }
        }
        return values;
    }

    private static float number(Encoder.InputColumn wanted, String text, int row) {
        int truth = NumberText.truth(text);
        if (truth >= 0 && wanted.kind() == Encoder.Kind.BOOLEAN) {
            return truth;
        }
        if (!NumberText.isNumber(text)) {
            throw unexpected(wanted, text, row);
        }
        return NumberText.value(text);
    }

    private static InputException unexpected(Encoder.InputColumn wanted, String text, int row) {
        String expected = wanted.kind() == Encoder.Kind.BOOLEAN ? "true, false, 1 or 0" : "a number";
        return new InputException("row " + (row + 1) + ", column \"" + wanted.name() + "\" holds \"" + text
                + "\" where " + expected + " is expected");
    }

    /** The codes of a column in the encoder's categories: −1 where missing, −2 where unseen. */
    private static int[] codes(Encoder.InputColumn wanted, Column column) {
        int[] codes = new int[column.rows()];
        switch (column) {
            case CategoryColumn categories -> {
                int[] recoded = recode(wanted.categories(), categories.categories());
                for (int row = 0; row < codes.length; row++) {
                    int code = categories.code(row);
                    codes[row] = code == CategoryColumn.MISSING ? CategoryColumn.MISSING : recoded[code];
                }
            }
            case NumberColumn numbers -> {
                Map<Float, Integer> byValue = byValue(wanted.categories(), numbers.binary());
                for (int row = 0; row < codes.length; row++) {
                    // Adding zero makes −0 and 0 one key.
                    float value = numbers.value(row) + 0f;
                    codes[row] = Float.isNaN(value) ? CategoryColumn.MISSING : byValue.getOrDefault(value, UNSEEN);
                }
            }
        }
        return codes;
    }

    /** Where texts differ, "3" and "3.0" are the same category, as long as only one of the encoder's means that number. */
    private static int[] recode(List<String> known, List<String> given) {
        Map<String, Integer> byText = new HashMap<>();
        for (int i = 0; i < known.size(); i++) {
            byText.put(known.get(i), i);
        }
        Map<Float, Integer> byValue = byValue(known, false);
        int[] codes = new int[given.size()];
        for (int i = 0; i < codes.length; i++) {
            String text = given.get(i);
            Integer code = byText.get(text);
            if (code == null && NumberText.isNumber(text)) {
                code = byValue.get(NumberText.value(text) + 0f);
            }
            if (code == null && NumberText.truth(text) >= 0) {
                code = byText.get(text.toLowerCase(Locale.ROOT));
            }
            codes[i] = code == null ? UNSEEN : code;
        }
        return codes;
    }

    /** The categories that are numbers by value; of several that mean one number, that of the usual text. */
    private static Map<Float, Integer> byValue(List<String> categories, boolean truths) {
        Map<Float, Integer> byValue = new HashMap<>();
        for (int i = 0; i < categories.size(); i++) {
            String text = categories.get(i);
            if (NumberText.isNumber(text)) {
                float value = NumberText.value(text) + 0f;
                if (!byValue.containsKey(value) || text.equals(NumberText.of(value))) {
                    byValue.put(value, i);
                }
            } else if (truths && NumberText.truth(text) >= 0) {
                byValue.putIfAbsent((float) NumberText.truth(text), i);
            }
        }
        return byValue;
    }
}
