package dev.gatewright.format;

import dev.gatewright.encode.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Expressions of a Verilog file, whose operands are signals by number. */
final class VerilogExpressions {
    private static final int MOST_OPERATORS = 500;
    private static final int DEEPEST = 64;

    /** Binary operators, those that bind loosest first. */
    private static final List<String> SIGNS = List.of("|", "^", "&", ">", "+", "-");

    private final VerilogTokens tokens;
    /** Takes a name with its range; the signals, given the line. */
    private final IntFunction<int[]> operand;
    /** What the expressions at hand read. */
    private final Map<Integer, Integer> sources = new HashMap<>();

    private int operators;
    private int depth;

    VerilogExpressions(VerilogTokens tokens, IntFunction<int[]> operand) {
        this.tokens = tokens;
        this.operand = operand;
    }

    /** Forgets what was read. */
    void begin() {
        sources.clear();
        operators = 0;
    }

    /** The signals that were read since {@link #begin}, in the order in which expressions number them. */
    int[] sources() {
        int[] reads = new int[sources.size()];
        sources.forEach((signal, place) -> reads[place] = signal);
        return reads;
    }

    /** The expression at hand. */
    VerilogExpression expression(int line) {
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
        int[] read = operand.apply(line);
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

    /** Refuses operands of different widths. */
    static void sameWidth(int line, int one, int other) {
        if (one != other) {
            throw new InputException(
                    "line " + line + ": " + one + " and " + other + " bits stand where equal widths are expected");
        }
    }
}
