package dev.gatewright.format;

import dev.gatewright.encode.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads circuits back: AIGER (binary and ASCII), BLIF, ISCAS, our JSON, and the combinational Verilog that {@link Verilog} writes.
 * Files are hostile until they are read to their end: sizes are checked before there is memory for them.
 */
public final class CircuitFiles {
    /** No file of more bytes is read. */
    public static final long MOST_BYTES = 1L << 30;

    private CircuitFiles() {}

    /**
     * The circuit of a file, whose format its name and its first bytes tell.
     *
     * @throws InputException with the file, the line or byte, what was found and what was expected there
     * @throws IOException if it cannot be read at all
     */
    public static ReadCircuit read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    file + ": " + (Files.exists(file) ? "is not a regular file" : "there is no such file"));
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new InputException(file + ": has " + Files.size(file) + " bytes; up to " + MOST_BYTES + " are read");
        }
        byte[] bytes = Files.readAllBytes(file);
        try {
            return read(bytes, file.toString().toLowerCase(Locale.ROOT));
        } catch (InputException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    private static ReadCircuit read(byte[] bytes, String name) {
        if (starts(bytes, "aig ") || starts(bytes, "aag ")) {
            return new AigerReader(bytes).read();
        }
        if (starts(bytes, "{")) {
            return new JsonReader(bytes).read();
        }
        if (name.endsWith(".v")) {
            return new VerilogReader(bytes).read();
        }
        if (name.endsWith(".blif")) {
            return new BlifReader(bytes).read();
        }
        if (name.endsWith(".bench")) {
            return new IscasBenchReader(bytes).read();
        }
        throw new InputException("is neither AIGER, BLIF (.blif), ISCAS (.bench), Verilog (.v) nor a circuit in JSON");
    }

    private static boolean starts(byte[] bytes, String word) {
        byte[] expected = word.getBytes(StandardCharsets.US_ASCII);
        return bytes.length >= expected.length
                && java.util.Arrays.equals(bytes, 0, expected.length, expected, 0, expected.length);
    }
}
