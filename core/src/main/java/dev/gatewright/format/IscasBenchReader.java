package dev.gatewright.format;

import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.encode.InputException;
import dev.gatewright.logic.TruthTable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads combinational circuits in the format of the ISCAS benchmarks, with gates of any number of inputs. */
final class IscasBenchReader {
    private static final Pattern LINE = Pattern.compile("(?:([^\\s()=,#]+)\\s*=\\s*)?([A-Za-z]\\w*)\\s*\\(([^()]*)\\)");

    /** Word → table of two inputs, and whether what comes of it is inverted. */
    private static final Map<String, Integer> TABLES = Map.of(
            "AND",
            TruthTable.AND,
            "NAND",
            TruthTable.AND,
            "OR",
            TruthTable.OR,
            "NOR",
            TruthTable.OR,
            "XOR",
            TruthTable.XOR,
            "XNOR",
            TruthTable.XOR,
            "NXOR",
            TruthTable.XOR);

    private final Signals signals = new Signals();
    private final byte[] bytes;

    IscasBenchReader(byte[] bytes) {
        this.bytes = bytes;
    }

    ReadCircuit read() {
        int line = 0;
        int end;
        for (int at = 0; at < bytes.length; at = end + 1) {
            line++;
            end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String text = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
            int comment = text.indexOf('#');
            text = (comment < 0 ? text : text.substring(0, comment)).strip();
            if (!text.isEmpty()) {
                line(text, line);
            }
        }
        return signals.read();
    }

    private void line(String text, int line) {
        Matcher matcher = LINE.matcher(text);
        if (!matcher.matches()) {
            throw wrong(line, "INPUT(a), OUTPUT(a) or a = GATE(b, …)", text);
        }
        String target = matcher.group(1);
        String word = matcher.group(2).toUpperCase(Locale.ROOT);
        String[] reads = matcher.group(3).strip().split("\\s*,\\s*", -1);
        for (String read : reads) {
            if (read.isEmpty() || read.matches(".*\\s.*")) {
                throw wrong(line, "names of signals", matcher.group(3));
            }
        }
        if (target == null) {
            boolean input = word.equals("INPUT");
            if (reads.length != 1 || !input && !word.equals("OUTPUT")) {
                throw wrong(line, "INPUT(a), OUTPUT(a) or a = GATE(b, …)", text);
            }
            if (input) {
                signals.input(reads[0], line);
            } else {
                signals.output(reads[0], line);
            }
            return;
        }
        gate(line, signals.signal(target, line), word, reads);
    }

    private void gate(int line, int target, String word, String[] reads) {
        int[] sources = new int[reads.length];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = signals.signal(reads[i], line);
        }
        boolean single = word.equals("NOT") || word.equals("BUFF") || word.equals("BUF");
        Integer table = TABLES.get(word);
        if (word.equals("DFF") || word.equals("LATCH")) {
            throw wrong(line, "combinational gates", word);
        }
        if (single ? sources.length != 1 : table == null) {
            throw wrong(line, single ? "one signal in " + word : "AND, NAND, OR, NOR, XOR, XNOR, NOT or BUFF", word);
        }
        boolean inverse = word.startsWith("N") || word.equals("XNOR");
        signals.define(line, new int[] {target}, sources, (builder, wires) ->
                new int[] {joined(builder, single ? 0 : table, wires, inverse)});
    }

    private static int joined(CircuitBuilder builder, int table, int[] wires, boolean inverse) {
        int all = wires[0];
        for (int i = 1; i < wires.length; i++) {
            all = builder.gate(table, all, wires[i]);
        }
        return inverse ? builder.not(all) : all;
    }

    private static InputException wrong(int line, String expected, String found) {
        return new InputException("line " + line + ": expected " + expected + ", found " + Names.quoted(found));
    }
}
