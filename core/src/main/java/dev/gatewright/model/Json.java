package dev.gatewright.model;

import java.util.Collection;
import java.util.Map;

/**
 * JSON as maps, lists, strings, numbers, booleans and null.
 *
 * <p>Reading is strict (RFC 8259, no duplicate names, at most {@value #MAX_DEPTH} levels). Objects become
 * {@link java.util.LinkedHashMap}s in the text's order, arrays lists, whole numbers that fit {@link Long}s, all other
 * numbers {@link Double}s. Writing keeps the order of the given maps, so sorted maps give stable text.
 */
public final class Json {
    /** Objects and arrays nest at most this deep. */
    public static final int MAX_DEPTH = 64;

    private Json() {}

    /**
     * The value of a JSON text. Takes time linear in its length.
     *
     * @throws FormatException if the text is not exactly one JSON value, with the character where it goes wrong
     */
    public static Object parse(String text) throws FormatException {
        return new JsonParser(text).parse();
    }

    /**
     * The JSON text of a value, without spaces or line ends. Numbers that are not finite become null, since JSON has
     * no others.
     *
     * @param value null, or a map with string keys, a collection, a string, a number or a boolean
     * @throws IllegalArgumentException if it contains anything else, or nests deeper than {@value #MAX_DEPTH}
     */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value, 0);
        return out.toString();
    }

    private static void write(StringBuilder out, Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a value nested deeper than " + MAX_DEPTH + " levels");
        }
        switch (value) {
            case null -> out.append("null");
            case String string -> quote(out, string);
            case Boolean bool -> out.append(bool.booleanValue());
            case Number number -> out.append(Double.isFinite(number.doubleValue()) ? number.toString() : "null");
            case Map<?, ?> map -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(separator);
                    quote(out, (String) entry.getKey());
                    out.append(':');
                    write(out, entry.getValue(), depth + 1);
                    separator = ",";
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            case Collection<?> list -> {
                String separator = "[";
                for (Object element : list) {
                    out.append(separator);
                    write(out, element, depth + 1);
                    separator = ",";
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            default -> throw new IllegalArgumentException("JSON has no " + value.getClass());
        }
    }

    private static void quote(StringBuilder out, String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || loneSurrogate(string, i)) {
                        out.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            out.append(Character.forDigit(c >> shift & 15, 16));
                        }
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** Half a character: it has no UTF-8 form of its own, so it is written as an escape. */
    private static boolean loneSurrogate(String string, int i) {
        char c = string.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == string.length() || !Character.isLowSurrogate(string.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(string.charAt(i - 1)));
    }
}
