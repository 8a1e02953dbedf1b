package dev.gatewright.format;

import dev.gatewright.circuit.Arithmetic;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.encode.InputException;
import dev.gatewright.logic.TruthTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads one combinational model in the Berkeley logic interchange format: {@code .names} with any number of inputs. */
final class BlifReader {
    private final Signals signals = new Signals();
    private final byte[] bytes;
    private int position;
    private int physical;
    /** The line at hand, joined with those it goes on in, and where it began. */
    private int line;

    private boolean inModel;
    private boolean ended;
    private String[] table;
    private int tableLine;
    private final List<String> rows = new ArrayList<>();

    BlifReader(byte[] bytes) {
        this.bytes = bytes;
    }

    ReadCircuit read() {
        for (String text = next(); text != null; text = next()) {
            String content = text.strip();
            if (!content.isEmpty()) {
                line(content.split("\\s+"));
            }
        }
        endTable();
        if (!ended) {
            throw new InputException("line " + physical + ": ends without .end, so it is cut short");
        }
        return signals.read();
    }

    /** The next line without its comment, joined with those that follow a backslash; null at the end. */
    private String next() {
        if (position >= bytes.length) {
            return null;
        }
        StringBuilder joined = null;
        line = physical + 1;
        while (true) {
            int end = position;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            physical++;
            String part = new String(bytes, position, end - position, StandardCharsets.ISO_8859_1);
            position = end + 1;
            int comment = part.indexOf('#');
            part = (comment < 0 ? part : part.substring(0, comment)).stripTrailing();
            boolean goesOn = part.endsWith("\\") && position < bytes.length;
            if (joined == null && !goesOn) {
                return part;
            }
            joined = joined == null ? new StringBuilder() : joined;
            joined.append(goesOn ? part.substring(0, part.length() - 1) : part).append(' ');
            if (!goesOn) {
                return joined.toString();
            }
        }
    }

    private void line(String[] words) {
        if (!words[0].startsWith(".")) {
            row(words);
            return;
        }
        endTable();
        if (ended) {
            throw wrong("nothing after .end", words[0]);
        }
        if (!inModel && !words[0].equals(".model")) {
            throw wrong(".model", words[0]);
        }
        switch (words[0]) {
            case ".model" -> {
                if (inModel) {
                    throw wrong("one model", "another .model");
                }
                inModel = true;
            }
            case ".inputs" -> Arrays.stream(words).skip(1).forEach(name -> signals.input(name, line));
            case ".outputs" -> Arrays.stream(words).skip(1).forEach(name -> signals.output(name, line));
            case ".names" -> {
                if (words.length < 2) {
                    throw wrong("the names of a table", ".names alone");
                }
                table = words;
                tableLine = line;
            }
            case ".end" -> ended = true;
            case ".latch" -> throw wrong("combinational tables", "a latch");
            default -> throw wrong(".inputs, .outputs, .names or .end", words[0]);
        }
    }

    private void row(String[] words) {
        int inputs = table == null ? -1 : table.length - 2;
        boolean fits = inputs == 0
                ? words.length == 1 && words[0].matches("[01]")
                : inputs > 0 && words.length == 2 && words[0].length() == inputs && words[1].matches("[01]");
        if (!fits || inputs > 0 && !words[0].matches("[01-]*")) {
            throw wrong(
                    table == null ? "a word that begins with a dot" : "a row of a table of " + inputs + " inputs",
                    words[0]);
        }
        String row = inputs == 0 ? words[0] : words[0] + words[1];
        if (!rows.isEmpty() && rows.getFirst().charAt(inputs) != row.charAt(inputs)) {
            throw wrong("rows that all end in " + rows.getFirst().charAt(inputs), row);
        }
        rows.add(row);
    }

    private void endTable() {
        if (table == null) {
            return;
        }
        int inputs = table.length - 2;
        int[] sources = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            sources[i] = signals.signal(table[i + 1], tableLine);
        }
        int target = signals.signal(table[inputs + 1], tableLine);
        boolean inverse = !rows.isEmpty() && rows.getFirst().charAt(inputs) == '0';
        if (inputs <= TruthTable.MAX_INPUTS) {
            long set = 0;
            for (String row : rows) {
                set |= cube(row, inputs);
            }
            long truth = inverse ? ~set & TruthTable.mask(inputs) : set;
            signals.define(tableLine, new int[] {target}, sources, (builder, wires) ->
                    new int[] {Arithmetic.table(builder, truth, wires)});
        } else {
            String[] cubes = rows.toArray(new String[0]);
            signals.define(tableLine, new int[] {target}, sources, (builder, wires) -> {
                int any = any(builder, cubes, wires);
                return new int[] {inverse ? builder.not(any) : any};
            });
        }
        table = null;
        rows.clear();
    }

    private static long cube(String row, int inputs) {
        long cube = 0;
        for (int index = 0; index < 1 << inputs; index++) {
            boolean in = true;
            for (int i = 0; i < inputs; i++) {
                in &= row.charAt(i) == '-' || row.charAt(i) - '0' == (index >> i & 1);
            }
            cube |= in ? 1L << index : 0;
        }
        return cube;
    }

    private static int any(CircuitBuilder builder, String[] cubes, int[] wires) {
        int any = 0;
        for (String cube : cubes) {
            int all = 1;
            for (int i = 0; i < wires.length; i++) {
                char wanted = cube.charAt(i);
                if (wanted != '-') {
                    all = builder.gate(wanted == '1' ? TruthTable.AND : TruthTable.A_AND_NOT_B, all, wires[i]);
                }
            }
            any = builder.gate(TruthTable.OR, any, all);
        }
        return any;
    }

    private InputException wrong(String expected, String found) {
        return new InputException("line " + line + ": expected " + expected + ", found " + Names.quoted(found));
    }
}
