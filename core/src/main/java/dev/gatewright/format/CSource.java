package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Stencil;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One file of C99 that predicts from raw rows and allocates nothing: encoder, gates and read-out. It takes 64 samples a
 * pass in portable C; {@code -DGATEWRIGHT_WIDTH=256} makes it as many with the vector types of GCC and Clang. Gates stand
 * in functions of some sixty operations, so that compilers take time linear in them.
 */
public final class CSource implements Format {
    /**
     * Operations a function. GCC's time for one grows faster than it does, and in large files with functions of 160 the time to
     * allocate memory grows with the square of the file; each function costs some time too.
     */
    private static final int PIECE = 64;

    private static final int A_LINE = 16;
    private static final Formula FORMULA = Formula.ofC("ZERO", "~ZERO");

    static final Set<String> KEYWORDS = Set.of(
            ("auto break case char const continue default do double else enum extern float for goto if inline int long"
                            + " register restrict return short signed sizeof static struct switch typedef union unsigned void"
                            + " volatile while main asm bool true false class new this")
                    .split(" "));

    @Override
    public String name() {
        return "c";
    }

    @Override
    public String suffix() {
        return ".c";
    }

    @Override
    public String about() {
        return "one file of C99 without allocation: encoder, gates, read-out; 64 samples a pass or more";
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        String name = Names.legal(design.name(), KEYWORDS);
        Chunks chunks = Chunks.of(design.circuit(), gate -> cost(design.circuit(), gate), PIECE);
        Header.write(out, "// ", design, name, "functions: " + name + "_… below, for rows of raw values");
        new Writer(out, name, design, chunks).write();
        out.flush();
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        return CBench.of(Names.legal(design.name(), KEYWORDS), Bench.stem(stem), vectors);
    }

    /** Operators that a gate's formula has, at most. */
    static int cost(Circuit circuit, int gate) {
        return 1 << circuit.arity(gate) - 1;
    }

    /** One file on its way out. */
    private static final class Writer {
        private final TextOut out;
        private final String name;
        private final Design design;
        private final Chunks chunks;
        private final Map<String, String> words = new HashMap<>();

        Writer(TextOut out, String name, Design design, Chunks chunks) {
            this.out = out;
            this.name = name;
            this.design = design;
            this.chunks = chunks;
            Encoder.Inputs inputs = design.encoder().inputs();
            boolean pixels = inputs instanceof Encoder.Inputs.Pixels;
            int values = inputs instanceof Encoder.Inputs.Pixels images ? images.size() : Wasm.values(design.encoder());
            int places = inputs instanceof Encoder.Inputs.Pixels images ? images.places() : 0;
            int size = design.circuit().outputs() / Math.max(1, design.groups());
            words.put("NAME", name);
            words.put("VALUE_TYPE", pixels ? "uint8_t" : "float");
            words.put("VALUE_COUNT", Integer.toString(values));
            words.put("TURNED_COUNT", Long.toString(pixels ? 64L * places : 1));
            words.put("INPUT_COUNT", Integer.toString(design.circuit().inputs()));
            words.put("OUTPUT_COUNT", Integer.toString(design.circuit().outputs()));
            words.put("SLOT_COUNT", Integer.toString(Math.max(1, chunks.slots())));
            words.put("GROUP_COUNT", Integer.toString(Math.max(1, design.groups())));
            words.put("GROUP_LENGTH", Integer.toString(size));
            words.put("PLANE_COUNT", Integer.toString(CarrySave.planes(size)));
            words.put("TAU", design.score() instanceof Design.Score.Votes votes ? number(votes.tau()) : "1.0f");
            if (design.score() instanceof Design.Score.Tally tally) {
                words.put("OFFSET", number(tally.offset()));
                words.put("SCALE", number(tally.scale()));
            }
        }

        private String filled(String text) {
            return Template.fill(text, words);
        }

        void write() throws IOException {
            declarations();
            encoder();
            gates();
            out.text(filled(CSourceText.RUN));
            if (design.groups() > 0) {
                out.text(filled(CSourceText.COUNTING_HEAD
                        + CarrySave.ADD
                        + CSourceText.COUNT
                        + CarrySave.BODY
                        + CSourceText.COUNT_TAIL));
            }
            switch (design.score()) {
                case Design.Score.Votes ignored -> {
                    labels();
                    out.text(filled(CSourceText.CLASSES));
                }
                case Design.Score.Tally ignored -> out.text(filled(CSourceText.VALUES));
                case Design.Score.Bits ignored -> out.text(filled(CSourceText.OUTPUTS));
            }
            out.text("\n#endif\n#endif\n");
        }

        private void declarations() throws IOException {
            out.text(filled(CSourceText.DECLARATIONS
                    + switch (design.score()) {
                        case Design.Score.Votes ignored -> CSourceText.CLASSES_DECLARED;
                        case Design.Score.Tally ignored -> CSourceText.VALUES_DECLARED;
                        case Design.Score.Bits ignored -> CSourceText.OUTPUTS_DECLARED;
                    }));
            out.text("\n#ifndef GATEWRIGHT_DECLARATIONS\n\n");
        }

        /** The bits' columns, and what they compare with. */
        private void encoder() throws IOException {
            Encoder encoder = design.encoder();
            int bits = encoder.bits();
            boolean pixels = encoder.inputs() instanceof Encoder.Inputs.Pixels;
            list("static const uint32_t " + name + "_column", bits, bit -> Integer.toString(encoder.column(bit)));
            if (pixels) {
                // A whole number exceeds a value where it exceeds the value's floor.
                list(
                        "static const int16_t " + name + "_limit",
                        bits,
                        bit -> Integer.toString((int) Math.max(-1, Math.min(255, Math.floor(encoder.value(bit))))));
            } else {
                list("static const float " + name + "_limit", bits, bit -> number(encoder.value(bit)));
                list(
                        "static const uint8_t " + name + "_test",
                        bits,
                        bit -> Integer.toString(encoder.test(bit).code()));
            }
            switch (encoder.inputs()) {
                case Encoder.Inputs.Columns ignored -> out.text(filled(CSourceText.COLUMNS));
                case Encoder.Inputs.Pixels images -> pixels(images);
            }
        }

        private void pixels(Encoder.Inputs.Pixels images) throws IOException {
            List<Stencil> stencils = images.stencils();
            out.text(filled(CSourceText.PIXELS));
            if (!stencils.isEmpty()) {
                list(
                        "static const int8_t " + name + "_stencil",
                        9 * stencils.size(),
                        i -> stencils.get(i / 9).weights().get(i % 9).toString());
                words.put("IMAGE_HEIGHT", Integer.toString(images.height()));
                words.put("IMAGE_WIDTH", Integer.toString(images.width()));
                words.put("STENCIL_COUNT", Integer.toString(stencils.size()));
                out.text(filled(CSourceText.FEATURES));
            }
            words.put("MAKE_FEATURES", stencils.isEmpty() ? "" : "\n        " + name + "_derive(m->turned);");
            out.text(filled(CSourceText.ENCODE_PIXELS));
        }

        private void labels() throws IOException {
            list(
                    "const char *const " + name + "_labels",
                    design.labels().size(),
                    i -> quoted(design.labels().get(i)));
        }

        private void list(String what, int count, java.util.function.IntFunction<String> text) throws IOException {
            out.text(what).text("[").number(count).text("] = {");
            for (int i = 0; i < count; i++) {
                out.text(i % A_LINE == 0 ? "\n    " : " ").text(text.apply(i)).text(",");
            }
            out.text("\n};\n\n");
        }

        private void gates() throws IOException {
            for (int piece = 0; piece < chunks.size(); piece++) {
                out.text("static void ").text(name).text("_gates").number(piece);
                out.text("(const word *x, word *s, word *y) {\n");
                for (int at = chunks.from(piece); at < chunks.to(piece); at++) {
                    gate(chunks.gate(at), piece);
                }
                out.text("    (void)x, (void)s, (void)y;\n}\n\n");
            }
            plainOutputs();
            out.text("void ").text(name).text("_gates(").text(name).text("_memory *m) {\n");
            for (int piece = 0; piece < chunks.size(); piece++) {
                out.text("    ").text(name).text("_gates").number(piece).text("(m->x, m->s, m->y);\n");
            }
            out.text("    ").text(name).text("_plain(m->x, m->y);\n}\n");
        }

        private void gate(int gate, int piece) throws IOException {
            Circuit circuit = design.circuit();
            String[] reads = new String[circuit.arity(gate)];
            for (int i = 0; i < reads.length; i++) {
                reads[i] = operand(circuit.wire(gate, i), piece);
            }
            out.text("    const word g").number(gate).text(" = ");
            out.text(FORMULA.of(circuit.table(gate), reads)).text(";\n");
            if (chunks.slot(gate) >= 0) {
                out.text("    s[")
                        .number(chunks.slot(gate))
                        .text("] = g")
                        .number(gate)
                        .text(";\n");
            }
            for (int output = chunks.firstOutput(gate); output >= 0; output = chunks.nextOutput(output)) {
                out.text("    y[").number(output).text("] = g").number(gate).text(";\n");
            }
        }

        private String operand(int wire, int piece) {
            int gate = design.circuit().gateOf(wire);
            if (gate < 0) {
                return "x[" + (wire - Circuit.CONSTANTS) + "]";
            }
            return chunks.isIn(gate, piece) ? "g" + gate : "s[" + chunks.slot(gate) + "]";
        }

        /** Outputs that are constants or inputs. */
        private void plainOutputs() throws IOException {
            Circuit circuit = design.circuit();
            out.text("static void ").text(name).text("_plain(const word *x, word *y) {\n");
            for (int output = 0; output < circuit.outputs(); output++) {
                int wire = circuit.output(output);
                if (circuit.gateOf(wire) < 0) {
                    out.text("    y[").number(output).text("] = ");
                    out.text(wire == 0 ? "ZERO" : wire == 1 ? "~ZERO" : "x[" + (wire - Circuit.CONSTANTS) + "]");
                    out.text(";\n");
                }
            }
            out.text("    (void)x, (void)y;\n}\n\n");
        }
    }

    /** A number as C has it, to the last bit. */
    static String number(float value) {
        return Float.toHexString(value) + "f";
    }

    /** A string of C: bytes of UTF-8, those that are not plain as octal escapes. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte each : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            boolean plain = each >= ' ' && each < 127 && each != '"' && each != '\\' && each != '?';
            if (plain) {
                quoted.append((char) each);
            } else {
                quoted.append(String.format(java.util.Locale.ROOT, "\\%03o", each & 0xFF));
            }
        }
        return quoted.append('"').toString();
    }
}
