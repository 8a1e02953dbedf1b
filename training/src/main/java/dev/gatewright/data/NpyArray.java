package dev.gatewright.data;

import dev.gatewright.encode.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One array of an NPY file, versions 1 to 3, little-endian, in C order. */
record NpyArray(String type, int[] shape, byte[] raw) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']{1,16})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]{0,200})\\)");

    static NpyArray read(InputStream in, String name) throws IOException {
        byte[] start = in.readNBytes(8);
        if (!starts(start)) {
            throw new InputException(name + " is no NPY data: it does not start with \\x93NUMPY");
        }
        int version = start[6];
        if (version < 1 || version > 3) {
            throw new InputException(name + " has NPY version " + version + " where 1 to 3 are known");
        }
        byte[] size = in.readNBytes(version == 1 ? 2 : 4);
        long length = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            length = length << 8 | size[i] & 0xFF;
        }
        if (length > MAX_HEADER) {
            throw new InputException(name + " has a header of " + length + " bytes, more than " + MAX_HEADER);
        }
        String header = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
        String type = find(TYPE, header, name, "type");
        if (find(ORDER, header, name, "order").equals("True")) {
            throw new InputException(name + " is in Fortran order, which is not supported; save it in C order");
        }
        int[] shape = shape(find(SHAPE, header, name, "shape"), name);
        long total = width(type, name);
        for (int side : shape) {
            // Each side was limited, so that this product cannot pass the range of long before it is refused.
            total *= side;
            if (total > Integer.MAX_VALUE - 8) {
                throw new InputException(name + " has the shape " + text(shape) + ", more than can be read");
            }
        }
        byte[] raw = in.readNBytes((int) total);
        if (raw.length < total) {
            throw new InputException(name + " is cut short: it holds " + raw.length + " of " + total + " bytes");
        }
        return new NpyArray(type, shape, raw);
    }

    /** Whether a file's first eight bytes are those of an array. */
    static boolean starts(byte[] start) {
        return start.length == 8 && Arrays.equals(MAGIC, Arrays.copyOf(start, 6));
    }

    private static String find(Pattern pattern, String header, String name, String what) {
        Matcher found = pattern.matcher(header);
        if (!found.find()) {
            throw new InputException(name + " has a header without a usable " + what);
        }
        return found.group(1);
    }

    private static int[] shape(String text, String name) {
        String[] sides = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(side -> !side.isEmpty())
                .toArray(String[]::new);
        int[] shape = new int[sides.length];
        for (int i = 0; i < shape.length; i++) {
            if (sides[i].length() > 9) {
                throw new InputException(name + " has the shape (" + text + "), more than can be read");
            }
            shape[i] = Integer.parseInt(sides[i]);
            if (i > 0 && shape[i] == 0) {
                throw new InputException(name + " has the shape (" + text + ") with an empty side");
            }
        }
        if (shape.length == 0) {
            throw new InputException(name + " is a single number where an array is expected");
        }
        return shape;
    }

    private static int width(String type, String name) {
        return switch (type) {
            case "|u1", "|i1", "|b1", "<u1", "<i1" -> 1;
            case "<i2" -> 2;
            case "<i4", "<f4" -> 4;
            case "<i8", "<f8" -> 8;
            default ->
                throw new InputException(name + " holds values of type " + type
                        + " where u1, i1, i2, i4, i8, f4, f8 or b1, little-endian, is expected");
        };
    }

    /** Writes the array as version 1. */
    void write(OutputStream out) throws IOException {
        String sides = Arrays.stream(shape).mapToObj(side -> side + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + sides + "), }";
        // The values begin at a multiple of 64 bytes.
        int start = MAGIC.length + 4;
        int padding = Math.floorMod(-(start + header.length() + 1), 64);
        byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) text.length, (byte) (text.length >> 8)});
        out.write(text);
        out.write(raw);
    }

    boolean bytes() {
        return type.endsWith("u1");
    }

    /** Whether the values are truth values. */
    boolean truth() {
        return type.equals("|b1");
    }

    String shapeText() {
        return text(shape);
    }

    private static String text(int[] shape) {
        return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining("×"));
    }

    /** Every {@code step}-th value from {@code from} on. */
    float[] column(int from, int step) {
        ByteBuffer buffer = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[shape[0]];
        for (int row = 0; row < values.length; row++) {
            int at = row * step + from;
            values[row] = switch (type.substring(1)) {
                case "u1" -> raw[at] & 0xFF;
                case "i1" -> raw[at];
                case "b1" -> raw[at] == 0 ? 0 : 1;
                case "i2" -> buffer.getShort(at * 2);
                case "i4" -> buffer.getInt(at * 4);
                case "i8" -> buffer.getLong(at * 8);
                case "f4" -> buffer.getFloat(at * 4);
                case "f8" -> (float) buffer.getDouble(at * 8);
                default -> throw new IllegalStateException(type);
            };
        }
        return values;
    }
}
