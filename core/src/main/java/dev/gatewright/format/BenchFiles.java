package dev.gatewright.format;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.encode.ColumnValues;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Files of vectors that test benches of programs read. */
final class BenchFiles {
    private BenchFiles() {}

    /** A text filled with words, as a file. */
    static Format.Companion text(String suffix, String text, Map<String, String> words) {
        return new Format.Companion(
                suffix, out -> out.write(Template.fill(text, words).getBytes(StandardCharsets.UTF_8)));
    }

    /** A line for 64 vectors: how many there are, a word of each input, a word of each output, in hexadecimal. */
    static Format.Companion words(Vectors vectors) {
        return new Format.Companion("_test.txt", stream -> {
            TextOut out = new TextOut(stream);
            for (int word = 0; word < vectors.in().wordsPerPlane(); word++) {
                out.number(Math.min(64, vectors.count() - 64 * word));
                words(out, vectors.in(), word);
                words(out, vectors.outputs(), word);
                out.line();
            }
            out.flush();
        });
    }

    private static void words(TextOut out, BitMatrix bits, int word) throws IOException {
        for (int bit = 0; bit < bits.bits(); bit++) {
            out.raw(' ').text(Long.toHexString(bits.word(bit, word)));
        }
    }

    /**
     * A program and what it reads: rows, pixels as bytes or columns as floats, and what is expected as floats.
     *
     * @param suffix of the program's file
     * @param text the program
     * @param runner what runs it
     */
    static Bench rowsAnd(String suffix, String text, String runner, Design design, Vectors vectors, String stem) {
        String command = runner + Bench.stem(stem) + suffix;
        boolean pixels = design.encoder().inputs() instanceof Encoder.Inputs.Pixels;
        boolean python = suffix.endsWith(".py");
        Map<String, String> words = Map.of(
                "VECTOR_COUNT",
                Integer.toString(vectors.count()),
                "VALUE_COUNT",
                Integer.toString(Wasm.values(design.encoder())),
                "STEM",
                stem,
                "PIXELS",
                python ? pixels ? "True" : "False" : Boolean.toString(pixels),
                "BENCH_COMMAND",
                command);
        return new Bench(
                List.of(
                        text(suffix, text, words),
                        new Format.Companion("_test.rows", out -> rows(design, vectors, out)),
                        new Format.Companion("_test.expected", out -> expected(design, vectors.outputs(), out))),
                command);
    }

    private static void rows(Design design, Vectors vectors, OutputStream out) throws IOException {
        switch (vectors.samples()) {
            case Images images -> out.write(images.pixels(), 0, images.rows() * images.size());
            case Table table -> {
                Encoder.Inputs.Columns columns =
                        (Encoder.Inputs.Columns) design.encoder().inputs();
                List<ColumnValues.Source> sources = new ColumnValues(columns).bind(table);
                float[] values = new float[sources.size()];
                for (int row = 0; row < table.rows(); row++) {
                    for (int i = 0; i < values.length; i++) {
                        sources.get(i).read(row, 1, values, i);
                    }
                    out.write(bytes(values));
                }
            }
        }
    }

    /** Floats as bytes, the lowest byte first. */
    private static byte[] bytes(float[] floats) {
        byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, floats.length)];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(floats);
        return bytes;
    }

    /** Scores row after row and then classes; or numbers; or bits row after row. */
    private static void expected(Design design, BitMatrix outputs, OutputStream out) throws IOException {
        int groups = design.groups();
        float[] classes = new float[design.score() instanceof Design.Score.Votes ? outputs.samples() : 0];
        float[] values = new float[groups == 0 ? outputs.bits() : groups];
        for (int row = 0; row < outputs.samples(); row++) {
            switch (design.score()) {
                case Design.Score.Votes votes -> {
                    int best = 0;
                    for (int group = 0; group < groups; group++) {
                        int count = count(outputs, row, group, groups);
                        values[group] = count / votes.tau();
                        best = count > count(outputs, row, best, groups) ? group : best;
                    }
                    classes[row] = best;
                }
                case Design.Score.Tally tally -> values[0] = tally.offset() + tally.scale() * count(outputs, row, 0, 1);
                case Design.Score.Bits ignored -> {
                    for (int bit = 0; bit < outputs.bits(); bit++) {
                        values[bit] = outputs.get(row, bit) ? 1 : 0;
                    }
                }
            }
            out.write(bytes(values));
        }
        out.write(bytes(classes));
    }

    /** True outputs of a group. */
    static int count(BitMatrix outputs, int row, int group, int groups) {
        int size = outputs.bits() / groups;
        int count = 0;
        for (int i = group * size; i < (group + 1) * size; i++) {
            count += outputs.get(row, i) ? 1 : 0;
        }
        return count;
    }
}
