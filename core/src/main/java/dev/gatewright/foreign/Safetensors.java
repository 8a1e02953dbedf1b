package dev.gatewright.foreign;

import dev.gatewright.model.FormatException;
import dev.gatewright.model.Json;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Reads safetensors files of anybody: a header's length, a JSON header, the numbers. The file is mapped, and every
 * offset is checked against its length. Strings of the header's metadata that are numbers are among the numbers.
 */
final class Safetensors {
    private static final int LENGTH_BYTES = 8;
    private static final long MAX_HEADER = 100_000_000;

    private Safetensors() {}

    static Contents read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
        }
    }

    private static Contents read(MemorySegment file) throws FormatException {
        long size = file.byteSize();
        long header = size < LENGTH_BYTES
                ? -1
                : file.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
        if (header < 2 || header > Math.min(MAX_HEADER, size - LENGTH_BYTES)) {
            throw new FormatException("is no safetensors file, or one cut short: a header of "
                    + Long.toUnsignedString(header) + " bytes in a file of " + size);
        }
        Contents contents = new Contents();
        MemorySegment data = file.asSlice(LENGTH_BYTES + header);
        for (Map.Entry<?, ?> entry : parse(file.asSlice(LENGTH_BYTES, header)).entrySet()) {
            String name = (String) entry.getKey();
            if (name.equals("__metadata__")) {
                metadata(entry.getValue(), contents);
            } else {
                contents.put(name, tensor(name, entry.getValue(), data));
            }
        }
        return contents;
    }

    private static Map<?, ?> parse(MemorySegment header) throws FormatException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(header.asByteBuffer())
                    .toString();
            if (Json.parse(text.stripTrailing()) instanceof Map<?, ?> map) {
                return map;
            }
            throw new FormatException("has a header that is not an object");
        } catch (CharacterCodingException e) {
            throw new FormatException("has a header that is not UTF-8");
        }
    }

    private static void metadata(Object value, Contents contents) {
        if (value instanceof Map<?, ?> strings) {
            strings.forEach((name, text) -> {
                if (text instanceof String number && number.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")) {
                    contents.put((String) name, Double.parseDouble(number));
                }
            });
        }
    }

    private static Tensor tensor(String name, Object value, MemorySegment data) throws FormatException {
        if (!(value instanceof Map<?, ?> fields)
                || !(fields.get("dtype") instanceof String dtype)
                || !(fields.get("shape") instanceof List<?> sizes)
                || !(fields.get("data_offsets") instanceof List<?> offsets)
                || offsets.size() != 2
                || !(offsets.get(0) instanceof Long begin)
                || !(offsets.get(1) instanceof Long end)
                || begin < 0
                || end < begin
                || end > data.byteSize()) {
            throw new FormatException("tensor " + name + ": expected a dtype, a shape and two data_offsets within the "
                    + data.byteSize() + " bytes of data");
        }
        ElementType type = ElementType.ofDtype(dtype)
                .orElseThrow(() -> new FormatException("tensor " + name + " is of dtype " + dtype
                        + "; expected a number of 8 to 64 bits or a truth value"));
        int[] shape = new int[sizes.size()];
        long elements = 1;
        for (int i = 0; i < shape.length; i++) {
            if (!(sizes.get(i) instanceof Long size) || size < 0 || size > Integer.MAX_VALUE - 8) {
                throw new FormatException("tensor " + name + " has shape " + sizes);
            }
            shape[i] = (int) (long) size;
            elements = Math.min(Integer.MAX_VALUE, elements * size);
        }
        if (end - begin != elements * type.bytes()) {
            throw new FormatException("tensor " + name + " of shape " + sizes + " takes " + (end - begin) + " bytes");
        }
        return Tensor.dense(type, data.asSlice(begin, end - begin), shape);
    }
}
