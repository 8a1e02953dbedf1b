package dev.gatewright.model;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads tensor files that may be hostile: every length is checked against the file before anything is allocated. */
final class TensorFileReader {
    private static final int DIGEST_CHUNK = 1 << 28;
    private static final int MAX_DIMENSIONS = 8;

    private final MemorySegment file;

    private TensorFileReader(MemorySegment file) {
        this.file = file;
    }

    static TensorFile read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new FormatException(path
                    + (Files.isDirectory(path)
                            ? ": is a folder where a file was expected"
                            : Files.exists(path) ? ": is not a regular file" : ": there is no such file"));
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            // Released when the last tensor is forgotten: a mapping outlives its channel.
            return read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
        } catch (FormatException e) {
            throw new FormatException(path + ": " + e.getMessage());
        } catch (AccessDeniedException e) {
            throw new IOException(path + ": cannot be read: permission denied", e);
        }
    }

    /** As {@link #read(Path)}, of a file's content. */
    static TensorFile read(MemorySegment file) throws FormatException {
        return new TensorFileReader(file).read();
    }

    private TensorFile read() throws FormatException {
        if (file.byteSize() == 0) {
            throw new FormatException("is empty");
        }
        checkMagic();
        int headerLength = headerLength();
        Map<?, ?> header = header(headerLength);
        long start = TensorFileWriter.LENGTH_BYTES + (long) headerLength;
        NavigableMap<String, String> metadata = metadata(header);
        NavigableMap<String, TensorFile.Tensor> tensors = tensors(header, start);
        checkChecksum(metadata.get(TensorFileWriter.CHECKSUM_KEY));
        TensorFileWriter.RESERVED.forEach(metadata::remove);
        return new TensorFile(metadata, tensors);
    }

    private void checkMagic() throws FormatException {
        byte[] magic = TensorFileWriter.MAGIC.getBytes(StandardCharsets.US_ASCII);
        int fixed = TensorFileWriter.checksumOffset(TensorFileWriter.VERSION) + TensorFileWriter.CHECKSUM_DIGITS;
        long seen = Math.min(magic.length, file.byteSize() - TensorFileWriter.LENGTH_BYTES);
        for (int i = 0; i < seen; i++) {
            if (file.get(ValueLayout.JAVA_BYTE, TensorFileWriter.LENGTH_BYTES + i) != magic[i]) {
                throw new FormatException("is not a Gatewright file");
            }
        }
        if (file.byteSize() < fixed) {
            throw new FormatException("is truncated after " + file.byteSize() + " bytes, or not a Gatewright file");
        }
        int at = TensorFileWriter.LENGTH_BYTES + magic.length;
        StringBuilder digits = new StringBuilder();
        while (digits.length() < 9) {
            byte digit = file.get(ValueLayout.JAVA_BYTE, at + digits.length());
            if (digit < '0' || digit > '9') {
                break;
            }
            digits.append((char) digit);
        }
        if (!digits.toString().equals(Integer.toString(TensorFileWriter.VERSION))) {
            throw new FormatException("has format version " + digits + ", which this program does not read; expected "
                    + TensorFileWriter.VERSION);
        }
        byte[] rest = TensorFileWriter.AFTER_VERSION.getBytes(StandardCharsets.US_ASCII);
        if (file.asSlice(at + digits.length(), rest.length).mismatch(MemorySegment.ofArray(rest)) != -1) {
            throw new FormatException("has a damaged header: the checksum is not in its place");
        }
    }

    private int headerLength() throws FormatException {
        long length = file.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
        if (length < 0 || length > TensorFileWriter.MAX_HEADER) {
            throw new FormatException("names a header of " + Long.toUnsignedString(length) + " bytes where at most "
                    + TensorFileWriter.MAX_HEADER + " are allowed");
        }
        long start = TensorFileWriter.LENGTH_BYTES + length;
        if (start > file.byteSize()) {
            throw new FormatException(
                    "is truncated: its header ends at byte " + start + ", the file at byte " + file.byteSize());
        }
        if (start % TensorFileWriter.ALIGNMENT != 0) {
            throw new FormatException(
                    "has data at byte " + start + ", which is not a multiple of " + TensorFileWriter.ALIGNMENT);
        }
        return (int) length;
    }

    private Map<?, ?> header(int length) throws FormatException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(file.asSlice(TensorFileWriter.LENGTH_BYTES, length).asByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("has a damaged header: it is not UTF-8");
        }
        try {
            if (Json.parse(text) instanceof Map<?, ?> header) {
                return header;
            }
        } catch (FormatException e) {
            throw new FormatException("has a damaged header: " + e.getMessage());
        }
        throw new FormatException("has a damaged header: it is not an object");
    }

    private static NavigableMap<String, String> metadata(Map<?, ?> header) throws FormatException {
        NavigableMap<String, String> metadata = new TreeMap<>();
        if (header.get(TensorFileWriter.METADATA) instanceof Map<?, ?> strings) {
            for (Map.Entry<?, ?> entry : strings.entrySet()) {
                if (!(entry.getValue() instanceof String value)) {
                    throw new FormatException("has metadata " + entry.getKey() + " that is not a string");
                }
                metadata.put((String) entry.getKey(), value);
            }
        }
        return metadata;
    }

    /** A header's word on one tensor. */
    private record Entry(String name, TensorFile.Type type, int[] shape, long begin, long end) {}

    private NavigableMap<String, TensorFile.Tensor> tensors(Map<?, ?> header, long start) throws FormatException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<?, ?> field : header.entrySet()) {
            if (!field.getKey().equals(TensorFileWriter.METADATA)) {
                entries.add(entry((String) field.getKey(), field.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long offset = 0;
        for (Entry entry : entries) {
            if (entry.begin != offset) {
                throw new FormatException("has tensor " + entry.name + " at offset " + entry.begin + " where " + offset
                        + " was expected: tensors neither overlap nor leave gaps");
            }
            offset = entry.end;
        }
        long found = file.byteSize() - start;
        if (offset != found) {
            throw new FormatException((found < offset ? "is truncated: " : "goes on beyond its end: ") + found
                    + " bytes of data where its header describes " + offset);
        }
        NavigableMap<String, TensorFile.Tensor> tensors = new TreeMap<>();
        for (Entry entry : entries) {
            MemorySegment data = file.asSlice(start + entry.begin, entry.end - entry.begin);
            tensors.put(entry.name, new TensorFile.Tensor(entry.type, entry.shape, data, true));
        }
        return tensors;
    }

    private static Entry entry(String name, Object value) throws FormatException {
        if (!(value instanceof Map<?, ?> fields)
                || fields.size() != 3
                || !(fields.get("dtype") instanceof String dtype)
                || !(fields.get("shape") instanceof List<?> sizes)
                || !(fields.get("data_offsets") instanceof List<?> offsets)
                || sizes.size() > MAX_DIMENSIONS
                || offsets.size() != 2
                || !(offsets.get(0) instanceof Long begin)
                || !(offsets.get(1) instanceof Long end)) {
            throw new FormatException("describes tensor " + name
                    + " by something other than dtype, shape (up to 8 sizes) and two data_offsets");
        }
        TensorFile.Type type = Arrays.stream(TensorFile.Type.values())
                .filter(known -> known.name().equals(dtype))
                .findFirst()
                .orElseThrow(() -> new FormatException(
                        "has tensor " + name + " of dtype " + dtype + "; expected U8, I32, F32 or I64"));
        int[] shape = new int[sizes.size()];
        long elements = 1;
        for (int i = 0; i < shape.length; i++) {
            if (!(sizes.get(i) instanceof Long size) || size < 0 || size > TensorFile.MAX_ELEMENTS) {
                throw new FormatException("has tensor " + name + " of shape " + sizes);
            }
            shape[i] = (int) (long) size;
            elements *= size;
            if (elements > TensorFile.MAX_ELEMENTS) {
                throw new FormatException(
                        "has tensor " + name + " of more than " + TensorFile.MAX_ELEMENTS + " elements");
            }
        }
        if (begin < 0 || end < begin || end - begin != elements * type.bytes) {
            throw new FormatException("has tensor " + name + " of " + elements + " elements of " + dtype
                    + " at offsets " + begin + " to " + end);
        }
        return new Entry(name, type, shape, begin, end);
    }

    private void checkChecksum(String expected) throws FormatException {
        int from = TensorFileWriter.checksumOffset(TensorFileWriter.VERSION);
        int to = from + TensorFileWriter.CHECKSUM_DIGITS;
        MessageDigest digest = TensorFileWriter.digest();
        digest.update(file.asSlice(0, from).asByteBuffer());
        digest.update("0".repeat(TensorFileWriter.CHECKSUM_DIGITS).getBytes(StandardCharsets.US_ASCII));
        for (long at = to; at < file.byteSize(); at += DIGEST_CHUNK) {
            long size = Math.min(DIGEST_CHUNK, file.byteSize() - at);
            digest.update(file.asSlice(at, size).asByteBuffer());
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(expected)) {
            throw new FormatException("is damaged: its content has SHA-256 " + found + ", its header says " + expected);
        }
    }
}
