package dev.gatewright.data;

import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Column;
import dev.gatewright.encode.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The three MONK problems, generated from their rules over all 432 robots. The official training rows are listed in a
 * resource, and so are the six wrong labels of the third; the test part is all 432 rows with the right labels.
 */
final class Monks {
    static final int ROWS = 432;
    private static final int[] VALUES = {3, 3, 2, 3, 4, 2};

    private Monks() {}

    /** Problem 1, 2 or 3. */
    static Dataset problem(int number) throws IOException {
        Properties lists = new Properties();
        try (InputStream in = Monks.class.getResourceAsStream("monks.properties")) {
            lists.load(in);
        }
        int[] train = list(lists, "train" + number);
        Set<Integer> wrong =
                Arrays.stream(list(lists, "wrong" + number)).boxed().collect(Collectors.toSet());
        int[] right = new int[ROWS];
        int[] noisy = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            right[row] = rule(number, robot(row)) ? 1 : 0;
            noisy[row] = wrong.contains(row) ? 1 - right[row] : right[row];
        }
        Table table = table();
        List<String> labels = List.of("0", "1");
        LabelledSamples training = new LabelledSamples(table, new ClassTarget("class", labels, noisy)).select(train);
        LabelledSamples test = new LabelledSamples(table, new ClassTarget("class", labels, right));
        return new Dataset("monk" + number, training, test, true, hash(training, test));
    }

    private static int[] list(Properties lists, String key) {
        return Arrays.stream(lists.getProperty(key, "").split(","))
                .filter(text -> !text.isBlank())
                .mapToInt(text -> Integer.parseInt(text.strip()))
                .toArray();
    }

    /** The attributes of a row, from 1; the last changes fastest. */
    private static int[] robot(int row) {
        int[] a = new int[VALUES.length];
        int rest = row;
        for (int i = VALUES.length - 1; i >= 0; i--) {
            a[i] = rest % VALUES[i] + 1;
            rest /= VALUES[i];
        }
        return a;
    }

    private static boolean rule(int number, int[] a) {
        return switch (number) {
            case 1 -> a[0] == a[1] || a[4] == 1;
            case 2 -> Arrays.stream(a).filter(value -> value == 1).count() == 2;
            case 3 -> a[4] == 3 && a[3] == 1 || a[4] != 4 && a[1] != 3;
            default -> throw new IllegalArgumentException("MONK problem " + number);
        };
    }

    private static Table table() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < VALUES.length; i++) {
            int attribute = i;
            List<String> categories = IntStream.rangeClosed(1, VALUES[i])
                    .mapToObj(Integer::toString)
                    .toList();
            int[] codes = IntStream.range(0, ROWS)
                    .map(row -> robot(row)[attribute] - 1)
                    .toArray();
            columns.add(new CategoryColumn("a" + (i + 1), categories, codes));
        }
        return new Table(ROWS, columns);
    }

    private static String hash(LabelledSamples train, LabelledSamples test) {
        StringBuilder text = new StringBuilder();
        for (LabelledSamples part : List.of(train, test)) {
            for (int row = 0; row < part.rows(); row++) {
                text.append(((ClassTarget) part.target()).label(row));
                for (Column column : ((Table) part.samples()).columns()) {
                    text.append(',').append(((CategoryColumn) column).code(row));
                }
                text.append('\n');
            }
        }
        return HexFormat.of()
                .formatHex(DataFiles.digest().digest(text.toString().getBytes(StandardCharsets.US_ASCII)));
    }
}
