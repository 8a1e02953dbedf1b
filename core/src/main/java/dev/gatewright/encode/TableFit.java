package dev.gatewright.encode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Fits encoders to tables: column after column, the thresholds of a number rising, its missing bit last. */
final class TableFit {
    private static final int AUTO_LEVELS = 15;

    private TableFit() {}

    static Encoder fit(EncoderSpec spec, Table table) {
        if (spec instanceof EncoderSpec.Featured featured) {
            throw new InputException("encoder: "
                    + featured.features().getFirst().bank().word()
                    + " are features of images, and the data are a table; expected images");
        }
        EncoderParts parts = new EncoderParts();
        List<Encoder.InputColumn> used = new ArrayList<>();
        for (Column column : table.columns()) {
            int before = parts.size();
            int missing = missing(column);
            if (missing == column.rows()) {
                continue;
            }
            int index = used.size();
            Encoder.InputColumn input = switch (column) {
                case CategoryColumn categories -> categories(categories, index, missing, parts);
                case NumberColumn numbers -> numbers(spec, numbers, index, parts);
            };
            if (missing > 0) {
                parts.add(index, Encoder.Test.MISSING, 0);
            }
            if (parts.size() > before) {
                used.add(input);
            }
        }
        return parts.encoder(new Encoder.Inputs.Columns(used));
    }

    private static int missing(Column column) {
        int missing = 0;
        for (int row = 0; row < column.rows(); row++) {
            missing += column.missing(row) ? 1 : 0;
        }
        return missing;
    }

    private static Encoder.InputColumn categories(CategoryColumn column, int index, int missing, EncoderParts parts) {
        // A category without training rows would be a constant bit; unseen categories do the same without one.
        BitSet present = new BitSet();
        for (int row = 0; row < column.rows(); row++) {
            if (!column.missing(row)) {
                present.set(column.code(row));
            }
        }
        List<String> categories =
                present.stream().mapToObj(column.categories()::get).toList();
        for (int i = 0; i < categories.size() && (categories.size() > 1 || missing > 0); i++) {
            parts.add(index, Encoder.Test.EQUALS, i);
        }
        return new Encoder.InputColumn(column.name(), Encoder.Kind.CATEGORY, categories);
    }

    private static Encoder.InputColumn numbers(EncoderSpec spec, NumberColumn column, int index, EncoderParts parts) {
        float[] sorted = sortedFinite(column);
        float[] thresholds;
        if (sorted.length == 0 || sorted[0] == sorted[sorted.length - 1]) {
            thresholds = new float[0];
        } else if (column.binary()) {
            thresholds = new float[] {0.5f};
        } else {
            thresholds = switch (spec) {
                case EncoderSpec.Threshold t -> Thresholds.fraction(sorted, t.fraction());
                case EncoderSpec.Thermometer t -> Thresholds.spaced(sorted, t.levels(), t.spacing());
                case EncoderSpec.Featured ignored -> throw new IllegalStateException("features of a table");
                case EncoderSpec.Auto() -> Thresholds.spaced(sorted, AUTO_LEVELS, EncoderSpec.Spacing.QUANTILE);
            };
        }
        for (float threshold : thresholds) {
            parts.add(index, Encoder.Test.GREATER, threshold);
        }
        Encoder.Kind kind = column.binary() ? Encoder.Kind.BOOLEAN : Encoder.Kind.NUMBER;
        return new Encoder.InputColumn(column.name(), kind, List.of());
    }

    private static float[] sortedFinite(NumberColumn column) {
        float[] finite = new float[column.rows()];
        int count = 0;
        for (int row = 0; row < column.rows(); row++) {
            float value = column.value(row);
            if (Float.isFinite(value)) {
                // Adding zero makes −0 and 0 equal in the order of sorting too.
                finite[count++] = value + 0f;
            }
        }
        float[] sorted = Arrays.copyOf(finite, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
