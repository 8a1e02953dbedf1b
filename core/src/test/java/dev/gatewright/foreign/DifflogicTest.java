package dev.gatewright.foreign;

import static dev.gatewright.foreign.Published.assertScores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Samples;
import dev.gatewright.model.FormatException;
import dev.gatewright.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifflogicTest {
    private static final int[] WIDTHS = {20, 33, 40, 30};
    private static final List<String> EXPRESSIONS = List.of(
            "0LL",
            "A & B",
            "A & ~B",
            "A",
            "B & ~A",
            "B",
            "A ^ B",
            "A | B",
            "~(A | B)",
            "~(A ^ B)",
            "~B",
            "~B | A",
            "~A",
            "~A | B",
            "~(A & B)",
            "~0LL");

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(4);
    private final float[][] weights = new float[3][];
    private final int[][] a = new int[3][];
    private final int[][] b = new int[3][];

    DifflogicTest() {
        for (int layer = 0; layer < 3; layer++) {
            weights[layer] = Published.randomFloats(random, 16 * WIDTHS[layer + 1]);
            a[layer] = Published.randomWires(random, WIDTHS[layer + 1], WIDTHS[layer]);
            b[layer] = Published.randomWires(random, WIDTHS[layer + 1], WIDTHS[layer]);
        }
    }

    private int gate(int layer, int i) {
        int largest = 0;
        for (int k = 1; k < 16; k++) {
            largest = weights[layer][16 * i + k] > weights[layer][16 * i + largest] ? k : largest;
        }
        return largest;
    }

    private double[] outputs(double[] bits) {
        double[] values = bits;
        for (int layer = 0; layer < 3; layer++) {
            double[] next = new double[WIDTHS[layer + 1]];
            for (int i = 0; i < next.length; i++) {
                next[i] = Published.gate(gate(layer, i), values[a[layer][i]], values[b[layer][i]]);
            }
            values = next;
        }
        return values;
    }

    private TorchWriter state() {
        TorchWriter state = new TorchWriter();
        for (int layer = 0; layer < 3; layer++) {
            state.floats(layer + 1 + ".weights", weights[layer], WIDTHS[layer + 1], 16);
        }
        return state;
    }

    private TorchWriter wiring() {
        TorchWriter wiring = new TorchWriter().number("k", 5).number("tau", 2.5).number("in_dim", WIDTHS[0]);
        for (int layer = 0; layer < 3; layer++) {
            wiring.ints("layer" + layer + ".a", a[layer], a[layer].length);
            wiring.ints("layer" + layer + ".b", b[layer], b[layer].length);
        }
        return wiring;
    }

    private static ImportOptions options(Path wiring) {
        ImportOptions none = ImportOptions.defaults();
        return new ImportOptions(
                none.inputs(),
                none.image(),
                none.thresholds(),
                none.order(),
                none.classes(),
                none.labels(),
                none.tau(),
                none.target(),
                Optional.ofNullable(wiring),
                none.tables(),
                none.learned());
    }

    @Test
    void weightsAndWiringPredictAsTheFormulasDo() throws IOException {
        Path wiring = wiring().pt(folder.resolve("wiring.pt"));
        Model model =
                ForeignModel.read(ForeignModel.Origin.DIFFLOGIC, state().pt(folder.resolve("net.pt")), options(wiring));
        Samples rows = Published.rows(random, 200, WIDTHS[0], true);
        assertScores(model, rows, bits -> Published.scores(outputs(bits), 5, 2.5));
        assertThat(model.provenance().facts())
                .containsEntry("imported_from", "difflogic weights")
                .containsEntry("imported_gates", "103");
    }

    @Test
    void anExportedFileNeedsNoOther() throws IOException {
        TorchWriter all = wiring();
        for (int layer = 0; layer < 3; layer++) {
            int[] gates = new int[WIDTHS[layer + 1]];
            for (int i = 0; i < gates.length; i++) {
                gates[i] = gate(layer, i);
            }
            all.ints("layer" + layer + ".gate", gates, gates.length);
        }
        Model model = ForeignModel.read(
                ForeignModel.Origin.DIFFLOGIC, all.pt(folder.resolve("all.pt")), ImportOptions.defaults());
        Samples rows = Published.rows(random, 100, WIDTHS[0], true);
        assertScores(model, rows, bits -> Published.scores(outputs(bits), 5, 2.5));
    }

    @Test
    void imagesBecomeBitsThresholdAfterThreshold() throws IOException {
        Path wiring = wiring().pt(folder.resolve("wiring.pt"));
        ImportOptions said = new ImportOptions(
                OptionalInt.empty(),
                Optional.of(new Encoder.Inputs.Pixels(1, 2, 5)),
                List.of(0.25f, 0.75f),
                Optional.empty(),
                OptionalInt.empty(),
                List.of("a", "b", "c", "d", "e"),
                OptionalDouble.empty(),
                "letter",
                Optional.of(wiring),
                Optional.empty(),
                ImportOptions.Learned.SOFTPLUS);
        Model model =
                ForeignModel.read(ForeignModel.Origin.DIFFLOGIC, state().safetensors(folder.resolve("n.st")), said);
        Samples images = Published.images(random, 150, 1, 2, 5);
        assertScores(model, images, pixels -> {
            double[] bits = new double[20];
            for (int i = 0; i < 20; i++) {
                bits[i] = pixels[i % 10] > (i < 10 ? 0.25f : 0.75f) ? 1 : 0;
            }
            return Published.scores(outputs(bits), 5, 2.5);
        });
        assertThat(model.labels()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void generatedCPredictsAsTheFormulasDo() throws IOException {
        for (String type : List.of("long long", "char")) {
            Path file = Files.writeString(folder.resolve("net.c"), c(type));
            Model model = ForeignModel.read(ForeignModel.Origin.DIFFLOGIC, file, ImportOptions.defaults());
            Samples rows = Published.rows(random, 200, WIDTHS[0], true);
            assertScores(model, rows, bits -> Published.scores(outputs(bits), 5, 1));
        }
    }

    /** The form of the files that difflogic's CompiledLogicNet writes. */
    private String c(String type) {
        StringBuilder text = new StringBuilder(
                "#include <stddef.h>\n\nvoid logic_gate_net(" + type + " const *inp, " + type + " *out) {\n");
        int before = 0;
        int id = 0;
        for (int layer = 0; layer < 3; layer++) {
            for (int i = 0; i < WIDTHS[layer + 1]; i++) {
                String format = layer == 0 ? "inp[%d]" : "v%d";
                String expression = EXPRESSIONS
                        .get(gate(layer, i))
                        .replace("A", String.format(format, before + a[layer][i]))
                        .replace("B", String.format(format, before + b[layer][i]));
                if (type.equals("char")) {
                    expression = "(char) (" + expression.replace("0LL", "(char) 0") + ")";
                }
                text.append(layer == 2 ? "\tout[" + i + "]" : "\tconst " + type + " v" + id++)
                        .append(" = ")
                        .append(expression)
                        .append(";\n");
            }
            before = layer == 0 ? 0 : before + WIDTHS[layer];
        }
        return text + "}\n\nvoid apply_logic_gate_net (bool const *inp, int *out, size_t len) {\n    " + type
                + " *inp_temp = malloc(20*sizeof(" + type + "));\n    " + type + " *out_temp = malloc(30*sizeof(" + type
                + "));\n        for(size_t d = 0; d < 20; ++d) {\n"
                + "        for(size_t c = 0; c < 5; ++c) {  // for each class\n";
    }

    @Test
    void weightsWithoutWiringSayWhatIsMissing() throws IOException {
        Path file = state().pt(folder.resolve("net.pt"));
        assertThatThrownBy(() -> ForeignModel.read(ForeignModel.Origin.DIFFLOGIC, file, ImportOptions.defaults()))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("no wiring", "--help-export", "--wiring");
    }

    @Test
    void wrongLinesOfCAreNamed() throws IOException {
        String good = c("long long");
        for (String[] change : new String[][] {
            {"v3 =", "v4 =", "sets v4 where v3 was expected"},
            {"out[7] =", "out[6] =", "out[6]"},
            {"inp[19]", "inp[20]", "input 20 of 20"},
            {"malloc(30", "malloc(90000000", "90000000 outputs"}
        }) {
            String text = good.replaceFirst(java.util.regex.Pattern.quote(change[0]), change[1]);
            assertThat(text).isNotEqualTo(good);
            Path file = Files.writeString(folder.resolve("bad.c"), text);
            assertThatThrownBy(() -> ForeignModel.read(ForeignModel.Origin.DIFFLOGIC, file, ImportOptions.defaults()))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining(change[2]);
        }
    }
}
