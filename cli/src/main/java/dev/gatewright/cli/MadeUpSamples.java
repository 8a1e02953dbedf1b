package dev.gatewright.cli;

import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Column;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Samples;
import dev.gatewright.encode.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Samples of the right shape for an encoder, drawn at random; speed does not depend on what they say. */
final class MadeUpSamples {
    private static final int ROWS = 8192;
    private static final int MAX_VALUES = 1 << 26;

    private MadeUpSamples() {}

    static Samples of(Encoder encoder, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return switch (encoder.inputs()) {
            case Encoder.Inputs.Pixels pixels -> {
                int rows = Math.clamp(MAX_VALUES / pixels.size(), 64, ROWS);
                byte[] bytes = new byte[rows * pixels.size()];
                random.nextBytes(bytes);
                yield new Images(rows, pixels.channels(), pixels.height(), pixels.width(), bytes);
            }
            case Encoder.Inputs.Columns columns -> table(encoder, columns.columns(), random);
        };
    }

    private static Table table(Encoder encoder, List<Encoder.InputColumn> inputs, SplittableRandom random) {
        int rows = Math.clamp(MAX_VALUES / Math.max(1, inputs.size()), 64, ROWS);
        Map<Integer, float[]> ranges = ranges(encoder);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Encoder.InputColumn input = inputs.get(i);
            float[] range = ranges.getOrDefault(i, new float[] {0, 1});
            columns.add(
                    switch (input.kind()) {
                        case NUMBER -> numbers(input.name(), rows, range, random);
                        case BOOLEAN -> booleans(input.name(), rows, random);
                        case CATEGORY -> categories(input, rows, random);
                    });
        }
        return new Table(rows, columns);
    }

    /** The least and the greatest threshold of each column. */
    private static Map<Integer, float[]> ranges(Encoder encoder) {
        Map<Integer, float[]> ranges = new HashMap<>();
        for (int bit = 0; bit < encoder.bits(); bit++) {
            float value = encoder.value(bit);
            float[] range = ranges.computeIfAbsent(encoder.column(bit), column -> new float[] {value, value});
            range[0] = Math.min(range[0], value);
            range[1] = Math.max(range[1], value);
        }
        return ranges;
    }

    private static NumberColumn numbers(String name, int rows, float[] range, SplittableRandom random) {
        float[] values = new float[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = range[0] + (range[1] - range[0]) * (random.nextFloat() * 1.2f - 0.1f);
        }
        return new NumberColumn(name, false, values);
    }

    private static NumberColumn booleans(String name, int rows, SplittableRandom random) {
        float[] values = new float[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = random.nextInt(2);
        }
        return new NumberColumn(name, true, values);
    }

    private static CategoryColumn categories(Encoder.InputColumn input, int rows, SplittableRandom random) {
        int[] codes = new int[rows];
        if (input.categories().isEmpty()) {
            Arrays.fill(codes, CategoryColumn.MISSING);
        } else {
            Arrays.setAll(codes, row -> random.nextInt(input.categories().size()));
        }
        return new CategoryColumn(input.name(), input.categories(), codes);
    }
}
