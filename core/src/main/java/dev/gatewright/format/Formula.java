package dev.gatewright.format;

import dev.gatewright.logic.TruthTable;

/**
 * Truth tables as formulas, split at the last input: {@code f = s ? high : low}, shorter where a half is constant, or the
 * halves are equal or inverse. Of two inputs, one operator and inverters come of it.
 *
 * @param xor the sign of exclusive or; empty where the language has none
 */
record Formula(String not, String and, String or, String xor, String zero, String one) {
    /** The signs of C, Java and Verilog. */
    static Formula ofC(String zero, String one) {
        return new Formula("~", " & ", " | ", " ^ ", zero, one);
    }

    /** The formula of a table over operands by name. */
    String of(long table, String[] operands) {
        return of(table, operands.length, operands);
    }

    private String of(long table, int inputs, String[] operands) {
        long mask = TruthTable.mask(inputs);
        if (table == 0 || table == mask) {
            return table == 0 ? zero : one;
        }
        int rest = inputs - 1;
        String select = operands[rest];
        long all = TruthTable.mask(rest);
        long low = table & all;
        long high = table >>> (1 << rest) & all;
        if (low == high) {
            return of(low, rest, operands);
        }
        if (low == 0) {
            return high == all ? select : both(of(high, rest, operands), select);
        }
        if (high == 0) {
            return low == all ? inverse(select) : both(of(low, rest, operands), inverse(select));
        }
        if (low == all) {
            return either(of(high, rest, operands), inverse(select));
        }
        if (high == all) {
            return either(of(low, rest, operands), select);
        }
        String zeroHalf = of(low, rest, operands);
        if (low == (~high & all)) {
            return xor.isEmpty()
                    ? either(both(zeroHalf, inverse(select)), both(of(high, rest, operands), select))
                    : inBrackets(zeroHalf) + xor + select;
        }
        return either(both(zeroHalf, inverse(select)), both(of(high, rest, operands), select));
    }

    private String inverse(String name) {
        return not + name;
    }

    private String both(String a, String b) {
        return inBrackets(a) + and + inBrackets(b);
    }

    private String either(String a, String b) {
        return inBrackets(a) + or + inBrackets(b);
    }

    /** Operands may be brackets and blanks only where they are operators. */
    private static String inBrackets(String formula) {
        return formula.indexOf(' ') < 0 ? formula : "(" + formula + ")";
    }
}
