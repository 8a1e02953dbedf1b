package dev.gatewright.foreign;

import static dev.gatewright.foreign.Published.assertScores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Samples;
import dev.gatewright.model.FormatException;
import dev.gatewright.model.Json;
import dev.gatewright.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static ImportOptions options(
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
    private static double value(String kind, float[] weights, int gate, int columns, double... inputs) {
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
    void circuitsInJsonPredictAsTheirGatesSay() throws IOException {
        List<String> ops = List.of(
                "CONST_FALSE",
                "AND",
                "AND_NOT_B",
                "WIRE",
                "AND_NOT_A",
                "XOR",
                "OR",
                "NOR",
                "XNOR",
                "NOT_B",
                "OR_NOT_B",
                "NOT",
                "OR_NOT_A",
                "NAND",
                "CONST_TRUE");
        int[] published = {0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        int inputs = 7;
        List<Object> gates = new ArrayList<>();
        int[][] read = new int[40][];
        for (int i = 0; i < 40; i++) {
            int op = i < ops.size() ? i : random.nextInt(ops.size());
            read[i] = new int[] {op, random.nextInt(inputs + i), random.nextInt(inputs + i)};
            Map<String, Object> gate = new LinkedHashMap<>();
            gate.put("gate_id", inputs + i);
            gate.put("op", ops.get(op));
            boolean unary = op == 3 || op == 11;
            gate.put("in0", read[i][1]);
            gate.put("in1", unary ? -1 : read[i][2]);
            gate.put("node_idx", -1);
            gates.add(gate);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("n_inputs", inputs);
        json.put("input_shape", List.of(inputs));
        json.put("outputs", List.of(100, 101));
        json.put("output_shape", List.of(2));
        json.put("gates", gates);
        json.put(
                "sum_nodes",
                List.of(
                        Map.of("node_id", 100, "input_ids", List.of(20, 30, 40, 3), "tau", 2.0, "beta", 2.0),
                        Map.of("node_id", 101, "input_ids", List.of(46, 45, 44, 43, 42, 41), "tau", 2.0, "beta", 0.0)));
        Path file = Files.writeString(folder.resolve("net.json"), Json.write(json));
        Model model = ForeignModel.read(ForeignModel.Origin.TORCHLOGIX, file, ImportOptions.defaults());
        Samples rows = Published.rows(random, 128, inputs, true);
        assertScores(model, rows, row -> {
            double[] values = java.util.Arrays.copyOf(row, inputs + 40);
            for (int i = 0; i < 40; i++) {
                values[inputs + i] = Published.gate(published[read[i][0]], values[read[i][1]], values[read[i][2]]);
            }
            double first = values[20] + values[30] + values[40] + values[3] + 2;
            double second = values[46] + values[45] + values[44] + values[43] + values[42] + values[41];
            return new float[] {(float) (first / 2), (float) (second / 2)};
        });
        assertThat(model.readout().toString()).contains("tau=2.0");
    }

    /** Two convolutions with one pooling between them, then a dense layer: 2 × 8 × 8 bits of one channel and two cuts. */
    @Test
    void convolutionsPredictAsTheFormulasDo() throws IOException {
        Trees first = new Trees("1", 2, 8, 4, 2, 3, 1, 1);
        Trees second = new Trees("3", 4, 4, 3, 3, 2, 0, 1);
        int flat = 3 * 3 * 3;
        int[] wires = Published.randomWires(random, 2 * 20, flat);
        float[] weights = Published.randomFloats(random, 20 * 16);
        TorchWriter state = new TorchWriter().floats("0.thresholds", new float[] {0.4f, 0.6f}, 1, 2);
        first.write(state);
        second.write(state);
        state.floats("5.weight", weights, 20, 16).longs("5.connections.indices", wires, 2, 20);
        Model model = ForeignModel.read(
                ForeignModel.Origin.TORCHLOGIX,
                state.pt(folder.resolve("conv.pt")),
                options(new Encoder.Inputs.Pixels(1, 8, 8), 4, null, ImportOptions.Learned.PLAIN));
        Samples images = Published.images(random, 100, 1, 8, 8);
        assertScores(model, images, pixels -> {
            double[] bits = new double[128];
            for (int i = 0; i < 128; i++) {
                bits[i] = pixels[i % 64] > (i < 64 ? 0.4f : 0.6f) ? 1 : 0;
            }
            double[] trees = first.run(bits);
            double[] pooled = new double[4 * 4 * 4];
            for (int i = 0; i < trees.length; i++) {
                int at = (i / 64 * 4 + i % 64 / 8 / 2) * 4 + i % 8 / 2;
                pooled[at] = Math.max(pooled[at], trees[i]);
            }
            double[] features = second.run(pooled);
            double[] outputs = new double[20];
            for (int gate = 0; gate < 20; gate++) {
                outputs[gate] = value("raw", weights, gate, 16, features[wires[gate]], features[wires[20 + gate]]);
            }
            return Published.scores(outputs, 4, 2);
        });
    }

    /** A layer of logic trees of two levels or three, written and run as torchlogix does. */
    private final class Trees {
        private final String name;
        private final int size;
        private final int kernels;
        private final int leaves;
        private final int padding;
        private final int outSize;
        private final int[] places;
        private final float[][] weights;

        Trees(String name, int channels, int size, int kernels, int depth, int field, int padding, int stride) {
            this.name = name;
            this.size = size;
            this.kernels = kernels;
            this.leaves = 1 << depth;
            this.padding = padding;
            this.outSize = (size + 2 * padding - field) / stride + 1;
            this.places = new int[kernels * leaves * 3];
            for (int i = 0; i < places.length; i++) {
                places[i] = random.nextInt(i % 3 == 2 ? channels : field);
            }
            // The field's last row and column are read, as they all but surely are in a real network.
            places[0] = field - 1;
            places[1] = field - 1;
            this.weights = new float[depth][];
            for (int level = 0; level < depth; level++) {
                weights[level] = Published.randomFloats(random, (leaves >> level + 1) * kernels * 16);
            }
        }

        void write(TorchWriter state) {
            int nodes = leaves / 2;
            int positions = outSize * outSize;
            int[] indices = new int[2 * kernels * positions * nodes * 3];
            int at = 0;
            for (int input = 0; input < 2; input++) {
                for (int kernel = 0; kernel < kernels; kernel++) {
                    for (int position = 0; position < positions; position++) {
                        for (int node = 0; node < nodes; node++) {
                            int place = (kernel * leaves + 2 * node + input) * 3;
                            indices[at++] = places[place] + position / outSize;
                            indices[at++] = places[place + 1] + position % outSize;
                            indices[at++] = places[place + 2];
                        }
                    }
                }
            }
            state.longs(name + ".connections._indices_L0", indices, 2, kernels, positions, nodes, 3);
            for (int level = 0; level < weights.length; level++) {
                state.floats(name + ".tree_weights." + level, weights[level], leaves >> level + 1, kernels, 16);
            }
        }

        double[] run(double[] image) {
            double[] outputs = new double[kernels * outSize * outSize];
            for (int i = 0; i < outputs.length; i++) {
                int kernel = i / outSize / outSize;
                double[] values = new double[leaves];
                for (int leaf = 0; leaf < leaves; leaf++) {
                    int place = (kernel * leaves + leaf) * 3;
                    int y = places[place] + i / outSize % outSize - padding;
                    int x = places[place + 1] + i % outSize - padding;
                    boolean inside = y >= 0 && y < size && x >= 0 && x < size;
                    values[leaf] = inside ? image[(places[place + 2] * size + y) * size + x] : 0;
                }
                for (int level = 0; level < weights.length; level++) {
                    double[] next = new double[values.length / 2];
                    for (int node = 0; node < next.length; node++) {
                        next[node] = value(
                                "raw",
                                weights[level],
                                node * kernels + kernel,
                                16,
                                values[2 * node],
                                values[2 * node + 1]);
                    }
                    values = next;
                }
                outputs[i] = values[0];
            }
            return outputs;
        }
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | n_inputs",
                "{\"n_inputs\":99999999,\"gates\":[],\"outputs\":[]} | expected 1 to",
                "{\"n_inputs\":2,\"gates\":[{\"gate_id\":2,\"op\":\"AND\",\"in0\":0,\"in1\":3}],\"outputs\":[]} | gate 2 reads gate 3",
                "{\"n_inputs\":2,\"gates\":[{\"gate_id\":1,\"op\":\"AND\",\"in0\":0,\"in1\":1}],\"outputs\":[]} | of number 1",
                "{\"n_inputs\":2,\"gates\":[{\"gate_id\":2,\"op\":\"MUX\",\"in0\":0,\"in1\":1}],\"outputs\":[]} | MUX",
                "{\"n_inputs\":2,\"gates\":[],\"outputs\":[7]} | reads gate 7"
            })
    void wrongCircuitsAreNamed(String json, String said) throws IOException {
        Path file = Files.writeString(folder.resolve("net.json"), json);
        assertThatThrownBy(() -> ForeignModel.read(ForeignModel.Origin.TORCHLOGIX, file, ImportOptions.defaults()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(said);
    }
}
