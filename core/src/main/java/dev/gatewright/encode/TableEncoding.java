package dev.gatewright.encode;

import dev.gatewright.bits.BitMatrix;
import java.util.List;

/** Bits of table rows: reads each column as the kind the encoder wants, and asks its tests. */
final class TableEncoding {
    private TableEncoding() {}

    static BitMatrix encode(Encoder encoder, Encoder.Inputs.Columns wanted, Samples samples) {
        Table table = table(wanted, samples);
        List<ColumnValues.Source> sources = new ColumnValues(wanted).bind(table);
        BitMatrix matrix = new BitMatrix(table.rows(), encoder.bits());
        int[][] bitsOf = bitsOfColumns(encoder, sources.size());
        float[] values = new float[table.rows()];
        for (int i = 0; i < sources.size(); i++) {
            if (bitsOf[i].length > 0) {
                sources.get(i).read(0, values.length, values, 0);
                for (int bit : bitsOf[i]) {
                    plane(values, encoder.test(bit), encoder.value(bit), matrix, bit);
                }
            }
        }
        return matrix;
    }

    /** The samples, which must be a table. */
    static Table table(Encoder.Inputs.Columns wanted, Samples samples) {
        return switch (samples) {
            case Table t -> t;
            case Images images ->
                throw new InputException("the model reads a table with columns such as \""
                        + wanted.columns().getFirst().name() + "\", and these are images of " + images.channels() + "×"
                        + images.height() + "×" + images.width());
        };
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

    private static void plane(float[] values, Encoder.Test test, float limit, BitMatrix matrix, int bit) {
        long[] planes = matrix.planes();
        int from = bit * matrix.wordsPerPlane();
        for (int row = 0; row < values.length; row++) {
            float value = values[row];
            boolean set = switch (test) {
                case GREATER -> value > limit;
                case EQUALS -> value == limit;
                case MISSING -> Float.isNaN(value);
            };
            planes[from + (row >> 6)] |= (set ? 1L : 0L) << row;
        }
    }
}
