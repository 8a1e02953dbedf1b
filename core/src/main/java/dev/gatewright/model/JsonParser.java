package dev.gatewright.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON text by recursive descent, no deeper than {@link Json#MAX_DEPTH}. */
final class JsonParser {
    private final String text;
    private int at;

    JsonParser(String text) {
        this.text = text;
    }

    Object parse() throws FormatException {
        Object value = value(0);
        skipSpace();
        if (at < text.length()) {
            throw wrong("the end of the text");
        }
        return value;
    }

    private Object value(int depth) throws FormatException {
        skipSpace();
        return switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) throws FormatException {
        checkDepth(depth);
        at++;
        Map<String, Object> object = new LinkedHashMap<>();
        skipSpace();
        if (peek() == '}') {
            at++;
            return object;
        }
        while (true) {
            skipSpace();
            int start = at;
            String name = string();
            if (object.containsKey(name)) {
                at = start;
                throw wrong("a name other than " + Json.write(name) + " for the second time");
            }
            skipSpace();
            expect(':');
            object.put(name, value(depth));
            skipSpace();
            if (peek() == '}') {
                at++;
                return object;
            }
            expect(',');
        }
    }

    private List<Object> array(int depth) throws FormatException {
        checkDepth(depth);
        at++;
        List<Object> array = new ArrayList<>();
        skipSpace();
        if (peek() == ']') {
            at++;
            return array;
        }
        while (true) {
            array.add(value(depth));
            skipSpace();
            if (peek() == ']') {
                at++;
                return array;
            }
            expect(',');
        }
    }

    private String string() throws FormatException {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (true) {
            int c = peek();
            if (c < ' ') {
                throw wrong("a closing quotation mark");
            }
            at++;
            if (c == '"') {
                return string.toString();
            }
            string.append(c == '\\' ? escape() : (char) c);
        }
    }

    private char escape() throws FormatException {
        int c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
                    if (digit < 0) {
                        throw wrong("a hexadecimal digit");
                    }
                    code = code << 4 | digit;
                    at++;
                }
                yield (char) code;
            }
            default -> {
                at--;
                throw wrong("an escape");
            }
        };
    }

    private Object number() throws FormatException {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        boolean whole = true;
        if (peek() == '.') {
            whole = false;
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            whole = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        String number = text.substring(start, at);
        if (whole) {
            try {
                return Long.valueOf(number);
            } catch (NumberFormatException beyondLong) {
                return Double.valueOf(number);
            }
        }
        return Double.valueOf(number);
    }

    private void digits() throws FormatException {
        if (peek() < '0' || peek() > '9') {
            throw wrong("a value");
        }
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
    }

    private Object word(String word, Object value) throws FormatException {
        if (!text.startsWith(word, at)) {
            throw wrong(word);
        }
        at += word.length();
        return value;
    }

    private void expect(char c) throws FormatException {
        if (peek() != c) {
            throw wrong("'" + c + "'");
        }
        at++;
    }

    private void checkDepth(int depth) throws FormatException {
        if (depth > Json.MAX_DEPTH) {
            throw wrong("at most " + Json.MAX_DEPTH + " levels");
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character, or −1 at the end. */
    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private FormatException wrong(String expected) {
        String found = at < text.length() ? Json.write(text.substring(at, Math.min(at + 1, text.length()))) : "the end";
        return new FormatException("character " + (at + 1) + ": expected " + expected + ", found " + found);
    }
}
