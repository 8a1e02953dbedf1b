package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.Datasets;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.data.ReadOptions;
import dev.gatewright.encode.Column;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import dev.gatewright.model.ExportCase;
import dev.gatewright.model.Exports;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Test benches of every format that something runs, on real rows of trained models, run by the tools that the formats are for.
 * Models are trained here, or with {@code -Dmatrix=FILE=DATA,…} read; {@code -Dmatrix.vectors=N} says how many rows, and
 * {@code -Dmatrix.formats=FORMAT,…} which formats.
 */
class ExportMatrixTest {
    /** Data and a network each. */
    private static final List<String> TRAINED = List.of(
            "monk1;dense:64x3 | groupsum:tau=4",
            "digits;threshold | dense:300x2 | groupsum:tau=5",
            "images;threshold | conv:kernels=4,field=3,depth=2,pad=1 | orpool:2 | dense:100 | groupsum:tau=5");

    private static final List<String> OPTIONS = List.of(
            "verilog:outputs",
            "verilog:levels=4",
            "verilog:levels=4,valid",
            "verilog:thresholds",
            "verilog:kernels",
            "verilog:board=axi-stream,scores,thresholds",
            "verilog:board=arty-a7",
            "vhdl:levels=4,valid",
            "vhdl:thresholds");

    private static final String VECTORS = System.getProperty("matrix.vectors", "300");

    @TempDir
    private Path folder;

    /** Of the bench that was written last. */
    private String command;

    static List<String> models() {
        String given = System.getProperty("matrix");
        return given == null ? TRAINED : List.of(given.split(","));
    }

    /** Those given, of which options follow a colon and are divided by plus signs; else all that something runs: no drawings. */
    static List<String> formats() {
        String given = System.getProperty("matrix.formats");
        if (given != null) {
            return Stream.of(given.split(","))
                    .map(format -> format.replace('+', ','))
                    .toList();
        }
        return Stream.concat(
                        Exports.FORMATS.stream()
                                .map(format -> format.name())
                                .filter(name -> !name.equals("dot") && !name.equals("svg")),
                        OPTIONS.stream())
                .toList();
    }

    /** The digits as images in IDX files. */
    private static String images(Path folder) throws IOException {
        LabelledSamples digits = Datasets.open("digits", ReadOptions.DEFAULT).train();
        Table table = (Table) digits.samples();
        int rows = table.rows();
        ByteBuffer images = ByteBuffer.allocate(16 + 64 * rows).putInt(0x803);
        images.putInt(rows).putInt(8).putInt(8);
        ByteBuffer labels = ByteBuffer.allocate(8 + rows).putInt(0x801).putInt(rows);
        for (int row = 0; row < rows; row++) {
            for (Column column : table.columns()) {
                images.put((byte) (((NumberColumn) column).value(row) * 255 / 16));
            }
            labels.put((byte) ((ClassTarget) digits.target()).label(row));
        }
        Files.write(folder.resolve("digits-labels-idx1-ubyte"), labels.array());
        return Files.write(folder.resolve("digits-images-idx3-ubyte"), images.array())
                .toString();
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyFormatRunsAsTheReferenceSays(String model) throws IOException, InterruptedException {
        Path file = folder.resolve("net.gate");
        boolean train = model.contains(";");
        String name = train ? model.replaceFirst(";.*", "") : model.replaceFirst("^.*=", "");
        String data = name.equals("images") ? images(folder) : name;
        if (train) {
            String network = model.substring(name.length() + 1);
            Run.of("train", "--data", data, "--network", network, "--epochs", "2", "--out", file.toString())
                    .succeeded();
        } else {
            Files.copy(Path.of(model.replaceFirst("=.*", "")), file);
        }
        List<String> failed = new ArrayList<>();
        for (String format : formats()) {
            long start = System.nanoTime();
            String said = run(file, data, format);
            boolean passed = said.contains("PASS");
            System.out.printf(
                    Locale.ROOT,
                    "%s | %s | %s | %.0f s%n",
                    model,
                    format,
                    passed ? "agrees" : "differs",
                    (System.nanoTime() - start) / 1e9);
            if (!passed) {
                failed.add(format + ": " + said);
            }
        }
        assertThat(failed).isEmpty();
    }

    /** With a bit of what is expected changed. */
    @ParameterizedTest
    @CsvSource({"json,_test.txt", "jar,_test.txt", "wasm,_test.expected", "aiger,_tb.hex"})
    void benchesFindDifferences(String format, String expected) throws IOException, InterruptedException {
        Path file = small();
        assertThat(run(file, "monk1", format)).contains("PASS");
        Path changed = folder.resolve(format).resolve("net" + expected);
        byte[] bytes = Files.readAllBytes(changed);
        // The first digit of a line or the last one, or the exponent of a number.
        int at = expected.endsWith(".hex") ? 0 : bytes.length - (expected.endsWith(".txt") ? 2 : 1);
        byte other = (byte) (bytes[at] == '0' ? '1' : '0');
        bytes[at] = expected.endsWith(".expected") ? (byte) (bytes[at] ^ 1) : other;
        Files.write(changed, bytes);
        assertThat(bench(folder.resolve(format), command)).contains("FAIL");
    }

    /** A model of 20 gates over MONK-1. */
    private Path small() {
        Path file = folder.resolve("net.gate");
        Run.of(
                        "train",
                        "--data",
                        "monk1",
                        "--network",
                        "dense:20 | groupsum",
                        "--epochs",
                        "1",
                        "--out",
                        file.toString())
                .succeeded();
        return file;
    }

    /** What the test bench of a format prints. */
    private String run(Path file, String data, String format) throws IOException, InterruptedException {
        Path place = Files.createDirectories(folder.resolve(format.replaceAll("\\W", "_")));
        // A class is named like its file.
        String out =
                (format.equals("java") ? "Net" : "net") + Exports.parse(format).suffix();
        command = Run.of(
                        "export",
                        "--model",
                        file.toString(),
                        "--format",
                        format,
                        "--out",
                        place.resolve(out).toString(),
                        "--bench",
                        VECTORS,
                        "--data",
                        data,
                        "--json")
                .succeeded()
                .object()
                .get("bench")
                .toString();
        if (format.equals("onnx")) {
            return onnx(ModelFile.read(file), place);
        }
        return bench(place, command);
    }

    private static String bench(Path place, String command) throws IOException, InterruptedException {
        for (String tool : List.of("iverilog", "ghdl", "yosys", "node", "gcc", "python3")) {
            if (command.contains(tool + " ")) {
                ExportCase.needs(tool);
            }
        }
        return new String(
                ExportCase.run(place, new byte[0], "sh", "-c", "(" + installed(command) + ") 2>&1 || true"),
                StandardCharsets.UTF_8);
    }

    /** Tools as they are called here. */
    private static String installed(String command) {
        String jdk = System.getProperty("java.home") + "/bin/";
        String abc = Stream.of("berkeley-abc", "abc", "yosys-abc")
                .filter(name -> Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, name))))
                .findFirst()
                .orElse("");
        if (command.startsWith("abc ") && !"required".equals(System.getProperty("tools"))) {
            assumeTrue(!abc.isEmpty(), "abc is not installed");
        }
        return command.replaceFirst("^abc ", abc + " ")
                .replaceFirst("^javac ", jdk + "javac ")
                .replaceFirst("(^|&& )java ", "$1" + jdk + "java ");
    }

    /** The files of the bench, given to ONNX Runtime from here. */
    private static String onnx(Model model, Path place) throws IOException {
        byte[] rows = Files.readAllBytes(place.resolve("net_test.rows"));
        boolean pixels = model.encoder().inputs() instanceof Encoder.Inputs.Pixels;
        float[] found = OnnxRows.run(place.resolve("net.onnx"), rows, pixels, Integer.parseInt(VECTORS));
        return Arrays.equals(found, OnnxRows.floats(Files.readAllBytes(place.resolve("net_test.expected"))))
                ? "PASS"
                : "FAIL: results of ONNX Runtime are not those expected";
    }

    @Test
    void namesThatShellsMisreadAreRefused() throws IOException {
        Path file = small();
        String out = folder.resolve("a net.v").toString();
        Run.of("export", "--model", file.toString(), "--format", "verilog", "--out", out, "--bench", "5")
                .refused("a net", "letters, digits");
        assertThat(Path.of(out)).doesNotExist();
        out = folder.resolve("net.dot").toString();
        Run.of("export", "--model", file.toString(), "--format", "dot", "--out", out, "--bench", "5")
                .refused("dot has no test bench");
    }
}
