package dev.gatewright.foreign;

import static dev.gatewright.foreign.Published.assertScores;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Samples;
import dev.gatewright.model.FormatException;
import dev.gatewright.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchlogixTest {
    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(9);

    static ImportOptions options(
            Encoder.Inputs.Pixels image, int classes, ImportOptions.Tables tables, ImportOptions.Learned learned) {
        return new ImportOptions(
                OptionalInt.empty(),
                Optional.ofNullable(image),
                List.of(),
                Optional.empty(),
                OptionalInt.of(classes),
                List.of(),
                OptionalDouble.of(2),
                "y",
                Optional.empty(),
                Optional.ofNullable(tables),
                learned);
    }

    /** The output of a gate as the layer's parametrisation has it; {@code address} has the first input highest. */
    static double value(String kind, float[] weights, int gate, int columns, double... inputs) {
        int from = gate * columns;
        return switch (kind) {
            case "raw" -> {
                int largest = 0;
                for (int i = 1; i < columns; i++) {
                    largest = weights[from + i] > weights[from + largest] ? i : largest;
                }
                yield Published.gate(largest, inputs[0], inputs[1]);
            }
            case "light" -> weights[from + Published.address(inputs)] > 0 ? 1 : 0;
            default -> {
                // Inputs become 1 − 2a; term i multiplies those whose bit is set in i, the last input the lowest.
                double sum = 0;
                for (int i = 0; i < columns; i++) {
                    double product = weights[from + i];
                    for (int input = 0; input < inputs.length; input++) {
                        product *= (i >> inputs.length - 1 - input & 1) != 0 ? 1 - 2 * inputs[input] : 1;
                    }
                    sum += product;
                }
                yield sum < 0 ? 1 : 0;
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"raw, 2", "warp, 2", "warp, 4", "warp, 1", "light, 2", "light, 4", "light, 6"})
    void denseLayersPredictAsTheFormulasDo(String kind, int arity) throws IOException {
        int[] widths = {24, 40, 30};
        int columns = kind.equals("raw") ? 16 : 1 << arity;
        TorchWriter state = new TorchWriter().floats("0.thresholds", new float[] {0.3f, 0.7f}, 2);
        float[][] weights = new float[2][];
        int[][] wires = new int[2][];
        for (int layer = 0; layer < 2; layer++) {
            weights[layer] = Published.randomFloats(random, widths[layer + 1] * columns);
            wires[layer] = Published.randomWires(random, widths[layer + 1] * arity, widths[layer]);
            state.floats(2 + layer + ".weight", weights[layer], widths[layer + 1], columns);
            state.longs(2 + layer + ".connections.indices", wires[layer], arity, widths[layer + 1]);
        }
        ImportOptions said = options(
                null,
                3,
                kind.equals("raw") ? null : ImportOptions.Tables.valueOf(kind.toUpperCase(java.util.Locale.ROOT)),
                ImportOptions.Learned.PLAIN);
        Model model = ForeignModel.read(
                ForeignModel.Origin.TORCHLOGIX, state.safetensors(folder.resolve("net.safetensors")), said);
        Samples rows = Published.rows(random, 150, 12, false);
        assertScores(model, rows, row -> {
            double[] values = new double[24];
            for (int bit = 0; bit < 24; bit++) {
                values[bit] = (float) row[bit / 2] > (bit % 2 == 0 ? 0.3f : 0.7f) ? 1 : 0;
            }
            for (int layer = 0; layer < 2; layer++) {
                double[] next = new double[widths[layer + 1]];
                for (int gate = 0; gate < next.length; gate++) {
                    double[] inputs = new double[arity];
                    for (int i = 0; i < arity; i++) {
                        inputs[i] = values[wires[layer][i * next.length + gate]];
                    }
                    next[gate] = value(kind, weights[layer], gate, columns, inputs);
                }
                values = next;
            }
            return Published.scores(values, 3, 2);
        });
    }

    @ParameterizedTest
    @CsvSource({"SOFTPLUS", "PLAIN"})
    void learntWiresAndThresholdsAreTheLargestAndTheSums(ImportOptions.Learned learned) throws IOException {
        float[] differences = {0.2f, 0.05f, 0.3f, 0.4f, -0.1f, 0.2f};
        float[] weights = Published.randomFloats(random, 10 * 16);
        int[] candidates = Published.randomWires(random, 3 * 2 * 10, 6);
        float[] chances = Published.randomFloats(random, 3 * 2 * 10);
        TorchWriter state = new TorchWriter()
                .floats("0.raw_diffs", differences, 2, 3)
                .floats("2.weight", weights, 10, 16)
                .longs("2.connections.indices", candidates, 3, 2, 10)
                .floats("2.connections.weights", chances, 3, 2, 10);
        Model model = ForeignModel.read(
                ForeignModel.Origin.TORCHLOGIX, state.pt(folder.resolve("net.pt")), options(null, 2, null, learned));
        Samples rows = Published.rows(random, 300, 2, false);
        assertScores(model, rows, row -> {
            double[] bits = new double[6];
            for (int bit = 0; bit < 6; bit++) {
                float threshold = 0;
                for (int i = bit / 3 * 3; i <= bit; i++) {
                    boolean plain = i % 3 == 0 || learned == ImportOptions.Learned.PLAIN;
                    double t = 0.1 + 1e-6;
                    threshold += plain ? differences[i] : (float) (t * Math.log(1 + Math.exp(differences[i] / t)));
                }
                bits[bit] = (float) row[bit / 3] > threshold ? 1 : 0;
            }
            double[] outputs = new double[10];
            for (int gate = 0; gate < 10; gate++) {
                double[] inputs = new double[2];
                for (int i = 0; i < 2; i++) {
                    int best = i * 10 + gate;
                    for (int at = best; at < chances.length; at += 20) {
                        best = chances[at] > chances[best] ? at : best;
                    }
                    inputs[i] = bits[candidates[best]];
                }
                outputs[gate] = value("raw", weights, gate, 16, inputs);
            }
            return Published.scores(outputs, 2, 2);
        });
    }

    @Test
    void whatTheFileDoesNotSayIsAskedFor() throws IOException {
        TorchWriter light = new TorchWriter()
                .floats("0.weight", new float[8], 2, 4)
                .longs("0.connections.indices", new int[] {0, 1, 1, 0}, 2, 2);
        Path file = light.safetensors(folder.resolve("light.safetensors"));
        assertThatThrownBy(() -> ForeignModel.read(
                        ForeignModel.Origin.TORCHLOGIX, file, options(null, 2, null, ImportOptions.Learned.PLAIN)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("--parametrization");
        Path old = new TorchWriter().floats("0.weight", new float[32], 2, 16).safetensors(folder.resolve("old.st"));
        assertThatThrownBy(() -> ForeignModel.read(
                        ForeignModel.Origin.TORCHLOGIX, old, options(null, 2, null, ImportOptions.Learned.PLAIN)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("June 2026");
    }
}
