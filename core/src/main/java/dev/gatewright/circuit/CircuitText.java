package dev.gatewright.circuit;

import dev.gatewright.logic.TruthTable;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Circuits as text, for tests and for eyes.
 *
 * <pre>
 * inputs 2 arity 2          # arity is the largest a gate may have
 * g0 = 6(i0, i1)            # a table in hexadecimal, over the wires in this order
 * g1 = 1(g0)
 * outputs g1 i0 0           # 0 and 1 are the constants
 * </pre>
 */
public final class CircuitText {
    private static final Pattern HEADER = Pattern.compile("inputs (\\d{1,9}) arity ([1-6])");
    private static final Pattern GATE = Pattern.compile("(g\\d{1,9}) *= *([0-9a-f]{1,16}) *\\(([^()]*)\\)");
    private static final Pattern OUTPUTS = Pattern.compile("outputs((?: +\\w+)*)");

    private final Map<String, Integer> wires = new HashMap<>();
    private CircuitBuilder builder;
    private int inputs;
    private int line;

    private CircuitText() {}

    /** The text of a circuit, a line a gate. */
    public static String print(Circuit circuit) {
        StringBuilder text = new StringBuilder("inputs " + circuit.inputs() + " arity " + circuit.maxArity() + "\n");
        for (int gate = 0; gate < circuit.gates(); gate++) {
            text.append("g").append(gate).append(" = ").append(Long.toHexString(circuit.table(gate)));
            for (int i = 0; i < circuit.arity(gate); i++) {
                text.append(i == 0 ? "(" : ", ").append(name(circuit, circuit.wire(gate, i)));
            }
            text.append(")\n");
        }
        text.append("outputs");
        for (int i = 0; i < circuit.outputs(); i++) {
            text.append(" ").append(name(circuit, circuit.output(i)));
        }
        return text.append("\n").toString();
    }

    private static String name(Circuit circuit, int wire) {
        if (wire < Circuit.CONSTANTS) {
            return Integer.toString(wire);
        }
        return circuit.gateOf(wire) < 0 ? "i" + (wire - Circuit.CONSTANTS) : "g" + circuit.gateOf(wire);
    }

    /**
     * The circuit of a text, normalised by a builder.
     *
     * @throws IllegalArgumentException with the line where the text goes wrong
     */
    public static Circuit parse(String text) {
        return new CircuitText().read(text);
    }

    private Circuit read(String text) {
        Circuit circuit = null;
        for (String whole : text.split("\n", -1)) {
            line++;
            String content = whole.replaceFirst("#.*", "").strip();
            if (content.isEmpty()) {
                continue;
            }
            if (circuit != null) {
                throw wrong("nothing after the outputs", content);
            }
            if (builder == null) {
                header(content);
            } else if (content.startsWith("outputs")) {
                circuit = outputs(content);
            } else {
                gate(content);
            }
        }
        if (circuit == null) {
            throw wrong("a line of outputs", "the end");
        }
        return circuit;
    }

    private void header(String content) {
        Matcher header = HEADER.matcher(content);
        if (!header.matches()) {
            throw wrong("inputs N arity K", content);
        }
        inputs = Integer.parseInt(header.group(1));
        builder = new CircuitBuilder(inputs, Integer.parseInt(header.group(2)));
    }

    private void gate(String content) {
        Matcher gate = GATE.matcher(content);
        if (!gate.matches()) {
            throw wrong("gN = TABLE(WIRE, …) or outputs", content);
        }
        String[] names = gate.group(3).isBlank() ? new String[0] : gate.group(3).split(",", -1);
        int[] reads = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            reads[i] = wire(names[i].strip());
        }
        long table = Long.parseUnsignedLong(gate.group(2), 16);
        if (names.length > TruthTable.MAX_INPUTS || (table & ~TruthTable.mask(names.length)) != 0) {
            throw wrong("a table that fits " + names.length + " wires", gate.group(2));
        }
        if (wires.containsKey(gate.group(1))) {
            throw wrong("a gate that is not defined above", gate.group(1));
        }
        try {
            wires.put(gate.group(1), builder.gate(table, reads));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + line + ": " + e.getMessage(), e);
        }
    }

    private Circuit outputs(String content) {
        Matcher outputs = OUTPUTS.matcher(content);
        if (!outputs.matches()) {
            throw wrong("outputs WIRE …", content);
        }
        String names = outputs.group(1).strip();
        String[] ends = names.isEmpty() ? new String[0] : names.split(" +", -1);
        int[] reads = new int[ends.length];
        for (int i = 0; i < ends.length; i++) {
            reads[i] = wire(ends[i]);
        }
        return builder.build(reads);
    }

    private int wire(String name) {
        if (name.equals("0") || name.equals("1")) {
            return Integer.parseInt(name);
        }
        if (name.matches("i\\d{1,9}") && Integer.parseInt(name.substring(1)) < inputs) {
            return builder.input(Integer.parseInt(name.substring(1)));
        }
        Integer wire = wires.get(name);
        if (wire == null) {
            throw wrong("0, 1, an input up to i" + (inputs - 1) + " or a gate defined above", name);
        }
        return wire;
    }

    private IllegalArgumentException wrong(String expected, String found) {
        return new IllegalArgumentException("line " + line + ": expected " + expected + ", found " + found);
    }
}
