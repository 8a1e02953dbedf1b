package dev.gatewright.format;

import dev.gatewright.encode.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one combinational module in the part of Verilog that {@link Verilog} writes: ports in the heading, {@code wire} with
 * or without what drives it, {@code assign}; {@code ~ & ^ | + - > ?:}, concatenations, bits of vectors, and sized constants in
 * binary and decimal. Operands must have equal widths, so no rule of extension is needed.
 */
final class VerilogReader {
    private static final int WIDEST = 1 << 24;
    private static final int MOST_OPERATORS = 500;
    private static final int DEEPEST = 64;

    /** Binary operators, those that bind loosest first. */
    private static final List<String> SIGNS = List.of("|", "^", "&", ">", "+", "-");

    private final VerilogTokens tokens;
    private final Signals signals = new Signals();
    /** Signal → its width, or 0 for a single wire without a range. */
    private final Map<String, Integer> widths = new HashMap<>();
    /** What the expression at hand reads. */
    private final Map<Integer, Integer> sources = new HashMap<>();

    private int operators;
    private int depth;

    VerilogReader(byte[] bytes) {
        tokens = new VerilogTokens(bytes);
    }

    ReadCircuit read() {
        tokens.expect("module");
        tokens.name();
        tokens.expect("(");
        do {
            port();
        } while (tokens.took(","));
        tokens.expect(")");
        tokens.expect(";");
        while (!tokens.took("endmodule")) {
            item();
        }
        if (!tokens.word().isEmpty()) {
            throw tokens.wrong("the end after one module");
        }
        return signals.read();
    }

    private void port() {
        int line = tokens.line();
        boolean input = tokens.is("input");
        if (!input && !tokens.is("output")) {
            throw tokens.wrong("input or output");
        }
        tokens.take();
        tokens.took("wire");
        for (String bit : declare()) {
            if (input) {
                signals.input(bit, line);
            } else {
                signals.output(bit, line);
            }
        }
    }

    private void item() {
        int line = tokens.line();
        int[] targets;
        if (tokens.took("wire")) {
            targets = signals(declare(), line);
            if (tokens.took(";")) {
                return;
            }
        } else if (tokens.took("assign")) {
            targets = signals(bits(), line);
        } else if (tokens.is("always") || tokens.is("reg") || tokens.is("initial")) {
            throw tokens.wrong("a combinational circuit of wires and assignments");
        } else {
            throw tokens.wrong("wire, assign or endmodule");
        }
        tokens.expect("=");
        sources.clear();
        operators = 0;
        VerilogExpression expression = expression(line);
        tokens.expect(";");
        sameWidth(line, targets.length, expression.width());
        int[] reads = new int[sources.size()];
        sources.forEach((signal, place) -> reads[place] = signal);
        signals.define(line, targets, reads, expression::wires);
    }

    /** A range and a name that is new; the bits, the lowest first. */
    private List<String> declare() {
        int width = 0;
        if (tokens.took("[")) {
            width = tokens.number(WIDEST) + 1;
            tokens.expect(":");
            tokens.number(0);
            tokens.expect("]");
        }
        int line = tokens.line();
        String name = tokens.name();
        if (widths.putIfAbsent(name, width) != null) {
            throw new InputException("line " + line + ": " + name + " is declared already");
        }
        return all(name, width);
    }

    private static List<String> all(String name, int width) {
        if (width == 0) {
            return List.of(name);
        }
        List<String> bits = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            bits.add(name + "[" + i + "]");
        }
        return bits;
    }

    /** A name that is declared, all of it or one of its bits. */
    private List<String> bits() {
        int line = tokens.line();
        String name = tokens.name();
        Integer width = widths.get(name);
        if (width == null) {
            throw new InputException("line " + line + ": " + name + " is not declared above");
        }
        if (width > 0 && tokens.took("[")) {
            int bit = tokens.number(width - 1);
            tokens.expect("]");
            return List.of(name + "[" + bit + "]");
        }
        return all(name, width);
    }

    private int[] signals(List<String> names, int line) {
        return names.stream().mapToInt(name -> signals.signal(name, line)).toArray();
    }

    private VerilogExpression expression(int line) {
        if (depth == DEEPEST) {
            throw new InputException("line " + line + ": an expression nested deeper than " + DEEPEST + " levels");
        }
        depth++;
        VerilogExpression expression = choice(line);
        depth--;
        return expression;
    }

    private VerilogExpression choice(int line) {
        VerilogExpression condition = binary(0, line);
        if (!tokens.took("?")) {
            return condition;
        }
        more(line);
        sameWidth(line, 1, condition.width());
        VerilogExpression yes = expression(line);
        tokens.expect(":");
        VerilogExpression no = expression(line);
        sameWidth(line, yes.width(), no.width());
        return new VerilogExpression.Choice(condition, yes, no);
    }

    private VerilogExpression binary(int level, int line) {
        if (level == SIGNS.size()) {
            return unary(line);
        }
        VerilogExpression left = binary(level + 1, line);
        String sign = SIGNS.get(level);
        while (tokens.took(sign)) {
            more(line);
            VerilogExpression right = binary(level + 1, line);
            sameWidth(line, left.width(), right.width());
            left = new VerilogExpression.Binary(sign.charAt(0), left, right);
        }
        return left;
    }

    private VerilogExpression unary(int line) {
        more(line);
        if (tokens.took("~")) {
            return new VerilogExpression.Not(unary(line));
        }
        if (tokens.took("(")) {
            VerilogExpression inner = expression(line);
            tokens.expect(")");
            return inner;
        }
        if (tokens.took("{")) {
            List<VerilogExpression> parts = new ArrayList<>();
            do {
                // Parts stand side by side, so they may be many.
                int before = operators;
                parts.add(expression(line));
                operators = before;
            } while (tokens.took(","));
            tokens.expect("}");
            return new VerilogExpression.Joined(parts);
        }
        if (!tokens.word().isEmpty() && Character.isDigit(tokens.word().charAt(0))) {
            return constant();
        }
        int[] read = signals(bits(), line);
        int[] places = new int[read.length];
        Arrays.setAll(places, i -> sources.computeIfAbsent(read[i], signal -> sources.size()));
        return new VerilogExpression.Bits(places);
    }

    /** Counts what makes an expression deep. */
    private void more(int line) {
        if (++operators > MOST_OPERATORS) {
            throw new InputException(
                    "line " + line + ": an expression of more than " + MOST_OPERATORS + " operators and operands");
        }
    }

    private VerilogExpression constant() {
        String word = tokens.word();
        if (!word.matches("[1-9]\\d{0,2}'(b[01]{1,999}|d\\d{1,9})")) {
            throw tokens.wrong("a constant such as 1'b0 or 4'd9");
        }
        int quote = word.indexOf('\'');
        int[] bits = new int[Integer.parseInt(word.substring(0, quote))];
        String digits = word.substring(quote + 2);
        java.math.BigInteger value = new java.math.BigInteger(digits, word.charAt(quote + 1) == 'b' ? 2 : 10);
        if (value.bitLength() > bits.length) {
            throw tokens.wrong("a constant that fits its width");
        }
        tokens.take();
        Arrays.setAll(bits, i -> value.testBit(i) ? 1 : 0);
        return new VerilogExpression.Constant(bits);
    }

    private static void sameWidth(int line, int one, int other) {
        if (one != other) {
            throw new InputException(
                    "line " + line + ": " + one + " and " + other + " bits stand where equal widths are expected");
        }
    }
}
