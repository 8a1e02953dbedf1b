package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * One JSON object with the circuit and all that is known of it, a gate a line. A gate is an array: its truth table in
 * hexadecimal, then the wires it reads; bit {@code i} of the table is the output where wire {@code j} carries bit {@code j}
 * of {@code i}. Wire 0 is false, 1 is true, then come the inputs, then the gates in order.
 */
public final class JsonFormat implements Format {
    static final String KIND = "gatewright-circuit";
    static final int VERSION = 1;

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String suffix() {
        return ".json";
    }

    @Override
    public String about() {
        return "everything in one object, for scripts";
    }

    @Override
    public boolean isRead() {
        return true;
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        String command = "python3 " + Bench.stem(stem) + "_test.py";
        Map<String, String> words =
                Map.of("VECTOR_COUNT", Integer.toString(vectors.count()), "STEM", stem, "BENCH_COMMAND", command);
        return new Bench(
                List.of(BenchFiles.text("_test.py", BenchText.JSON, words), BenchFiles.words(vectors)), command);
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        Circuit circuit = design.circuit();
        out.text("{\n\"format\":\"" + KIND + "\",\n\"version\":").number(VERSION);
        strings(out.text(",\n\"about\":"), Header.sentences(design, design.name()));
        out.text(",\n\"name\":").text(Names.quoted(design.name()));
        out.text(",\n\"target\":").text(Names.quoted(design.target()));
        strings(out.text(",\n\"labels\":"), design.labels());
        score(out.text(",\n\"readout\":"), design.score());
        facts(out.text(",\n\"provenance\":"), design.facts());
        out.text(",\n\"encoder\":").text(Names.quoted(design.encoder().summary()));
        out.text(",\n\"inputs\":[");
        for (int bit = 0; bit < circuit.inputs(); bit++) {
            out.text(bit == 0 ? "\n" : ",\n").text(Names.quoted(design.encoder().describe(bit)));
        }
        out.text("],\n\"gates\":[");
        for (int gate = 0; gate < circuit.gates(); gate++) {
            out.text(gate == 0 ? "\n[\"" : ",\n[\"").text(Long.toHexString(circuit.table(gate)));
            out.raw('"');
            for (int i = 0; i < circuit.arity(gate); i++) {
                out.raw(',').number(circuit.wire(gate, i));
            }
            out.raw(']');
        }
        out.text("],\n\"outputs\":[");
        for (int i = 0; i < circuit.outputs(); i++) {
            out.text(i == 0 ? "" : i % 16 == 0 ? ",\n" : ",").number(circuit.output(i));
        }
        out.text("]\n}\n").flush();
    }

    private static void strings(TextOut out, Iterable<String> strings) throws IOException {
        String separator = "[";
        for (String string : strings) {
            out.text(separator).text(Names.quoted(string));
            separator = ",";
        }
        out.text(separator.equals("[") ? "[]" : "]");
    }

    private static void facts(TextOut out, Map<String, String> facts) throws IOException {
        String separator = "{";
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            out.text(separator).text(Names.quoted(fact.getKey())).raw(':').text(Names.quoted(fact.getValue()));
            separator = ",";
        }
        out.text(separator.equals("{") ? "{}" : "}");
    }

    private static void score(TextOut out, Design.Score score) throws IOException {
        out.text(
                switch (score) {
                    case Design.Score.Votes votes ->
                        "{\"kind\":\"groupsum\",\"classes\":" + votes.classes() + ",\"tau\":" + votes.tau() + "}";
                    case Design.Score.Tally number ->
                        "{\"kind\":\"regression\",\"scale\":" + number.scale() + ",\"offset\":" + number.offset() + "}";
                    case Design.Score.Bits ignored -> "{\"kind\":\"bits\"}";
                });
    }
}
