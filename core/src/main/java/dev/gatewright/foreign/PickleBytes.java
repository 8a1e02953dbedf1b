package dev.gatewright.foreign;

import dev.gatewright.model.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read in order; numbers are little-endian. Every method throws where the bytes end. */
final class PickleBytes {
    private final ByteBuffer in;
    private int start;

    PickleBytes(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The next instruction; messages will name its place. */
    int instruction() throws FormatException {
        start = in.position();
        return oneByte();
    }

    int oneByte() throws FormatException {
        return need(1).get() & 0xFF;
    }

    int twoBytes() throws FormatException {
        return need(2).getShort() & 0xFFFF;
    }

    int fourBytes() throws FormatException {
        return need(4).getInt();
    }

    long eightBytes() throws FormatException {
        return need(8).getLong();
    }

    /** A whole number of that many bytes; those beyond 64 bits are of no use here. */
    long whole(int bytes) throws FormatException {
        if (bytes > Long.BYTES) {
            throw wrong("holds a number of " + bytes + " bytes; expected up to " + Long.BYTES);
        }
        need(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in.get() & 0xFFL) << 8 * i;
        }
        int unused = Long.SIZE - 8 * bytes;
        return bytes == 0 ? 0 : value << unused >> unused;
    }

    String text(int bytes) throws FormatException {
        if (bytes < 0) {
            throw wrong("has a text of " + bytes + " bytes");
        }
        need(bytes);
        String text = new String(in.array(), in.position(), bytes, StandardCharsets.UTF_8);
        in.position(in.position() + bytes);
        return text;
    }

    /** Up to the end of a line. */
    String line() throws FormatException {
        int from = in.position();
        while (need(1).get() != '\n') {}
        return new String(in.array(), from, in.position() - 1 - from, StandardCharsets.UTF_8);
    }

    private ByteBuffer need(int bytes) throws FormatException {
        if (in.remaining() < bytes) {
            throw wrong("is cut short");
        }
        return in;
    }

    FormatException wrong(String what) {
        return new FormatException("the pickle " + what + " (byte " + start + ")");
    }
}
