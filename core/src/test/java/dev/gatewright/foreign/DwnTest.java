package dev.gatewright.foreign;

import static dev.gatewright.foreign.Published.assertScores;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.provider.ValueSource;

class DwnTest {
    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(3);

    private static ImportOptions options(List<Float> thresholds) {
        return new ImportOptions(
                OptionalInt.empty(),
                Optional.empty(),
                thresholds,
                Optional.empty(),
                OptionalInt.of(4),
                List.of(),
                OptionalDouble.of(3),
                "y",
                Optional.empty(),
                Optional.empty(),
                ImportOptions.Learned.PLAIN);
    }

    /** The first layer learns its mapping; 22 outputs do not divide into 4 classes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6})
    void tablesPredictAsTheFormulasDo(int arity) throws IOException {
        int[] widths = {16, 30, 22};
        float[] mapping = Published.randomFloats(random, 16 * 30 * arity);
        int[] wires = Published.randomWires(random, 22 * arity, 30);
        float[][] luts = {
            Published.randomFloats(random, 30 << arity), Published.randomFloats(random, 22 << arity),
        };
        int[] dummy = new int[30 * arity];
        TorchWriter state = new TorchWriter()
                .floats("0.luts", luts[0], 30, 1 << arity)
                .floats("0.mapping.weights", mapping, 16, 30 * arity)
                .ints("0._LUTLayer__dummy_mapping", dummy, 30, arity)
                .floats("1.luts", luts[1], 22, 1 << arity)
                .ints("1.mapping", wires, 22, arity);
        Model model = ForeignModel.read(
                ForeignModel.Origin.DWN, state.pt(folder.resolve("dwn.pt")), options(List.of(0.3f, 0.8f)));
        Samples rows = Published.rows(random, 200, 8, false);
        assertScores(model, rows, row -> {
            double[] values = new double[16];
            for (int bit = 0; bit < 16; bit++) {
                values[bit] = (float) row[bit / 2] > (bit % 2 == 0 ? 0.3f : 0.8f) ? 1 : 0;
            }
            for (int layer = 0; layer < 2; layer++) {
                double[] next = new double[widths[layer + 1]];
                for (int gate = 0; gate < next.length; gate++) {
                    int address = 0;
                    for (int l = 0; l < arity; l++) {
                        int at = gate * arity + l;
                        int wire = layer == 1 ? wires[at] : largest(mapping, at, 30 * arity);
                        address |= (int) values[wire] << l;
                    }
                    next[gate] = luts[layer][(gate << arity) + address] > 0 ? 1 : 0;
                }
                values = next;
            }
            return Published.scores(java.util.Arrays.copyOf(values, 24), 4, 3);
        });
    }

    private static int largest(float[] weights, int column, int columns) {
        int largest = 0;
        for (int i = 1; i < weights.length / columns; i++) {
            largest = weights[i * columns + column] > weights[largest * columns + column] ? i : largest;
        }
        return largest;
    }

    @Test
    void largerTablesAreRefused() throws IOException {
        TorchWriter state =
                new TorchWriter().floats("0.luts", new float[256], 2, 128).ints("0.mapping", new int[14], 2, 7);
        Path file = state.pt(folder.resolve("dwn.pt"));
        assertThatThrownBy(() -> ForeignModel.read(ForeignModel.Origin.DWN, file, options(List.of())))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("[2, 128]");
    }
}
