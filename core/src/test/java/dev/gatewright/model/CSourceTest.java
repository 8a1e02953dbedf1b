package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.encode.InputException;
import dev.gatewright.format.CSource;
import dev.gatewright.format.Design;
import dev.gatewright.format.Format;
import dev.gatewright.format.JavaSource;
import dev.gatewright.format.Onnx;
import dev.gatewright.format.Vectors;
import dev.gatewright.format.Wasm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** C as gcc compiles it, against the reference evaluator. */
public class CSourceTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.gatewright.model.ExportCase#all")
    void compiledCGivesWhatTheReferenceGives(ExportCase each) throws IOException, InterruptedException {
        assertAlike(each, folder, "-DGATEWRIGHT_WIDTH=64");
        if (each.name().equals("digits")) {
            assertAlike(each, folder, "-DGATEWRIGHT_WIDTH=256", "-Wno-psabi");
        }
    }

    @Test
    void featuresOfImagesAreMadeThere() throws IOException, InterruptedException {
        assertAlike(ExportCase.features(), folder, "-DGATEWRIGHT_WIDTH=256", "-Wno-psabi");
    }

    @Test
    void otherProgramsRefuseThem() {
        Design design = Exports.design(ExportCase.features().model(), "features");
        for (Format format : List.of(new JavaSource(), new Onnx(), new Wasm())) {
            assertThatThrownBy(() -> format.write(design, OutputStream.nullOutputStream()))
                    .as(format.name())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("the model makes 2 features of images");
        }
    }

    /** Fails unless C, compiled without a warning, gives what the reference evaluator gives. */
    public static void assertAlike(ExportCase each, Path folder, String... flags)
            throws IOException, InterruptedException {
        ExportCase.needs("gcc");
        write(each.model(), each.name(), folder.resolve("net.c"));
        Files.writeString(folder.resolve("main.c"), program(each));
        List<String> command = new ArrayList<>(
                List.of("gcc", "-O1", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-Wno-unused-function"));
        command.addAll(List.of(flags));
        command.addAll(List.of("-o", "net", "main.c"));
        ExportCase.run(folder, new byte[0], command.toArray(String[]::new));
        each.assertRuns(folder, folder.resolve("net").toString());
    }

    private static void write(Model model, String name, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            new CSource().write(Exports.design(model, name), out);
        }
    }

    /** Reads all rows, and prints what the test compares. */
    private static String program(ExportCase each) {
        String name = name(each);
        int groups = Exports.design(each.model(), name).groups();
        String body = switch (each.model().readout()) {
            case Readout.GroupSum ignored -> """
                    NAME_scores(&memory, rows, ROWS, result);
                    static int32_t classes[ROWS];
                    NAME_classes(&memory, rows, ROWS, classes);
                    for (int i = 0; i < ROWS; ++i) { result[ROWS * NAME_groups + i] = (float)classes[i]; }
                    if (!NAME_labels[0]) { return 1; }
                    """;
            case Readout.Regression ignored -> "NAME_numbers(&memory, rows, ROWS, result);\n";
            case Readout.Bits ignored -> """
                    static uint8_t bits[ROWS * NAME_outputs];
                    NAME_bits(&memory, rows, ROWS, bits);
                    for (int i = 0; i < ROWS * NAME_outputs; ++i) { result[i] = bits[i]; }
                    """;
        };
        return """
                #include <stdio.h>
                #include "net.c"
                enum { ROWS = %d, RESULTS = %d };
                static NAME_memory memory;
                static NAME_value rows[ROWS * NAME_values];
                static float result[RESULTS];
                int main(void) {
                    if (fread(rows, sizeof rows[0], ROWS * NAME_values, stdin) != ROWS * NAME_values) { return 1; }
                """.formatted(each.rows(), each.expected().length)
                .concat(body)
                .concat("return fwrite(result, sizeof(float), RESULTS, stdout) != RESULTS || " + groups + " < 0;\n}\n")
                .replace("NAME", name);
    }

    private static String name(ExportCase each) {
        return switch (each.name()) {
            case "wide gates" -> "wide_gates";
            case "no gates" -> "no_gates";
            case "class" -> "m_class";
            case "2 bits" -> "m_2_bits";
            default -> each.name();
        };
    }

    @Test
    void theTestProgramPassesAndFindsAPlantedError() throws IOException, InterruptedException {
        ExportCase.needs("gcc");
        Model model = ExportCase.all().getFirst().model();
        Design design = Exports.design(model, "net");
        write(model, "net", folder.resolve("net.c"));
        Vectors vectors = ExportCase.all().getFirst().vectors();
        for (Format.Companion companion :
                new CSource().bench(design, vectors, "net").files()) {
            try (OutputStream out = Files.newOutputStream(folder.resolve("net" + companion.suffix()))) {
                companion.content().write(out);
            }
        }
        assertThat(tested()).isEqualTo("PASS\n");
        String right = Files.readString(folder.resolve("net.c"));
        String wrong = right.replaceFirst("(y\\[7] = )", "$1~");
        assertThat(wrong).isNotEqualTo(right);
        Files.writeString(folder.resolve("net.c"), wrong);
        assertThat(tested()).startsWith("vector 0: output 7 is ").endsWith("FAIL\n");
    }

    /** What the test program prints. */
    private String tested() throws IOException, InterruptedException {
        ExportCase.run(folder, new byte[0], "gcc", "-std=c99", "-Wall", "-Werror", "-o", "net", "net_test.c");
        return new String(ExportCase.run(folder, new byte[0], "sh", "-c", "./net || true"), StandardCharsets.UTF_8);
    }

    @Test
    void functionsStayShortWhateverTheCircuit() throws IOException {
        Circuit circuit = RandomCircuits.random(3, 100, 20_000, 50, 2);
        Model model = new Model(
                ExportCaseEncoders.bits(100),
                circuit,
                new Readout.Bits(),
                "y",
                List.of(),
                new Provenance(Collections.emptySortedMap()));
        Path file = folder.resolve("long.c");
        write(model, "long", file);
        int longest = 0;
        int lines = 0;
        Matcher start = Pattern.compile("static void m_long_gates\\d+.*").matcher("");
        for (String line : Files.readAllLines(file)) {
            lines = start.reset(line).matches() ? 0 : lines + 1;
            longest = line.startsWith("    const word g") ? Math.max(longest, lines) : longest;
        }
        assertThat(longest).isBetween(50, 500);
    }
}
