package dev.gatewright.discretise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;
import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.network.Planes;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Circuits of convolutions over sequences, images and volumes against plain loops over positions, windows and leaves. */
class ConvLoopsTest {
    private static final int SAMPLES = 50;

    /** Sizes of a description in this order: field, pad, stride, pool; of each slices, rows, columns. */
    private record Sizes(int[] field, int[] pad, int[] stride, int[] pool) {
        static Sizes of(String text) {
            int[][] sizes = Arrays.stream(text.split(" "))
                    .map(size -> Arrays.stream(size.split("x"))
                            .mapToInt(Integer::parseInt)
                            .toArray())
                    .toArray(int[][]::new);
            return new Sizes(sizes[0], sizes[1], sizes[2], sizes[3]);
        }

        private static String text(int[] size) {
            return size[0] + "x" + size[1] + "x" + size[2];
        }

        String description(String wiring) {
            String conv = "conv3d:kernels=5,depth=3,init=gaussian,field=" + text(field) + ",pad=" + text(pad)
                    + ",stride=" + text(stride) + ",wiring=" + wiring;
            return Arrays.stream(pool).max().getAsInt() == 1 ? conv : conv + " | orpool:" + text(pool);
        }

        int positions(int[] input, int axis) {
            return (input[axis] + 2 * pad[axis] - field[axis]) / stride[axis] + 1;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3x3x3 1x1x1 1x1x1 1x1x1",
                "3x3x3 1x1x1 1x1x1 2x2x2",
                "2x3x1 0x1x2 2x1x3 1x1x1",
                "4x1x2 1x0x0 1x2x1 3x1x2",
                "1x3x3 0x0x0 1x1x1 2x1x1",
                "2x2x2 2x2x2 2x2x2 1x2x2"
            })
    void volumes(String sizes) {
        requireLoops(new Planes(2, 4, 5, 6), Sizes.of(sizes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x3x3 0x1x1 1x1x1 1x2x2", "1x2x4 0x1x0 1x2x1 1x1x3"})
    void images(String sizes) {
        requireLoops(new Planes(3, 6, 7), Sizes.of(sizes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x1x5 0x0x2 1x1x1 1x1x4", "1x1x3 0x0x0 1x1x2 1x1x1"})
    void sequences(String sizes) {
        requireLoops(new Planes(4, 1, 17), Sizes.of(sizes));
    }

    private static void requireLoops(Planes planes, Sizes sizes) {
        for (String wiring : new String[] {"unique", "learned", "learned:candidates=4"}) {
            SplittableRandom random = new SplittableRandom(planes.hashCode());
            LogicNetwork network =
                    NetworkSpec.parse(sizes.description(wiring)).network(planes.size(), Optional.of(planes), 1, random);
            ConvLayer layer = (ConvLayer) network.layers().getFirst();
            BitMatrix bits = new BitMatrix(SAMPLES, planes.size());
            for (int i = 0; i < SAMPLES * planes.size(); i++) {
                bits.set(i % SAMPLES, i / SAMPLES, random.nextBoolean());
            }
            CircuitForm form = Discretiser.form(network);
            BitMatrix found = ReferenceEvaluator.evaluate(form.flat(), bits);
            assertThat(found.bits()).isEqualTo(network.outputs());
            for (int sample = 0; sample < SAMPLES; sample++) {
                boolean[] expected = outputs(layer, sizes, bits, sample);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(found.get(sample, i))
                            .as("%s, sample %d, output %d", wiring, sample, i)
                            .isEqualTo(expected[i]);
                }
            }
            for (Engine engine : Engine.all()) {
                try (Executable executable = engine.compile(form)) {
                    assertThat(executable.evaluate(bits, 1)).as(engine.name()).isEqualTo(found);
                }
            }
        }
    }

    private static boolean[] outputs(ConvLayer layer, Sizes sizes, BitMatrix bits, int sample) {
        Planes planes = layer.shape().input();
        int[] input = {planes.slices(), planes.rows(), planes.columns()};
        int[] out = new int[3];
        Arrays.setAll(out, axis -> sizes.positions(input, axis) / sizes.pool[axis]);
        boolean[] outputs = new boolean[5 * out[0] * out[1] * out[2]];
        int at = 0;
        for (int kernel = 0; kernel < 5; kernel++) {
            for (int z = 0; z < out[0]; z++) {
                for (int y = 0; y < out[1]; y++) {
                    for (int x = 0; x < out[2]; x++) {
                        for (int i = 0; i < sizes.pool[0]; i++) {
                            for (int j = 0; j < sizes.pool[1]; j++) {
                                for (int k = 0; k < sizes.pool[2]; k++) {
                                    int[] corner = {
                                        (z * sizes.pool[0] + i) * sizes.stride[0] - sizes.pad[0],
                                        (y * sizes.pool[1] + j) * sizes.stride[1] - sizes.pad[1],
                                        (x * sizes.pool[2] + k) * sizes.stride[2] - sizes.pad[2]
                                    };
                                    outputs[at] |= tree(layer, sizes, kernel, corner, input, bits, sample);
                                }
                            }
                        }
                        at++;
                    }
                }
            }
        }
        return outputs;
    }

    private static boolean tree(
            ConvLayer layer, Sizes sizes, int kernel, int[] corner, int[] input, BitMatrix bits, int sample) {
        boolean[] nodes = new boolean[15];
        for (int leaf = 0; leaf < 8; leaf++) {
            int place = layer.place(kernel, leaf);
            int x = corner[2] + place % sizes.field[2];
            int y = corner[1] + place / sizes.field[2] % sizes.field[1];
            int z = corner[0] + place / (sizes.field[2] * sizes.field[1]) % sizes.field[0];
            int plane = place / (sizes.field[2] * sizes.field[1] * sizes.field[0]);
            boolean inside = z >= 0 && z < input[0] && y >= 0 && y < input[1] && x >= 0 && x < input[2];
            nodes[leaf] = inside && bits.get(sample, ((plane * input[0] + z) * input[1] + y) * input[2] + x);
        }
        for (int gate = 0; gate < 7; gate++) {
            int reads = (nodes[2 * gate] ? 1 : 0) + (nodes[2 * gate + 1] ? 2 : 0);
            nodes[8 + gate] = (layer.table(kernel * 7 + gate) >> reads & 1) != 0;
        }
        return nodes[14];
    }
}
