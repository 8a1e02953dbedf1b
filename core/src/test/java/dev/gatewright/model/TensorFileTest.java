package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorFileTest {
    @TempDir
    Path folder;

    static TensorFile small() {
        return TensorFile.builder()
                .metadata("kind", "test")
                .metadata("a \"name\"", "naïve ☃\n")
                .bytes("bytes", new int[] {3}, new byte[] {-1, 0, 1})
                .ints("ints", new int[] {2, 2}, new int[] {1, Integer.MIN_VALUE, 3, -4})
                .floats("floats", new int[] {1}, new float[] {-0.5f})
                .longs("longs", new int[] {2}, new long[] {Long.MIN_VALUE, 7})
                .floats("nothing", new int[] {0, 5}, new float[0])
                .ints("scalar", new int[0], new int[] {42})
                .build();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("a.gate");
        small().write(file);
        TensorFile read = TensorFile.read(file);
        assertThat(read.metadata()).isEqualTo(small().metadata());
        assertThat(read.names()).isEqualTo(small().names());
        assertThat(read.bytes("bytes")).containsExactly(-1, 0, 1);
        assertThat(read.ints("ints")).containsExactly(1, Integer.MIN_VALUE, 3, -4);
        assertThat(read.shape("ints")).containsExactly(2, 2);
        assertThat(read.floats("floats")).containsExactly(-0.5f);
        assertThat(read.longs("longs")).containsExactly(Long.MIN_VALUE, 7);
        assertThat(read.floats("nothing")).isEmpty();
        assertThat(read.shape("nothing")).containsExactly(0, 5);
        assertThat(read.ints("scalar")).containsExactly(42);
        Path again = folder.resolve("b.gate");
        read.write(again);
        assertThat(again).hasSameBinaryContentAs(file);
        read.write(file);
        assertThat(again).hasSameBinaryContentAs(file);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void theDataBeginsAligned() throws IOException {
        Path file = folder.resolve("a.gate");
        small().write(file);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long start = 8 + bytes.getLong(0);
        assertThat(start % 64).isZero();
        assertThat(bytes.getLong((int) start)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void wrongTensorsAreNamed() throws IOException {
        assertThatThrownBy(() -> small().ints("absent"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("there is no tensor absent");
        assertThatThrownBy(() -> small().ints("bytes"))
                .isInstanceOf(FormatException.class)
                .hasMessage("tensor bytes holds U8 where I32 was expected");
        TensorFile.Builder builder =
                TensorFile.builder().ints("a", new int[] {1}, new int[1]).metadata("a", "");
        assertThatThrownBy(() -> builder.ints("a", new int[] {1}, new int[1])).hasMessageContaining("given twice");
        assertThatThrownBy(() -> builder.metadata("a", "")).hasMessageContaining("given twice");
        assertThatThrownBy(() -> builder.metadata("sha256", "")).hasMessageContaining("belongs to the container");
        assertThatThrownBy(() -> builder.ints("b", new int[] {2, 3}, new int[5]))
                .hasMessageContaining("[2, 3]");
        assertThatThrownBy(() -> builder.ints("b", new int[] {-1, -5}, new int[5]))
                .hasMessageContaining("[-1, -5]");
        assertThatThrownBy(() -> builder.ints("b", new int[] {1 << 30, 1 << 30, 16}, new int[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.ints("__metadata__", new int[0], new int[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] bytes = written();
        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Arrays.copyOf(bytes, length), "first " + length + " bytes");
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1), "one byte more");
    }

    @Test
    void everyFlippedBitIsRefused() throws IOException {
        byte[] bytes = written();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
            assertRefused(bytes, "flipped bit " + bit);
            bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"t\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}' | dtype F64",
                "'\"t\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8],\"x\":1}' | other than dtype",
                "'\"t\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0]}' | other than dtype",
                "'\"t\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8.0]}' | other than dtype",
                "'\"t\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,8]}' | of 2 elements",
                "'\"t\":{\"dtype\":\"I64\",\"shape\":[-1],\"data_offsets\":[0,8]}' | of shape [-1]",
                "'\"t\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[8,0]}' | offsets 8 to 0",
                "'\"t\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[-8,0]}' | offsets -8 to 0",
                "'\"t\":{\"dtype\":\"I64\",\"shape\":[2147483639,2147483639,4],\"data_offsets\":[0,8]}' | of more than",
                "'\"t\":{\"dtype\":\"I64\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}' | of shape",
                "'\"t\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[8,16]}' | neither overlap nor leave gaps",
                "'\"t\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},\"u\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}' | neither overlap",
                "'\"t\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"u\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[5,8]}' | leave gaps",
                "'\"t\":{\"dtype\":\"I64\",\"shape\":[9],\"data_offsets\":[0,72]}' | is truncated: 8 bytes",
                "'\"t\":{\"dtype\":\"U8\",\"shape\":[7],\"data_offsets\":[0,7]}' | goes on beyond its end",
                "'\"t\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},\"t\":1' | for the second time",
                "'\"t\":7' | other than dtype",
            })
    void hostileHeadersAreRefusedThoughTheirChecksumIsRight(String tensors, String message) throws IOException {
        byte[] file = forged(TensorFileWriter.MAGIC + "1" + TensorFileWriter.AFTER_VERSION, tensors);
        assertThatThrownBy(() -> read(file)).isInstanceOf(FormatException.class).hasMessageContaining(message);
    }

    @Test
    void theForgeryItselfIsSound() throws IOException {
        byte[] file = forged(
                TensorFileWriter.MAGIC + "1" + TensorFileWriter.AFTER_VERSION,
                "\"t\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}");
        assertThat(read(file).bytes("t")).hasSize(8);
    }

    @Test
    void foreignAndLaterFilesAreNamedSo() throws IOException {
        byte[] later = forged(TensorFileWriter.MAGIC + "2" + TensorFileWriter.AFTER_VERSION, "\"t\":1");
        assertThatThrownBy(() -> read(later)).hasMessageContaining("has format version 2");
        assertThatThrownBy(() -> read("PK\3\4 some other file".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("is not a Gatewright file");
        byte[] plain = forged("{\"t\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},\"x\":\"", "\"y\":1");
        assertThatThrownBy(() -> read(plain)).hasMessageContaining("is not a Gatewright file");
        assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("is empty");
        byte[] header = written();
        header[3] = 127;
        assertThatThrownBy(() -> read(header)).hasMessageContaining("at most 16777216 are allowed");
        Path empty = Files.createFile(folder.resolve("empty.gate"));
        assertThatThrownBy(() -> TensorFile.read(empty)).hasMessage(empty + ": is empty");
        assertThatThrownBy(() -> TensorFile.read(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> TensorFile.read(folder.resolve("absent")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void aFailedWriteLeavesEverythingAsItWas() throws IOException {
        Path file = folder.resolve("a.gate");
        Files.writeString(file, "before");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(ByteBuffer.allocate(100));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": cannot be written: No space left on device");
        assertThat(file).hasContent("before");
        assertThat(folder).isDirectoryContaining(file::equals);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
        assertThatThrownBy(() -> small().write(folder)).hasMessageContaining("is not a regular file");
        assertThatThrownBy(() -> small().write(folder.resolve("no/where.gate")))
                .hasMessageContaining("there is no folder");
    }

    private byte[] written() throws IOException {
        Path file = folder.resolve("written.gate");
        small().write(file);
        return Files.readAllBytes(file);
    }

    private static TensorFile read(byte[] bytes) throws IOException {
        return TensorFileReader.read(MemorySegment.ofArray(bytes));
    }

    private static void assertRefused(byte[] bytes, String what) {
        try {
            read(bytes);
        } catch (FormatException expected) {
            return;
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(what, e);
        }
        throw new AssertionError("accepted: " + what);
    }

    /** A file with eight bytes of data and a correct checksum, whatever its header says. */
    private static byte[] forged(String start, String tensors) {
        String text = start + "0".repeat(64) + "\"}," + tensors + "}";
        text += " ".repeat(-(8 + text.length()) & 63);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length() + 8).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length()).put(text.getBytes(StandardCharsets.UTF_8));
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(file.array());
            file.put(8 + start.length(), HexFormat.of().formatHex(sum).getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        return file.array();
    }
}
