package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.InputException;
import dev.gatewright.format.FormatOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A jar on a class path of its own, against the reference evaluator. */
class JarFormatTest {
    @TempDir
    private Path folder;

    @Test
    void theJarClassifiesRowsOfPixels() throws IOException, ReflectiveOperationException {
        ExportCase each = ExportCase.all().getFirst();
        Path jar = folder.resolve("digits.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarFormat()
                    .with(new FormatOptions("jar", "package=org.example"))
                    .write(Exports.design(each.model(), each.name()), out);
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Class<?> type = loader.loadClass("org.example.Digits");
            Object net = type.getConstructor().newInstance();
            Method classify = type.getMethod("classify", byte[].class);
            byte[] raw = each.raw();
            int width = raw.length / each.rows();
            int labels = each.expected().length - each.rows();
            for (int row = 0; row < each.rows(); row++) {
                assertThat(classify.invoke(net, (Object) Arrays.copyOfRange(raw, row * width, (row + 1) * width)))
                        .isEqualTo((int) each.expected()[labels + row]);
            }
            try (InputStream text = loader.getResourceAsStream("gatewright.txt")) {
                assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("class: org.example.Digits", "class 4: ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"package=org.class", "package=1a", "package=a..b", "folder=x"})
    void wrongOptionsAreNamed(String options) {
        assertThatThrownBy(() -> new JarFormat().with(new FormatOptions("jar", options)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("format ");
    }
}
