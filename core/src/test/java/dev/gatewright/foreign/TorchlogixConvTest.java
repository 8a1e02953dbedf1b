package dev.gatewright.foreign;

import static dev.gatewright.foreign.Published.assertScores;

import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Samples;
import dev.gatewright.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TorchlogixConvTest {
    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(9);

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
                TorchlogixTest.options(new Encoder.Inputs.Pixels(1, 8, 8), 4, null, ImportOptions.Learned.PLAIN));
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
                outputs[gate] = TorchlogixTest.value(
                        "raw", weights, gate, 16, features[wires[gate]], features[wires[20 + gate]]);
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
                        next[node] = TorchlogixTest.value(
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
}
