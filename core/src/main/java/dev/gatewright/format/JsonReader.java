package dev.gatewright.format;

import dev.gatewright.circuit.Arithmetic;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.encode.InputException;
import dev.gatewright.logic.TruthTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads the circuit of a file that {@link JsonFormat} wrote; what else it says is passed over. */
final class JsonReader {
    private static final int DEEPEST = 64;

    private final byte[] bytes;
    private int position;
    private int line = 1;
    private int inputs = -1;
    private CircuitBuilder builder;
    private int[] wires;
    private int gates;
    private int[] outputs;
    private boolean known;

    JsonReader(byte[] bytes) {
        this.bytes = bytes;
    }

    ReadCircuit read() {
        Set<String> seen = new HashSet<>();
        expect('{');
        do {
            String name = string();
            if (!seen.add(name)) {
                throw wrong("each name once", name);
            }
            expect(':');
            switch (name) {
                case "format" -> known = string().equals(JsonFormat.KIND);
                case "inputs" -> readInputs();
                case "gates" -> readGates();
                case "outputs" -> readOutputs();
                case "version" -> {
                    if (number() != JsonFormat.VERSION) {
                        throw wrong("version " + JsonFormat.VERSION, "another");
                    }
                }
                default -> skip(0);
            }
        } while (took(','));
        expect('}');
        if (peek() >= 0) {
            throw wrong("the end", "more");
        }
        if (!known || outputs == null || outputs.length == 0) {
            throw wrong("format \"" + JsonFormat.KIND + "\" with inputs, gates and outputs", "none");
        }
        Circuit circuit = builder.build(outputs);
        return new ReadCircuit(circuit, names("x", inputs), names("y", outputs.length));
    }

    private static List<String> names(String port, int count) {
        return IntStream.range(0, count).mapToObj(i -> port + "[" + i + "]").toList();
    }

    private void readInputs() {
        inputs = 0;
        expect('[');
        do {
            string();
            inputs++;
        } while (took(','));
        expect(']');
        builder = new CircuitBuilder(inputs);
        wires = new int[Circuit.CONSTANTS + inputs + 64];
        Arrays.setAll(wires, i -> i);
    }

    private void readGates() {
        if (builder == null) {
            throw wrong("inputs before gates", "gates");
        }
        expect('[');
        if (took(']')) {
            return;
        }
        do {
            gate();
        } while (took(','));
        expect(']');
    }

    private void gate() {
        expect('[');
        String digits = string();
        int[] reads = new int[TruthTable.MAX_INPUTS];
        int count = 0;
        while (took(',')) {
            if (count == reads.length) {
                throw wrong("a gate of up to " + reads.length + " wires", "more");
            }
            reads[count++] = wire();
        }
        expect(']');
        if (!digits.matches("[0-9a-f]{1,16}")) {
            throw wrong("a table in hexadecimal", digits);
        }
        long table = Long.parseUnsignedLong(digits, 16);
        if ((table & ~TruthTable.mask(count)) != 0) {
            throw wrong("a table of " + count + " wires", digits);
        }
        int place = Circuit.CONSTANTS + inputs + gates++;
        wires = place == wires.length ? Arrays.copyOf(wires, place * 2) : wires;
        wires[place] = Arithmetic.table(builder, table, Arrays.copyOf(reads, count));
    }

    private int wire() {
        int wire = number();
        if (wire >= Circuit.CONSTANTS + inputs + gates) {
            throw wrong("a wire up to " + (Circuit.CONSTANTS + inputs + gates - 1), Integer.toString(wire));
        }
        return wires[wire];
    }

    private void readOutputs() {
        if (builder == null) {
            throw wrong("inputs before outputs", "outputs");
        }
        expect('[');
        int[] ends = new int[64];
        int count = 0;
        do {
            ends = count == ends.length ? Arrays.copyOf(ends, 2 * count) : ends;
            ends[count++] = wire();
        } while (took(','));
        expect(']');
        outputs = Arrays.copyOf(ends, count);
    }

    /** Passes over any value. */
    private void skip(int depth) {
        int next = peek();
        if (depth > DEEPEST) {
            throw wrong("at most " + DEEPEST + " levels", "more");
        }
        if (next == '"') {
            string();
        } else if (next == '{' || next == '[') {
            position++;
            char end = next == '{' ? '}' : ']';
            if (took(end)) {
                return;
            }
            do {
                if (next == '{') {
                    string();
                    expect(':');
                }
                skip(depth + 1);
            } while (took(','));
            expect(end);
        } else {
            int start = position;
            while (position < bytes.length && ",]} \n\r\t".indexOf(bytes[position]) < 0) {
                position++;
            }
            if (position == start) {
                throw wrong("a value", next < 0 ? "the end" : String.valueOf((char) next));
            }
        }
    }

    private int peek() {
        while (position < bytes.length && " \n\r\t".indexOf(bytes[position]) >= 0) {
            line += bytes[position++] == '\n' ? 1 : 0;
        }
        return position < bytes.length ? bytes[position] & 255 : -1;
    }

    private boolean took(char expected) {
        boolean is = peek() == expected;
        position += is ? 1 : 0;
        return is;
    }

    private void expect(char expected) {
        int found = peek();
        if (!took(expected)) {
            throw wrong(String.valueOf(expected), found < 0 ? "the end" : String.valueOf((char) found));
        }
    }

    /** A string, with its escapes as they stand. */
    private String string() {
        expect('"');
        int start = position;
        while (position < bytes.length && bytes[position] != '"' && bytes[position] != '\n') {
            position += bytes[position] == '\\' ? 2 : 1;
        }
        int end = Math.min(position, bytes.length);
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        expect('"');
        return text;
    }

    private int number() {
        int next = peek();
        long value = 0;
        int start = position;
        while (position < bytes.length && bytes[position] >= '0' && bytes[position] <= '9' && value < 1L << 31) {
            value = value * 10 + bytes[position++] - '0';
        }
        if (position == start || value > Integer.MAX_VALUE) {
            throw wrong("a whole number", next < 0 ? "the end" : String.valueOf((char) next));
        }
        return (int) value;
    }

    private InputException wrong(String expected, String found) {
        return new InputException("line " + line + ": expected " + expected + ", found " + Names.quoted(found));
    }
}
