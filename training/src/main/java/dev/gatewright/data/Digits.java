package dev.gatewright.data;

import dev.gatewright.encode.Column;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** The shipped set of 1,797 handwritten digits, 8 × 8 pixels from 0 to 16 in columns {@code p0} to {@code p63}. */
final class Digits {
    private static final int PIXELS = 64;

    private Digits() {}

    static Dataset read(ReadOptions options) throws IOException {
        byte[] bytes;
        try (InputStream packed = Digits.class.getResourceAsStream("digits.csv.gz");
                InputStream in = new GZIPInputStream(packed)) {
            bytes = in.readAllBytes();
        }
        String text = new String(bytes, StandardCharsets.US_ASCII);
        List<String> lines = text.lines().toList();
        float[][] pixels = new float[PIXELS][lines.size()];
        int[] labels = new int[lines.size()];
        for (int row = 0; row < labels.length; row++) {
            String[] fields = lines.get(row).split(",");
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                pixels[pixel][row] = Float.parseFloat(fields[pixel]);
            }
            labels[row] = Integer.parseInt(fields[PIXELS]);
        }
        List<Column> columns = new ArrayList<>();
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            columns.add(new NumberColumn("p" + pixel, false, pixels[pixel]));
        }
        List<String> names = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        LabelledSamples all =
                new LabelledSamples(new Table(labels.length, columns), new ClassTarget("class", names, labels));
        String hash = HexFormat.of().formatHex(DataFiles.digest().digest(bytes));
        return Tables.split("digits", all, options, hash);
    }
}
