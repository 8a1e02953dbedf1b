package dev.gatewright.model;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/** Lays out and writes tensor files; what writer and reader must agree on stands here. */
final class TensorFileWriter {
    /** Raises when an old program would misread a new file. */
    static final int VERSION = 1;

    static final String METADATA = "__metadata__";
    static final String VERSION_KEY = "gatewright";
    static final String CHECKSUM_KEY = "sha256";
    static final Set<String> RESERVED = Set.of(VERSION_KEY, CHECKSUM_KEY);
    /** The first bytes of every header; the version follows. */
    static final String MAGIC = "{\"" + METADATA + "\":{\"" + VERSION_KEY + "\":\"";
    /** Between the version and the checksum. */
    static final String AFTER_VERSION = "\",\"" + CHECKSUM_KEY + "\":\"";

    static final int CHECKSUM_DIGITS = 64;
    static final int LENGTH_BYTES = 8;
    static final int ALIGNMENT = 64;
    /** Far beyond any real header, and far below what could hurt. */
    static final int MAX_HEADER = 16 << 20;

    private static final int CHUNK = 1 << 20;

    private TensorFileWriter() {}

    static void write(Path file, NavigableMap<String, String> metadata, NavigableMap<String, TensorFile.Tensor> tensors)
            throws IOException {
        List<String> order = order(tensors);
        byte[] header = header(metadata, tensors, order);
        if (header.length > MAX_HEADER) {
            throw new IOException(file + ": cannot be written: its header of " + header.length
                    + " bytes exceeds the limit of " + MAX_HEADER);
        }
        AtomicFile.write(file, channel -> {
            MessageDigest digest = digest();
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
            write(channel, digest, chunk.putLong(header.length));
            write(channel, digest, ByteBuffer.wrap(header).position(header.length));
            for (String name : order) {
                write(channel, digest, chunk, tensors.get(name));
            }
            String checksum = HexFormat.of().formatHex(digest.digest());
            ByteBuffer digits = ByteBuffer.wrap(checksum.getBytes(StandardCharsets.US_ASCII));
            long position = checksumOffset(VERSION);
            while (digits.hasRemaining()) {
                position += channel.write(digits, position);
            }
        });
    }

    /** Wide elements first, so that every tensor is aligned to its element; then by name. */
    private static List<String> order(NavigableMap<String, TensorFile.Tensor> tensors) {
        List<String> order = new ArrayList<>(tensors.keySet());
        order.sort(Comparator.comparingInt(name -> -tensors.get(name).type().bytes));
        return order;
    }

    /** The header with zeros for the checksum, padded with spaces so that the data begins aligned. */
    private static byte[] header(
            NavigableMap<String, String> metadata,
            NavigableMap<String, TensorFile.Tensor> tensors,
            List<String> order) {
        Map<String, Object> strings = new LinkedHashMap<>();
        strings.put(VERSION_KEY, Integer.toString(VERSION));
        strings.put(CHECKSUM_KEY, "0".repeat(CHECKSUM_DIGITS));
        strings.putAll(metadata);
        Map<String, Object> header = new LinkedHashMap<>();
        header.put(METADATA, strings);
        long offset = 0;
        for (String name : order) {
            TensorFile.Tensor tensor = tensors.get(name);
            long end = offset + tensor.data().byteSize();
            List<Integer> shape = new ArrayList<>();
            for (int size : tensor.shape()) {
                shape.add(size);
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", tensor.type().name());
            entry.put("shape", shape);
            entry.put("data_offsets", List.of(offset, end));
            header.put(name, entry);
            offset = end;
        }
        String text = Json.write(header);
        int length = LENGTH_BYTES + text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat(-length & ALIGNMENT - 1)).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(FileChannel channel, MessageDigest digest, ByteBuffer chunk, TensorFile.Tensor tensor)
            throws IOException {
        int width = tensor.type().bytes;
        long bytes = tensor.data().byteSize();
        for (long from = 0; from < bytes; from += CHUNK) {
            int size = (int) Math.min(CHUNK, bytes - from);
            chunk.clear();
            MemorySegment.copy(
                    tensor.data(),
                    layout(tensor),
                    from,
                    MemorySegment.ofBuffer(chunk),
                    layout(tensor.type(), ByteOrder.LITTLE_ENDIAN),
                    0,
                    size / width);
            write(channel, digest, chunk.position(size));
        }
    }

    private static void write(FileChannel channel, MessageDigest digest, ByteBuffer filled) throws IOException {
        filled.flip();
        digest.update(filled.duplicate());
        while (filled.hasRemaining()) {
            channel.write(filled);
        }
        filled.clear();
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Where the digits of the checksum stand in a file of this version. */
    static int checksumOffset(int version) {
        return LENGTH_BYTES + MAGIC.length() + Integer.toString(version).length() + AFTER_VERSION.length();
    }

    static ValueLayout layout(TensorFile.Tensor tensor) {
        return layout(tensor.type(), tensor.littleEndian() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.nativeOrder());
    }

    private static ValueLayout layout(TensorFile.Type type, ByteOrder order) {
        return switch (type) {
            case U8 -> ValueLayout.JAVA_BYTE;
            case I32 -> ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
            case F32 -> ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
            case I64 -> ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
        };
    }
}
