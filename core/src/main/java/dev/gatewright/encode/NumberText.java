package dev.gatewright.encode;

/**
 * Which texts are numbers, said once for readers of files and for encoders.
 *
 * <p>Decimal notation with an optional exponent, and {@code inf}, {@code infinity} with an optional sign. Java's
 * suffixes and hexadecimal notation are text here: "3d" and "0x1p3" are categories in tables.
 */
public final class NumberText {
    private NumberText() {}

    /** Whether {@code text} is a number; surrounding blanks are not allowed. */
    public static boolean isNumber(String text) {
        return isDecimal(text) || infinity(text) != 0;
    }

    /**
     * The number that {@code text} writes.
     *
     * @throws NumberFormatException if it is none
     */
    public static float value(String text) {
        int infinity = infinity(text);
        if (infinity != 0) {
            return infinity > 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
        }
        if (!isDecimal(text)) {
            throw new NumberFormatException("\"" + text + "\" is not a number");
        }
        return Float.parseFloat(text);
    }

    /** The truth value that {@code text} writes: 1 for {@code true}, 0 for {@code false} in any case, −1 for none. */
    public static int truth(String text) {
        if (text.equalsIgnoreCase("true")) {
            return 1;
        }
        return text.equalsIgnoreCase("false") ? 0 : -1;
    }

    /** The shortest usual text of a number: whole numbers without a fraction. */
    public static String of(float value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9f) {
            return Integer.toString((int) value);
        }
        return Float.toString(value);
    }

    private static boolean isDecimal(String text) {
        int at = 0;
        int end = text.length();
        if (at < end && sign(text.charAt(at))) {
            at++;
        }
        int digits = 0;
        boolean point = false;
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (digit(c)) {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0 || at == end) {
            return digits > 0;
        }
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        at++;
        if (at < end && sign(text.charAt(at))) {
            at++;
        }
        int exponent = at;
        while (at < end && digit(text.charAt(at))) {
            at++;
        }
        return at == end && at > exponent;
    }

    private static int infinity(String text) {
        int sign = text.startsWith("-") ? -1 : 1;
        String rest = !text.isEmpty() && sign(text.charAt(0)) ? text.substring(1) : text;
        return rest.equalsIgnoreCase("inf") || rest.equalsIgnoreCase("infinity") ? sign : 0;
    }

    private static boolean sign(char c) {
        return c == '-' || c == '+';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
