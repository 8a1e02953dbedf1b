package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.encode.InputException;
import dev.gatewright.logic.TruthTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads combinational AIGER, binary or ASCII: no latches, no properties. */
final class AigerReader {
    private static final int UNKNOWN = -1;
    private static final int MOST_INPUTS = 1 << 22;

    private final byte[] bytes;
    private int position;
    private int line = 1;
    private boolean binary;
    private int variables;
    private int inputCount;
    private int ands;
    private int[] inputs;
    private int[] outputs;
    /** Variable → what its conjunction reads, or {@link #UNKNOWN}. */
    private int[] left;

    private int[] right;
    private int[] definedAt;

    AigerReader(byte[] bytes) {
        this.bytes = bytes;
    }

    ReadCircuit read() {
        header();
        readInputs();
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = literal();
            endLine();
        }
        if (binary) {
            deltas();
        } else {
            conjunctions();
        }
        List<String> inputNames = new ArrayList<>(names("i", inputs.length));
        List<String> outputNames = new ArrayList<>(names("o", outputs.length));
        symbols(inputNames, outputNames);
        return new ReadCircuit(circuit(), inputNames, outputNames);
    }

    private void header() {
        binary = bytes[1] == 'i';
        position = 4;
        variables = number();
        space();
        inputCount = number();
        space();
        if (number() != 0) {
            throw wrong("no latches", "some");
        }
        space();
        int outputCount = number();
        space();
        ands = number();
        while (position < bytes.length && bytes[position] == ' ') {
            position++;
            if (number() != 0) {
                throw wrong("no properties or constraints", "some");
            }
        }
        // Every input, output and conjunction takes some bytes, so sizes that the file cannot hold end here.
        long least = outputCount * 2L + (binary ? 2L * ands : 6L * ands + 2L * inputCount);
        if (least > bytes.length || (long) inputCount + ands > variables || variables > MOST_INPUTS + bytes.length) {
            throw wrong(
                    "sizes that the file can hold",
                    "I=" + inputCount + " O=" + outputCount + " A=" + ands + " M=" + variables + " in " + bytes.length
                            + " bytes");
        }
        if (binary && inputCount + ands != variables) {
            throw wrong("M = I + A", "M=" + variables);
        }
        if (inputCount == 0 || outputCount == 0 || inputCount > MOST_INPUTS) {
            throw wrong(
                    "1 to " + MOST_INPUTS + " inputs and at least one output",
                    inputCount + " inputs, " + outputCount + " outputs");
        }
        endLine();
        inputs = new int[inputCount];
        outputs = new int[outputCount];
        left = new int[variables + 1];
        Arrays.fill(left, UNKNOWN);
        right = new int[variables + 1];
        definedAt = new int[variables + 1];
    }

    private void readInputs() {
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i + 1;
            if (!binary) {
                int literal = literal();
                if (literal < 2 || (literal & 1) != 0) {
                    throw wrong("the even literal of an input", Integer.toString(literal));
                }
                inputs[i] = literal >> 1;
                endLine();
            }
            claim(inputs[i], binary ? 1 : line - 1);
        }
    }

    private void claim(int variable, int at) {
        if (definedAt[variable] != 0) {
            throw new InputException(
                    "line " + at + ": variable " + variable + " is driven already, by line " + definedAt[variable]);
        }
        definedAt[variable] = at;
    }

    private void conjunctions() {
        for (int i = 0; i < ands; i++) {
            int at = line;
            int target = literal();
            space();
            int one = literal();
            space();
            int other = literal();
            endLine();
            if (target < 2 || (target & 1) != 0) {
                throw new InputException("line " + at + ": expected an even literal to drive, found " + target);
            }
            claim(target >> 1, at);
            left[target >> 1] = one;
            right[target >> 1] = other;
        }
    }

    private void deltas() {
        for (int i = 0; i < ands; i++) {
            int variable = inputCount + 1 + i;
            long one = 2L * variable - delta();
            long other = one - delta();
            if (one >= 2L * variable || one < 0 || other < 0) {
                throw new InputException(
                        "byte " + position + ": conjunction " + i + " reads what comes later, or nothing that exists");
            }
            left[variable] = (int) one;
            right[variable] = (int) other;
        }
    }

    private long delta() {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (position >= bytes.length) {
                throw new InputException("byte " + position + ": ends within the conjunctions, so it is cut short");
            }
            int next = bytes[position++];
            value |= (long) (next & 127) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new InputException("byte " + position + ": a difference of more than 32 bits");
    }

    private static List<String> names(String kind, int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> kind + i)
                .toList();
    }

    private void symbols(List<String> inputNames, List<String> outputNames) {
        while (position < bytes.length && bytes[position] != 'c') {
            byte kind = bytes[position++];
            if (kind != 'i' && kind != 'o') {
                throw new InputException("byte " + position + ": expected a symbol of an input or output, or comments");
            }
            List<String> names = kind == 'i' ? inputNames : outputNames;
            int index = number();
            if (index >= names.size()) {
                throw new InputException(
                        "byte " + position + ": a symbol of " + (char) kind + index + " of " + names.size());
            }
            space();
            int end = position;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            names.set(index, new String(bytes, position, end - position, StandardCharsets.UTF_8));
            position = Math.min(bytes.length, end + 1);
        }
    }

    private Circuit circuit() {
        CircuitBuilder builder = new CircuitBuilder(inputs.length);
        int[] wires = new int[variables + 1];
        Arrays.fill(wires, UNKNOWN);
        wires[0] = 0;
        for (int i = 0; i < inputs.length; i++) {
            wires[inputs[i]] = builder.input(i);
        }
        boolean[] open = new boolean[variables + 1];
        int[] stack = new int[64];
        int[] ends = new int[outputs.length];
        for (int i = 0; i < ends.length; i++) {
            int depth = 0;
            stack[depth++] = outputs[i] >> 1;
            while (depth > 0) {
                int variable = stack[depth - 1];
                if (wires[variable] != UNKNOWN) {
                    depth--;
                    continue;
                }
                int missing = missing(variable, wires);
                if (missing < 0) {
                    wires[variable] = and(builder, wires, left[variable], right[variable]);
                    open[variable] = false;
                    depth--;
                    continue;
                }
                open[variable] = true;
                if (open[missing]) {
                    throw new InputException("line " + definedAt[missing] + ": variable " + missing
                            + " depends on itself; circuits without cycles are read");
                }
                stack = depth == stack.length ? Arrays.copyOf(stack, 2 * depth) : stack;
                stack[depth++] = missing;
            }
            int wire = wires[outputs[i] >> 1];
            ends[i] = (outputs[i] & 1) != 0 ? builder.not(wire) : wire;
        }
        return builder.build(ends);
    }

    /** A variable that this one reads and that is not made yet, or a negative number. */
    private int missing(int variable, int[] wires) {
        if (left[variable] == UNKNOWN) {
            throw new InputException("nothing drives variable " + variable);
        }
        if (wires[left[variable] >> 1] == UNKNOWN) {
            return left[variable] >> 1;
        }
        return wires[right[variable] >> 1] == UNKNOWN ? right[variable] >> 1 : -1;
    }

    private static int and(CircuitBuilder builder, int[] wires, int one, int other) {
        long table = TruthTable.AND;
        table = (one & 1) != 0 ? TruthTable.invertInput(table, 2, 0) : table;
        table = (other & 1) != 0 ? TruthTable.invertInput(table, 2, 1) : table;
        return builder.gate(table, wires[one >> 1], wires[other >> 1]);
    }

    private int literal() {
        int literal = number();
        if (literal > 2L * variables + 1) {
            throw wrong("a literal up to " + (2L * variables + 1), Integer.toString(literal));
        }
        return literal;
    }

    private int number() {
        long value = 0;
        int start = position;
        while (position < bytes.length && bytes[position] >= '0' && bytes[position] <= '9' && value < 1L << 31) {
            value = value * 10 + bytes[position++] - '0';
        }
        if (position == start || value > Integer.MAX_VALUE) {
            throw wrong("a number", position == bytes.length ? "the end" : "byte " + (bytes[position] & 255));
        }
        return (int) value;
    }

    private void space() {
        if (position >= bytes.length || bytes[position] != ' ') {
            throw wrong("a blank", position >= bytes.length ? "the end" : "byte " + (bytes[position] & 255));
        }
        position++;
    }

    private void endLine() {
        if (position >= bytes.length || bytes[position] != '\n') {
            throw wrong("the end of a line", position >= bytes.length ? "the end" : "byte " + (bytes[position] & 255));
        }
        position++;
        line++;
    }

    private InputException wrong(String expected, String found) {
        return new InputException("line " + line + ": expected " + expected + ", found " + found);
    }
}
