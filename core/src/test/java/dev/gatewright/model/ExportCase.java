package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Images;
import dev.gatewright.format.Vectors;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.verify.ReferenceEvaluator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A model with raw rows, and what the reference evaluator makes of them: scores and then the class of every row, or its
 * number, or its outputs. Programs written by formats get the rows and must give the same.
 */
public record ExportCase(String name, Model model, int rows, float[] values, float[] expected) {
    private static final int ROWS = 203;

    /** Every kind of encoder and read-out, gates of two inputs and of six, and circuits almost without gates. */
    public static List<ExportCase> all() {
        List<ExportCase> cases = new ArrayList<>();
        cases.add(random("digits", RandomModels.pixels(), 900, 60, 2, new Readout.GroupSum(5, 2.5f)));
        cases.add(random("wide gates", RandomModels.pixels(), 300, 33, 6, new Readout.GroupSum(3, 7)));
        cases.add(random("no gates", RandomModels.pixels(), 0, 9, 2, new Readout.GroupSum(3, 1)));
        cases.add(random("class", RandomModels.columns(), 120, 24, 3, new Readout.GroupSum(2, 1)));
        cases.add(random("price", RandomModels.columns(), 200, 17, 2, new Readout.Regression(0.1f, -3.3f)));
        cases.add(random("2 bits", RandomModels.columns(), 100, 40, 2, new Readout.Bits()));
        cases.add(fullCounts());
        return cases;
    }

    /** Images of which edges and the like are made, for formats that do so. */
    static ExportCase features() {
        return random("features", RandomModels.features(), 900, 60, 2, new Readout.GroupSum(5, 2.5f));
    }

    /** Groups of a power of two of outputs that are all true together, where a count has a bit more than otherwise. */
    private static ExportCase fullCounts() {
        Encoder encoder = RandomModels.pixels();
        CircuitBuilder builder = new CircuitBuilder(encoder.bits());
        int gate = builder.gate(TruthTable.XOR, builder.input(7), builder.input(90));
        int[] outputs = new int[3 * 8];
        Arrays.fill(outputs, 0, 8, builder.input(30));
        Arrays.fill(outputs, 8, 16, gate);
        Arrays.fill(outputs, 16, 24, 1);
        Model model = new Model(
                encoder,
                builder.build(outputs),
                new Readout.GroupSum(3, 1),
                "y",
                List.of("a", "b", "c"),
                new Provenance(Collections.emptySortedMap()));
        return of("full", model, ROWS, values(encoder, ROWS));
    }

    /** The given model on the given rows. */
    public static ExportCase of(String name, Model model, int rows, float[] values) {
        BitMatrix outputs = ReferenceEvaluator.evaluate(model.circuit(), bits(model.encoder(), rows, values));
        return new ExportCase(name, model, rows, values, expected(model.readout(), outputs));
    }

    private static ExportCase random(String name, Encoder encoder, int gates, int outputs, int arity, Readout readout) {
        int classes = readout instanceof Readout.GroupSum sum ? sum.classes() : 0;
        List<String> labels =
                IntStream.range(0, classes).mapToObj(i -> "\"la?bel\\*/é\n" + i).toList();
        Model model = new Model(
                encoder,
                RandomCircuits.random(gates + arity, encoder.bits(), gates, outputs, arity),
                readout,
                "y*/\nÿ",
                labels,
                new Provenance(Collections.emptySortedMap()).with("note", "*/ \n\\u000a"));
        return of(name, model, ROWS, values(encoder, ROWS));
    }

    /** Rows of pixels, or of columns of which some are missing and some categories not known. */
    static float[] values(Encoder encoder, int rows) {
        SplittableRandom random = new SplittableRandom(rows);
        float[] values = new float[rows * width(encoder)];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (encoder.inputs()) {
                case Encoder.Inputs.Pixels ignored -> random.nextInt(256);
                case Encoder.Inputs.Columns ignored -> random.nextInt(6) == 0 ? Float.NaN : random.nextInt(-4, 9) / 2f;
            };
        }
        return values;
    }

    static int width(Encoder encoder) {
        return switch (encoder.inputs()) {
            case Encoder.Inputs.Pixels pixels -> pixels.size();
            case Encoder.Inputs.Columns columns -> columns.columns().size();
        };
    }

    private static BitMatrix bits(Encoder encoder, int rows, float[] values) {
        BitMatrix bits = new BitMatrix(rows, encoder.bits());
        int width = width(encoder);
        for (int row = 0; row < rows; row++) {
            float[] own = places(encoder, Arrays.copyOfRange(values, row * width, (row + 1) * width));
            for (int bit = 0; bit < encoder.bits(); bit++) {
                float value = own[encoder.column(bit)];
                boolean set = switch (encoder.test(bit)) {
                    case GREATER -> value > encoder.value(bit);
                    case EQUALS -> value == encoder.value(bit);
                    case MISSING -> Float.isNaN(value);
                };
                bits.set(row, bit, set);
            }
        }
        return bits;
    }

    /** The values of a row, with what stencils make of them. */
    private static float[] places(Encoder encoder, float[] row) {
        if (!(encoder.inputs() instanceof Encoder.Inputs.Pixels pixels)) {
            return row;
        }
        byte[] bytes = new byte[pixels.places()];
        for (int i = 0; i < row.length; i++) {
            bytes[i] = (byte) row[i];
        }
        pixels.derive(bytes, 0);
        float[] places = new float[bytes.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = bytes[i] & 0xFF;
        }
        return places;
    }

    private static float[] expected(Readout readout, BitMatrix outputs) {
        int rows = outputs.samples();
        return switch (readout) {
            case Readout.Bits ignored -> {
                float[] bits = new float[rows * outputs.bits()];
                for (int i = 0; i < bits.length; i++) {
                    bits[i] = outputs.get(i / outputs.bits(), i % outputs.bits()) ? 1 : 0;
                }
                yield bits;
            }
            case Readout.Regression regression -> {
                float[] numbers = new float[rows];
                for (int row = 0; row < rows; row++) {
                    numbers[row] = regression.offset() + regression.scale() * count(outputs, row, 0, outputs.bits());
                }
                yield numbers;
            }
            case Readout.GroupSum sum -> votes(sum, outputs);
        };
    }

    private static float[] votes(Readout.GroupSum sum, BitMatrix outputs) {
        int rows = outputs.samples();
        int size = outputs.bits() / sum.classes();
        float[] all = new float[rows * sum.classes() + rows];
        for (int row = 0; row < rows; row++) {
            int largest = 0;
            for (int i = 0; i < sum.classes(); i++) {
                int count = count(outputs, row, i * size, size);
                all[row * sum.classes() + i] = count / sum.tau();
                largest = count > count(outputs, row, largest * size, size) ? i : largest;
            }
            all[rows * sum.classes() + row] = largest;
        }
        return all;
    }

    private static int count(BitMatrix outputs, int row, int from, int size) {
        int count = 0;
        for (int i = from; i < from + size; i++) {
            count += outputs.get(row, i) ? 1 : 0;
        }
        return count;
    }

    boolean pixels() {
        return model.encoder().inputs() instanceof Encoder.Inputs.Pixels;
    }

    /** The rows as programs take them: bytes of pixels, or floats. */
    byte[] raw() {
        ByteBuffer raw = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (pixels()) {
                raw.put((byte) value);
            } else {
                raw.putFloat(value);
            }
        }
        return java.util.Arrays.copyOf(raw.array(), raw.position());
    }

    /** Rows of pixels as test benches take them. */
    Vectors vectors() {
        Encoder.Inputs.Pixels pixels = (Encoder.Inputs.Pixels) model.encoder().inputs();
        Images images = new Images(rows, pixels.channels(), pixels.height(), pixels.width(), raw());
        BitMatrix in = model.encoder().encode(images);
        return new Vectors(images, in, ReferenceEvaluator.evaluate(model.circuit(), in));
    }

    /** Runs a program on the rows; fails unless it prints the expected floats. */
    void assertRuns(Path folder, String... command) throws IOException, InterruptedException {
        byte[] out = run(folder, raw(), command);
        float[] found = new float[out.length / 4];
        ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(found);
        assertThat(found).as(name).containsExactly(expected);
    }

    /** What a program prints, given an input. Fails where it fails. */
    public static byte[] run(Path folder, byte[] in, String... command) throws IOException, InterruptedException {
        Path input = Files.write(folder.resolve("program.in"), in);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectError(folder.resolve("program.err").toFile())
                .start();
        try (InputStream said = process.getInputStream()) {
            byte[] out = said.readAllBytes();
            int status = process.waitFor();
            assertThat(status)
                    .as(() -> String.join(" ", command) + "\n" + text(folder.resolve("program.err")))
                    .isZero();
            return out;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips the test where a tool is not installed, unless tools are required. */
    public static void needs(String tool) {
        if (!"required".equals(System.getProperty("tools"))) {
            boolean there = java.util.Arrays.stream(
                            String.valueOf(System.getenv("PATH")).split(java.io.File.pathSeparator))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
            assumeTrue(there, tool + " is not installed");
        }
    }
}
