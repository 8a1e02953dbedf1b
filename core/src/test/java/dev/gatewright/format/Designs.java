package dev.gatewright.format;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Images;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Designs around circuits that no encoder was made for. */
final class Designs {
    private Designs() {}

    /** Every input is whether one pixel exceeds 127; the outputs are read as they are. */
    static Design bits(String name, Circuit circuit) {
        return design(name, circuit, new Design.Score.Bits(), List.of());
    }

    /** As {@link #bits}, with classes that the outputs vote for. */
    static Design votes(String name, CircuitForm circuit, int classes) {
        List<String> labels =
                IntStream.range(0, classes).mapToObj(i -> "label " + i).toList();
        return design(name, circuit, new Design.Score.Votes(classes, 2.5f), labels);
    }

    private static Design design(String name, CircuitForm form, Design.Score score, List<String> labels) {
        int bits = form.inputs();
        float[] values = new float[bits];
        java.util.Arrays.fill(values, 127);
        Encoder encoder = new Encoder(
                new Encoder.Inputs.Pixels(1, 1, bits), IntStream.range(0, bits).toArray(), new byte[bits], values);
        return new Design(name, form.flat(), form, encoder, score, "digit", labels, Collections.emptySortedMap());
    }

    /** Random pixels, and what the reference evaluator makes of them. */
    static Vectors vectors(Design design, int count) {
        int size = ((Encoder.Inputs.Pixels) design.encoder().inputs()).size();
        byte[] pixels = new byte[count * size];
        new java.util.Random(count).nextBytes(pixels);
        Images images = new Images(count, 1, 1, size, pixels);
        BitMatrix in = design.encoder().encode(images);
        return new Vectors(images, in, ReferenceEvaluator.evaluate(design.circuit(), in));
    }

    /** What a format writes. */
    static byte[] written(Format format, Design design) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try {
            format.write(design, out);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** What a format writes, as text. */
    static String text(Format format, Design design) {
        return new String(written(format, design), java.nio.charset.StandardCharsets.UTF_8);
    }
}
