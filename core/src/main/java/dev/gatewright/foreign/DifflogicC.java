package dev.gatewright.foreign;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.model.FormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the C that difflogic's CompiledLogicNet generates: a line a gate, then loops that name the sizes. */
final class DifflogicC {
    private static final int MAX_LINE = 400;
    private static final int MAX_WIRES = 1 << 28;
    private static final int SHORTEST_LINE = 10;
    private static final Pattern GATE =
            Pattern.compile("\\s*(?:const (?:char|short|int|long long) v(\\d{1,9})|out\\[(\\d{1,9})]) = (.*);");
    private static final Pattern INPUTS = Pattern.compile("\\s*for\\(size_t d = 0; d < (\\d{1,9}); \\+\\+d\\) \\{");
    private static final Pattern OUTPUTS = Pattern.compile(".*\\*out_temp = malloc\\((\\d{1,9})\\*.*");
    private static final Pattern CLASSES = Pattern.compile("\\s*for\\(size_t c = 0; c < (\\d{1,9}); \\+\\+c\\).*");

    private final CircuitBuilder builder;
    private final int inputs;
    private int[] gates = new int[1024];
    private int count;
    private final int[] outputs;
    private String text = "";
    private int at;
    private int line;

    private DifflogicC(int inputs, int outputs) {
        this.inputs = inputs;
        this.builder = new CircuitBuilder(inputs);
        this.outputs = new int[outputs];
        Arrays.fill(this.outputs, -1);
    }

    static ForeignNetwork read(Path file) throws IOException {
        int inputs = size(file, INPUTS, "bits come in");
        int outputs = size(file, OUTPUTS, "outputs there are");
        int classes = size(file, CLASSES, "classes there are");
        // A line an output, so that a small file cannot ask for much memory.
        if (outputs > Files.size(file) / SHORTEST_LINE) {
            throw new FormatException(
                    "names " + outputs + " outputs, more than its " + Files.size(file) + " bytes hold");
        }
        DifflogicC reader = new DifflogicC(inputs, outputs);
        Circuit circuit = reader.circuit(file);
        return new ForeignNetwork(
                "difflogic C",
                inputs,
                true,
                (long) reader.count + outputs,
                true,
                OptionalInt.of(classes),
                OptionalDouble.empty(),
                Optional.empty(),
                ImportOptions.BitOrder.THRESHOLD,
                (bits, ignored) -> circuit);
    }

    private static int size(Path file, Pattern pattern, String what) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String next = in.readLine(); next != null; next = in.readLine()) {
                Matcher matcher = pattern.matcher(next.length() > MAX_LINE ? "" : next);
                if (matcher.matches()) {
                    int size = Integer.parseInt(matcher.group(1));
                    if (size >= 1 && size <= MAX_WIRES) {
                        return size;
                    }
                }
            }
        }
        throw new FormatException("does not say how many " + what + ", as C of difflogic does");
    }

    private Circuit circuit(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String next = in.readLine(); next != null; next = in.readLine()) {
                line++;
                if (next.length() > MAX_LINE) {
                    throw wrong("is longer than " + MAX_LINE + " characters");
                }
                if (next.equals("}")) {
                    break;
                }
                Matcher matcher = GATE.matcher(next);
                if (matcher.matches()) {
                    gate(matcher);
                }
            }
        }
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] < 0) {
                throw new FormatException("sets no out[" + i + "]; expected " + outputs.length + " outputs");
            }
        }
        return builder.build(outputs);
    }

    private void gate(Matcher matcher) throws FormatException {
        text = matcher.group(3).replace("(char)", "").replace("(short)", "").replace(" ", "");
        at = 0;
        int wire = or(0);
        if (at < text.length()) {
            throw wrong("has '" + text.charAt(at) + "' where a gate should end");
        }
        if (matcher.group(1) != null) {
            if (Integer.parseInt(matcher.group(1)) != count || count >= MAX_WIRES) {
                throw wrong("sets v" + matcher.group(1) + " where v" + count + " was expected");
            }
            gates = count == gates.length ? Arrays.copyOf(gates, 2 * count) : gates;
            gates[count++] = wire;
        } else {
            int output = Integer.parseInt(matcher.group(2));
            if (output >= outputs.length || outputs[output] >= 0) {
                throw wrong(
                        "sets out[" + output + "], which is set already or beyond the " + outputs.length + " outputs");
            }
            outputs[output] = wire;
        }
    }

    private int or(int depth) throws FormatException {
        int wire = xor(depth);
        while (take('|')) {
            wire = builder.gate(TruthTable.OR, wire, xor(depth));
        }
        return wire;
    }

    private int xor(int depth) throws FormatException {
        int wire = and(depth);
        while (take('^')) {
            wire = builder.gate(TruthTable.XOR, wire, and(depth));
        }
        return wire;
    }

    private int and(int depth) throws FormatException {
        int wire = unary(depth);
        while (take('&')) {
            wire = builder.gate(TruthTable.AND, wire, unary(depth));
        }
        return wire;
    }

    private int unary(int depth) throws FormatException {
        if (depth > 8) {
            throw wrong("nests deeper than any gate does");
        }
        if (take('~')) {
            return builder.not(unary(depth + 1));
        }
        if (take('(')) {
            int wire = or(depth + 1);
            if (!take(')')) {
                throw wrong("lacks a closing parenthesis");
            }
            return wire;
        }
        if (take('v')) {
            int gate = number();
            if (gate >= count) {
                throw wrong("reads v" + gate + " before it is set");
            }
            return gates[gate];
        }
        if (text.startsWith("inp[", at)) {
            at += 4;
            int input = number();
            if (!take(']') || input >= inputs) {
                throw wrong("reads input " + input + " of " + inputs);
            }
            return builder.input(input);
        }
        if (take('0')) {
            at += text.startsWith("LL", at) ? 2 : 0;
            return 0;
        }
        throw wrong("holds something that is no gate");
    }

    private int number() throws FormatException {
        int from = at;
        while (at < text.length() && at - from < 9 && Character.digit(text.charAt(at), 10) >= 0) {
            at++;
        }
        if (at == from) {
            throw wrong("lacks a number");
        }
        return Integer.parseInt(text.substring(from, at));
    }

    private boolean take(char symbol) {
        boolean there = at < text.length() && text.charAt(at) == symbol;
        at += there ? 1 : 0;
        return there;
    }

    private FormatException wrong(String what) {
        return new FormatException("line " + line + " " + what);
    }
}
