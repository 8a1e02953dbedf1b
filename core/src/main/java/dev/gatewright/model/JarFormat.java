package dev.gatewright.model;

import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.InputException;
import dev.gatewright.engine.CircuitClass;
import dev.gatewright.format.Bench;
import dev.gatewright.format.Design;
import dev.gatewright.format.Format;
import dev.gatewright.format.FormatOptions;
import dev.gatewright.format.Header;
import dev.gatewright.format.JavaSource;
import dev.gatewright.format.TextOut;
import dev.gatewright.format.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** A jar with one class without dependencies, {@link CircuitClass}, and a text of what it is. */
public final class JarFormat implements Format {
    private final JavaSource source;

    public JarFormat() {
        this(new JavaSource());
    }

    private JarFormat(JavaSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return "jar";
    }

    @Override
    public String suffix() {
        return ".jar";
    }

    @Override
    public String about() {
        return "a jar of one class without dependencies (JDK 17 or later); option package=org.example";
    }

    @Override
    public JarFormat with(FormatOptions options) {
        return new JarFormat(source.with(options));
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        return source.bench(design, vectors, stem, "java -cp " + stem + ".jar " + stem + "_test.java");
    }

    @Override
    public void write(Design design, OutputStream out) throws IOException {
        String name = source.qualifiedName(design);
        CircuitClass type;
        try {
            type = CircuitClass.of(design.circuit(), name);
        } catch (IllegalArgumentException e) {
            throw new InputException("format jar: " + e.getMessage(), e);
        }
        if (design.score() instanceof Design.Score.Votes votes) {
            type = type.withClasses(votes.classes());
            if (design.encoder().inputs() instanceof Encoder.Inputs.Pixels pixels
                    && pixels.stencils().isEmpty()) {
                type = withPixels(type, design.encoder(), pixels.size());
            }
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        TextOut lines = new TextOut(text);
        Header.write(lines, "", design, name, "class: " + name);
        lines.flush();
        type.writeJar(out, Map.of("gatewright.txt", text.toByteArray()));
    }

    /** A whole number exceeds a value where it exceeds the value's floor. */
    private static CircuitClass withPixels(CircuitClass type, Encoder encoder, int rowBytes) {
        int[] columns = new int[encoder.bits()];
        int[] limits = new int[encoder.bits()];
        for (int bit = 0; bit < columns.length; bit++) {
            columns[bit] = encoder.column(bit);
            limits[bit] = (int) Math.clamp(Math.floor(encoder.value(bit)), -1, 255);
        }
        return type.withPixels(rowBytes, columns, limits);
    }
}
