package dev.gatewright.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.encode.Images;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Samples;
import dev.gatewright.encode.Table;
import dev.gatewright.model.Model;
import dev.gatewright.model.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The published formulas of the other systems, on real numbers 0 and 1 as they have them, sample by sample. */
final class Published {
    private Published() {}

    /** A gate by its number, as the literature writes it. */
    static double gate(int number, double a, double b) {
        return switch (number) {
            case 0 -> 0;
            case 1 -> a * b;
            case 2 -> a - a * b;
            case 3 -> a;
            case 4 -> b - a * b;
            case 5 -> b;
            case 6 -> a + b - 2 * a * b;
            case 7 -> a + b - a * b;
            case 8 -> 1 - (a + b - a * b);
            case 9 -> 1 - (a + b - 2 * a * b);
            case 10 -> 1 - b;
            case 11 -> 1 - b + a * b;
            case 12 -> 1 - a;
            case 13 -> 1 - a + a * b;
            case 14 -> 1 - a * b;
            case 15 -> 1;
            default -> throw new IllegalArgumentException("gate " + number);
        };
    }

    /** The entry of a table whose highest address bit is the first input. */
    static int address(double... inputs) {
        int address = 0;
        for (double input : inputs) {
            address = 2 * address + (int) input;
        }
        return address;
    }

    /** Group sums over {@code classes} groups, divided by {@code tau}. */
    static float[] scores(double[] outputs, int classes, double tau) {
        float[] scores = new float[classes];
        int size = outputs.length / classes;
        for (int i = 0; i < size * classes; i++) {
            scores[i / size] += (float) outputs[i];
        }
        for (int i = 0; i < classes; i++) {
            scores[i] = (float) (scores[i] / tau);
        }
        return scores;
    }

    static float[] randomFloats(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    static int[] randomWires(SplittableRandom random, int count, int width) {
        int[] wires = random.ints(count, 0, width).toArray();
        // The last wire is read, so that the width can be told from the wires.
        wires[0] = width - 1;
        return wires;
    }

    /** Rows of columns x0, x1, … with values from 0 to 1. */
    static Table rows(SplittableRandom random, int rows, int columns, boolean bits) {
        List<NumberColumn> all = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            float[] values = new float[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = bits ? random.nextInt(2) : (float) random.nextDouble();
            }
            all.add(new NumberColumn("x" + i, bits, values));
        }
        return new Table(rows, all);
    }

    static Images images(SplittableRandom random, int rows, int channels, int height, int width) {
        byte[] pixels = new byte[rows * channels * height * width];
        random.nextBytes(pixels);
        return new Images(rows, channels, height, width, pixels);
    }

    /** A row as the other systems get it: columns as they are, brightness from 0 to 1. */
    static double[] row(Samples samples, int row) {
        return switch (samples) {
            case Images images -> {
                double[] values = new double[images.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = images.pixel(row, i) / 255f;
                }
                yield values;
            }
            case Table table ->
                table.columns().stream()
                        .mapToDouble(column -> ((NumberColumn) column).value(row))
                        .toArray();
        };
    }

    /** Fails unless the model's scores are those of the formulas, to the last bit. */
    static void assertScores(Model model, Samples samples, Function<double[], float[]> formulas) {
        float[] found;
        try (Predictor predictor = Predictor.of(model)) {
            found = predictor.scores(samples);
        }
        int classes = found.length / samples.rows();
        for (int row = 0; row < samples.rows(); row++) {
            float[] expected = formulas.apply(row(samples, row));
            assertThat(java.util.Arrays.copyOfRange(found, row * classes, (row + 1) * classes))
                    .as("scores of row %d", row)
                    .containsExactly(expected);
        }
    }
}
