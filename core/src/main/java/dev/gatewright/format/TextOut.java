package dev.gatewright.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Text on its way to a stream, in UTF-8, through a buffer of its own; {@link #flush} ends it. */
public final class TextOut {
    private static final int ROOM = 1 << 16;
    private static final int LONGEST_NUMBER = 20;

    private final OutputStream out;
    private final byte[] buffer = new byte[ROOM];
    private int size;

    public TextOut(OutputStream out) {
        this.out = out;
    }

    public TextOut text(String text) throws IOException {
        int length = text.length();
        if (length > ROOM - size) {
            flush();
        }
        if (length > ROOM) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }
        int start = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                size = start;
                flush();
                out.write(text.getBytes(StandardCharsets.UTF_8));
                return this;
            }
            buffer[size++] = (byte) c;
        }
        return this;
    }

    /** One byte, which need not be a character. */
    public TextOut raw(int value) throws IOException {
        if (size == ROOM) {
            flush();
        }
        buffer[size++] = (byte) value;
        return this;
    }

    /** A number that is not negative, in decimal digits. */
    public TextOut number(int value) throws IOException {
        if (ROOM - size < LONGEST_NUMBER) {
            flush();
        }
        int digits = 1;
        for (int rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        int at = size + digits;
        size = at;
        int rest = value;
        do {
            buffer[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        return this;
    }

    /** The end of a line. */
    public TextOut line() throws IOException {
        return raw('\n');
    }

    /** Hands everything to the stream and flushes that. */
    public void flush() throws IOException {
        out.write(buffer, 0, size);
        size = 0;
        out.flush();
    }
}
