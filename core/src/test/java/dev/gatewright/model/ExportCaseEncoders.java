package dev.gatewright.model;

import dev.gatewright.encode.Encoder;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Encoders for circuits that none was made for. */
final class ExportCaseEncoders {
    private ExportCaseEncoders() {}

    /** A bit a pixel: whether it exceeds 127. */
    static Encoder bits(int count) {
        float[] values = new float[count];
        Arrays.fill(values, 127);
        return new Encoder(
                new Encoder.Inputs.Pixels(1, 1, count),
                IntStream.range(0, count).toArray(),
                new byte[count],
                values);
    }
}
