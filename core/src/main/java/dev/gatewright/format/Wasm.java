package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A module of WebAssembly with 128-bit vectors that predicts from raw rows, 128 a pass: encoder, gates and read-out. It
 * imports nothing; a small wrapper in JavaScript and its types stand beside it.
 */
public final class Wasm implements Format {
    @Override
    public String name() {
        return "wasm";
    }

    @Override
    public String suffix() {
        return ".wasm";
    }

    @Override
    public String about() {
        return "WebAssembly with vectors: encoder, gates, read-out; with a JavaScript wrapper (.mjs) and types";
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        return BenchFiles.rowsAnd("_test.mjs", BenchText.WASM, "node ", design, vectors, stem);
    }

    @Override
    public void write(Design design, OutputStream out) throws IOException {
        requireThresholds(design.encoder());
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        TextOut text = new TextOut(header);
        Header.write(text, "", design, design.name(), "functions: see the wrapper beside this file");
        text.flush();
        WasmProgram program = new WasmProgram(design);
        program.module().write(out, program.free(), "gatewright", header.toString(StandardCharsets.UTF_8));
    }

    @Override
    public List<Companion> companions(Design design, String file) {
        return List.of(
                new Companion(".mjs", out -> out.write(script(design, file).getBytes(StandardCharsets.UTF_8))),
                new Companion(".d.mts", out -> out.write(types(design).getBytes(StandardCharsets.UTF_8))));
    }

    private static String script(Design design, String file) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        TextOut text = new TextOut(header);
        Header.write(text, "// ", design, design.name(), "this file runs " + Names.quoted(file));
        text.flush();
        return header.toString(StandardCharsets.UTF_8)
                + replaced(design, WasmText.SCRIPT + method(design), file)
                + "}\n";
    }

    private static String types(Design design) {
        return replaced(
                        design,
                        WasmText.TYPES
                                + switch (design.score()) {
                                    case Design.Score.Votes ignored -> WasmText.CLASSES_TYPES;
                                    case Design.Score.Tally ignored -> WasmText.NUMBERS_TYPES;
                                    case Design.Score.Bits ignored -> WasmText.BITS_TYPES;
                                },
                        "")
                + "}\n";
    }

    private static String method(Design design) {
        return switch (design.score()) {
            case Design.Score.Votes ignored -> WasmText.CLASSES;
            case Design.Score.Tally ignored -> WasmText.NUMBERS;
            case Design.Score.Bits ignored -> WasmText.BITS;
        };
    }

    private static String replaced(Design design, String text, String file) {
        boolean pixels = design.encoder().inputs() instanceof Encoder.Inputs.Pixels;
        String labels = design.labels().stream().map(Names::quoted).collect(Collectors.joining(", ", "[", "]"));
        return Template.fill(
                text,
                Map.of(
                        "FILE",
                        Names.quoted(file),
                        "VALUES",
                        Integer.toString(values(design.encoder())),
                        "ROW_TYPE",
                        pixels ? "Uint8Array" : "Float32Array",
                        "GROUPS",
                        Integer.toString(Math.max(1, design.groups())),
                        "OUTPUTS",
                        Integer.toString(design.circuit().outputs()),
                        "LABELS",
                        labels));
    }

    /**
     * Values of a row.
     *
     * @throws InputException if features of images are to be made of it, which no format does
     */
    static int values(Encoder encoder) {
        requireThresholds(encoder);
        return switch (encoder.inputs()) {
            case Encoder.Inputs.Pixels pixels -> pixels.size();
            case Encoder.Inputs.Columns columns -> columns.columns().size();
        };
    }

    private static void requireThresholds(Encoder encoder) {
        if (encoder.inputs() instanceof Encoder.Inputs.Pixels pixels
                && !pixels.stencils().isEmpty()) {
            throw new InputException("the model makes " + pixels.stencils().size()
                    + " features of images, such as edges, and this format"
                    + " takes raw images to thresholds alone; expected c, or a format that takes the encoder's"
                    + " bits, such as verilog or blif");
        }
    }

    /** Refuses circuits beyond what a memory of 32-bit addresses holds beside the rows. */
    static void check(Circuit circuit, long bytes) {
        if (bytes > 1L << 30) {
            throw new InputException("format wasm: " + circuit.inputs() + " inputs and " + circuit.outputs()
                    + " outputs take " + bytes + " bytes where 1 GiB is allowed");
        }
    }
}
