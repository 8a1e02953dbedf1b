package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * One Java class without dependencies that predicts from raw rows: encoder, gates and read-out, for Java 8 or later. Gates
 * stand in methods that the virtual machine compiles, in nested classes that its limits allow.
 */
public final class JavaSource implements Format {
    /** Bytes of code a method at most, estimated from above: HotSpot never compiles methods of more than 8,000. */
    private static final int PIECE = 7000;

    private static final int METHODS_A_CLASS = 100;
    private static final int A_STRING = 4000;
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");
    private static final Formula FORMULA = Formula.ofC("0L", "-1L");

    static final Set<String> KEYWORDS = Set.of(
            ("abstract assert boolean break byte case catch char class const continue default do double else enum extends"
                            + " final finally float for goto if implements import instanceof int interface long native"
                            + " new package private protected public return short static strictfp super switch"
                            + " synchronized this throw throws transient try void volatile while true false null var"
                            + " record yield sealed permits string object math integer gates")
                    .split(" "));

    private final String folder;

    public JavaSource() {
        this("");
    }

    private JavaSource(String folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "java";
    }

    @Override
    public String suffix() {
        return ".java";
    }

    @Override
    public String about() {
        return "one Java class without dependencies: encoder, gates, read-out; option package=org.example";
    }

    @Override
    public JavaSource with(FormatOptions options) {
        String wanted = options.text("package", "");
        options.end();
        if (!wanted.isEmpty()) {
            boolean keyword = false;
            for (String part : wanted.split("\\.", -1)) {
                keyword |= KEYWORDS.contains(part);
            }
            if (keyword || !PACKAGE.matcher(wanted).matches()) {
                throw new InputException(
                        "format java: package=" + wanted + " where a package such as org.example was expected");
            }
        }
        return new JavaSource(wanted);
    }

    /** The name of the class of a design, with its package. */
    public String qualifiedName(Design design) {
        return (folder.isEmpty() ? "" : folder + ".") + className(design);
    }

    /** The class's name: the design's, with a capital letter. */
    private static String className(Design design) {
        String legal = Names.legal(design.name(), KEYWORDS);
        // Its own nested classes are named so.
        legal = legal.matches("[gG]ates\\d+") ? "m_" + legal : legal;
        return legal.substring(0, 1).toUpperCase(Locale.ROOT) + legal.substring(1);
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        return bench(design, vectors, stem, "javac -d . " + stem + ".java && java -cp . " + stem + "_test.java");
    }

    /** The bench of a class that has this one's name and a method {@code run} like this one's. */
    public Bench bench(Design design, Vectors vectors, String stem, String command) {
        Bench.stem(stem);
        Map<String, String> words = Map.of(
                "VECTOR_COUNT",
                Integer.toString(vectors.count()),
                "NAME",
                className(design),
                "STEM",
                stem,
                "FOLDER",
                folder.isEmpty() ? "" : "package " + folder + ";\n\n",
                "INPUT_COUNT",
                Integer.toString(design.circuit().inputs()),
                "OUTPUT_COUNT",
                Integer.toString(design.circuit().outputs()),
                "BENCH_COMMAND",
                command);
        return new Bench(
                List.of(BenchFiles.text("_test.java", BenchText.JAVA, words), BenchFiles.words(vectors)), command);
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        String name = className(design);
        out.text(header(design, name));
        if (!folder.isEmpty()) {
            out.text("package ").text(folder).text(";\n\n");
        }
        new Writer(out, name, design).write();
        out.flush();
    }

    /** The header without backslashes: Java takes unicode escapes even in comments, and one may be the end of a line. */
    private static String header(Design design, String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TextOut out = new TextOut(bytes);
        Header.write(out, "// ", design, name, "this file must be named " + name + ".java");
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8).replace("\\u", "U+").replace('\\', '/') + "\n";
    }

    /** A string of Java in ASCII. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                // Octal: a unicode escape would be a line's end before the string is read.
                quoted.append(String.format(Locale.ROOT, "\\%03o", (int) c));
            } else {
                quoted.append(c < 127 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return quoted.append('"').toString();
    }

    /** One file on its way out. */
    private static final class Writer {
        private final TextOut out;
        private final String name;
        private final Design design;
        private final Circuit circuit;
        private final Chunks chunks;

        Writer(TextOut out, String name, Design design) {
            this.out = out;
            this.name = name;
            this.design = design;
            this.circuit = design.circuit();
            int[] driven = new int[circuit.wires()];
            for (int output = 0; output < circuit.outputs(); output++) {
                driven[circuit.output(output)]++;
            }
            this.chunks = Chunks.of(circuit, gate -> cost(gate, driven[circuit.gateWire(gate)]), PIECE);
        }

        /** Bytes of code: loads of up to five bytes a leaf of the formula, inverters of four, stores of eight. */
        private int cost(int gate, int outputs) {
            return 16 + 12 * CSource.cost(circuit, gate) + 10 * outputs;
        }

        void write() throws IOException {
            boolean pixels = design.encoder().inputs() instanceof Encoder.Inputs.Pixels;
            out.text(replaced(JavaSourceText.HEAD));
            switch (design.score()) {
                case Design.Score.Votes ignored -> {
                    out.text(replaced(JavaSourceText.CLASSES));
                    strings();
                }
                case Design.Score.Tally ignored -> out.text(replaced(JavaSourceText.NUMBERS));
                case Design.Score.Bits ignored -> out.text(replaced(JavaSourceText.BITS));
            }
            out.text(replaced(design.groups() > 0 ? JavaSourceText.COUNTING : ""));
            Encoder encoder = design.encoder();
            list("int", "COLUMN", encoder.bits(), bit -> Integer.toString(encoder.column(bit)));
            list("float", "LIMIT", encoder.bits(), bit -> Float.toString(encoder.value(bit)));
            if (!pixels) {
                list(
                        "int",
                        "TEST",
                        encoder.bits(),
                        bit -> Integer.toString(encoder.test(bit).code()));
            }
            out.text(replaced(pixels ? JavaSourceText.PIXELS : JavaSourceText.COLUMNS));
            gates();
            out.text("}\n");
        }

        private String replaced(String text) {
            boolean pixels = design.encoder().inputs() instanceof Encoder.Inputs.Pixels;
            Map<String, String> words = new HashMap<>();
            words.put("NAME", name);
            words.put("VALUE_TYPE", pixels ? "byte" : "float");
            words.put("VALUE_COUNT", Integer.toString(Wasm.values(design.encoder())));
            words.put("INPUT_COUNT", Integer.toString(circuit.inputs()));
            words.put("OUTPUT_COUNT", Integer.toString(circuit.outputs()));
            words.put("SLOT_COUNT", Integer.toString(chunks.slots()));
            words.put("GROUP_COUNT", Integer.toString(Math.max(1, design.groups())));
            words.put("TAU_VALUE", design.score() instanceof Design.Score.Votes votes ? votes.tau() + "f" : "1f");
            if (design.score() instanceof Design.Score.Tally tally) {
                words.put("SCALE_VALUE", tally.scale() + "f");
                words.put("OFFSET_VALUE", tally.offset() + "f");
            }
            return Template.fill(text, words);
        }

        private void strings() throws IOException {
            out.text("    private static final String[] LABELS = {\n");
            for (String label : design.labels()) {
                out.text("        ").text(quoted(label)).text(",\n");
            }
            out.text("    };\n\n");
        }

        /** Numbers as text: arrays of many constants would not fit the method that makes them. */
        private void list(String type, String constant, int count, IntFunction<String> text) throws IOException {
            out.text("    private static final ")
                    .text(type)
                    .text("[] ")
                    .text(constant)
                    .text(" = ");
            out.text(type).text("s(").number(count);
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < count; i++) {
                line.append(line.isEmpty() ? "" : ",").append(text.apply(i));
                if (line.length() > A_STRING || i == count - 1) {
                    out.text(",\n            \"").text(line.toString()).text("\"");
                    line.setLength(0);
                }
            }
            out.text(");\n\n");
        }

        private void gates() throws IOException {
            int classes = Math.ceilDiv(chunks.size(), METHODS_A_CLASS);
            out.text(
                    "    /** The outputs of 64 samples: sample i is bit i of every word. s is memory of the gates. */\n");
            out.text("    private static void gates(long[] x, long[] y, long[] s) {\n");
            for (int type = 0; type < classes; type++) {
                out.text("        Gates").number(type).text(".run(x, y, s);\n");
            }
            for (int output = 0; output < circuit.outputs(); output++) {
                if (circuit.gateOf(circuit.output(output)) < 0) {
                    out.text("        plain(x, y);\n");
                    break;
                }
            }
            out.text("    }\n\n");
            plain();
            for (int type = 0; type < classes; type++) {
                int from = type * METHODS_A_CLASS;
                int to = Math.min(chunks.size(), from + METHODS_A_CLASS);
                out.text("    private static final class Gates").number(type).text(" {\n");
                out.text("        static void run(long[] x, long[] y, long[] s) {\n");
                for (int piece = from; piece < to; piece++) {
                    out.text("            run").number(piece).text("(x, y, s);\n");
                }
                out.text("        }\n");
                for (int piece = from; piece < to; piece++) {
                    piece(piece);
                }
                out.text("    }\n\n");
            }
        }

        private void piece(int piece) throws IOException {
            out.text("\n        private static void run").number(piece).text("(long[] x, long[] y, long[] s) {\n");
            for (int at = chunks.from(piece); at < chunks.to(piece); at++) {
                int gate = chunks.gate(at);
                String[] reads = new String[circuit.arity(gate)];
                for (int i = 0; i < reads.length; i++) {
                    reads[i] = operand(circuit.wire(gate, i), piece);
                }
                out.text("            long g").number(gate).text(" = ");
                out.text(FORMULA.of(circuit.table(gate), reads)).text(";\n");
                if (chunks.slot(gate) >= 0) {
                    out.text("            s[").number(chunks.slot(gate)).text("] = g");
                    out.number(gate).text(";\n");
                }
                for (int output = chunks.firstOutput(gate); output >= 0; output = chunks.nextOutput(output)) {
                    out.text("            y[")
                            .number(output)
                            .text("] = g")
                            .number(gate)
                            .text(";\n");
                }
            }
            out.text("        }\n");
        }

        private String operand(int wire, int piece) {
            int gate = circuit.gateOf(wire);
            if (gate < 0) {
                return "x[" + (wire - Circuit.CONSTANTS) + "]";
            }
            return chunks.isIn(gate, piece) ? "g" + gate : "s[" + chunks.slot(gate) + "]";
        }

        /** Outputs that are constants or inputs, as pairs of output and wire. */
        private void plain() throws IOException {
            int[] outputs = java.util.stream.IntStream.range(0, circuit.outputs())
                    .filter(output -> circuit.gateOf(circuit.output(output)) < 0)
                    .toArray();
            if (outputs.length == 0) {
                return;
            }
            list(
                    "int",
                    "PLAIN",
                    2 * outputs.length,
                    i -> Integer.toString(i % 2 == 0 ? outputs[i / 2] : circuit.output(outputs[i / 2])));
            out.text(JavaSourceText.PLAIN);
        }
    }
}
