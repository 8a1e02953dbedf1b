package dev.gatewright.format;

import dev.gatewright.encode.InputException;
import java.nio.charset.StandardCharsets;

/** The words of a Verilog file one by one: names, numbers, and signs of one character. */
final class VerilogTokens {
    private static final int LONGEST = 1000;

    private final byte[] bytes;
    private int position;
    private int lines = 1;
    private String word;
    private int line;

    VerilogTokens(byte[] bytes) {
        this.bytes = bytes;
        advance();
    }

    /** The word at hand; empty at the end of the file. */
    String word() {
        return word;
    }

    /** The line of the word at hand. */
    int line() {
        return line;
    }

    boolean is(String expected) {
        return word.equals(expected);
    }

    /** Takes the word at hand. */
    String take() {
        String taken = word;
        advance();
        return taken;
    }

    /** Takes the word at hand if it is this one. */
    boolean took(String expected) {
        boolean is = is(expected);
        if (is) {
            advance();
        }
        return is;
    }

    void expect(String expected) {
        if (!took(expected)) {
            throw wrong(expected);
        }
    }

    String name() {
        if (word.isEmpty() || !letter(word.charAt(0)) || VerilogKeywords.ALL.contains(word)) {
            throw wrong("a name");
        }
        return take();
    }

    /** A whole number up to {@code most}. */
    int number(int most) {
        if (word.matches("\\d{1,9}") && Integer.parseInt(word) <= most) {
            return Integer.parseInt(take());
        }
        throw wrong("a number from 0 to " + most);
    }

    InputException wrong(String expected) {
        return new InputException("line " + line + ": expected " + expected + ", found "
                + (word.isEmpty() ? "the end" : Names.quoted(word)));
    }

    private void advance() {
        blanks();
        line = lines;
        int start = position;
        if (position < bytes.length && inWord(bytes[position])) {
            while (position < bytes.length && inWord(bytes[position])) {
                position++;
            }
        } else if (position < bytes.length) {
            position++;
        }
        if (position - start > LONGEST) {
            throw new InputException("line " + line + ": a word of more than " + LONGEST + " characters");
        }
        word = new String(bytes, start, position - start, StandardCharsets.ISO_8859_1);
    }

    private void blanks() {
        while (position < bytes.length) {
            byte c = bytes[position];
            if (c == '/' && position + 1 < bytes.length && bytes[position + 1] == '/') {
                while (position < bytes.length && bytes[position] != '\n') {
                    position++;
                }
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                lines += c == '\n' ? 1 : 0;
                position++;
            } else {
                return;
            }
        }
    }

    private static boolean inWord(int c) {
        return letter(c) || c >= '0' && c <= '9' || c == '\'';
    }

    private static boolean letter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
