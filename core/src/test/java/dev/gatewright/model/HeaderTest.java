package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.encode.Encoder;
import dev.gatewright.format.CircuitFiles;
import dev.gatewright.format.Design;
import dev.gatewright.format.Format;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file says what it takes and gives, whatever its language. */
class HeaderTest {
    @TempDir
    private Path folder;

    static Stream<Format> formats() {
        return Stream.concat(
                Exports.FORMATS.stream(),
                Stream.of("verilog:levels=3,valid", "vhdl:thresholds", "verilog:board=arty-a7")
                        .map(Exports::parse));
    }

    private static Design design() {
        Encoder encoder = RandomModels.columns();
        Model model = RandomModels.model(
                        encoder, 12, new Readout.GroupSum(3, 2.5f), List.of("cook", "smith", "\u201csmith\u201d"))
                .withProvenance(new Provenance(Collections.emptySortedMap()).with("data", "census 1994"));
        return Exports.design(model, "jobs");
    }

    private static byte[] written(Format format, Design design) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(design, out);
        return out.toByteArray();
    }

    /** What a file says, or of a jar the text in it; with quotes of XML and of JSON in JSON as plain ones. */
    private static String text(byte[] file) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write(file);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                zip.transferTo(text);
            }
        }
        return text.toString(StandardCharsets.UTF_8)
                .replace("&quot;", "\"")
                .replace("&gt;", ">")
                .replace("\\u005cu", "\\u")
                .replace("\\u0022", "\"");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void itSaysWhatItTakesAndGives(Format format) throws IOException {
        Design design = design();
        assertThat(text(written(format, design)))
                .as(format.name())
                .contains("\"jobs\"", "x[0] to x[10], single bits", "y[0] to y[11], single bits")
                .contains("3 classes of 4 outputs each", "y[4*c] to y[4*c+3]", "unsigned", "tau = 2.5")
                .contains("\"cook\"", "\"smith\"", "\\u201csmith\\u201d", "predicts: \"y\"")
                .contains(
                        "\"data\": \"census 1994\"",
                        "encoder: " + design.encoder().summary())
                .contains(design.encoder().describe(0), design.encoder().describe(10));
    }

    /** A format that says that it is read back is, and no other. */
    @ParameterizedTest
    @MethodSource("formats")
    void itSaysWhetherItIsReadBack(Format format) throws IOException {
        Path file = folder.resolve("jobs" + format.suffix());
        Files.write(file, written(format, design()));
        boolean read = true;
        try {
            CircuitFiles.read(file);
        } catch (dev.gatewright.encode.InputException e) {
            read = false;
        }
        assertThat(format.isRead()).as(format.name()).isEqualTo(read);
    }
}
