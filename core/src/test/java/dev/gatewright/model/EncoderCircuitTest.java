package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Column;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Encoder.InputColumn;
import dev.gatewright.encode.Encoder.Kind;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.RawBits;
import dev.gatewright.encode.RawField;
import dev.gatewright.encode.Samples;
import dev.gatewright.encode.Table;
import dev.gatewright.format.EncoderCircuit;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The encoder as gates over raw bits gives what the encoder gives, for every value. */
class EncoderCircuitTest {
    private static void check(Encoder encoder, Samples samples) {
        Circuit gates = EncoderCircuit.of(encoder);
        BitMatrix raw = new RawBits(encoder).of(samples);
        BitMatrix expected = encoder.encode(samples);
        assertThat(ReferenceEvaluator.evaluate(gates, raw)).isEqualTo(expected);
        Circuit circuit = RandomCircuits.random(3, encoder.bits(), 200, 9, 3);
        assertThat(ReferenceEvaluator.evaluate(EncoderCircuit.before(circuit, encoder), raw))
                .isEqualTo(ReferenceEvaluator.evaluate(circuit, expected));
    }

    @Test
    void pixelsAreNumbersOfEightBits() {
        Encoder encoder = RandomModels.pixels();
        byte[] pixels = new byte[256 * RandomModels.PIXEL_COUNT];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i / RandomModels.PIXEL_COUNT);
        }
        assertThat(new RawBits(encoder).width()).isEqualTo(8 * RandomModels.PIXEL_COUNT);
        check(encoder, new Images(256, 2, 9, 10, pixels));
    }

    @Test
    void columnsOfEveryKindAndMissingValues() {
        Encoder encoder = RandomModels.columns();
        List<String> jobs = new ArrayList<>(RandomModels.JOBS);
        jobs.add("unheard of");
        int rows = 600;
        Random random = new Random(1);
        float[] ages = new float[rows];
        float[] members = new float[rows];
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++) {
            ages[i] = random.nextInt(9) == 0 ? Float.NaN : random.nextInt(-8, 8) / 4f;
            members[i] = random.nextInt(3) == 0 ? Float.NaN : random.nextInt(2);
            codes[i] = random.nextInt(-1, jobs.size());
        }
        List<Column> columns = List.of(
                new NumberColumn("age", false, ages),
                new CategoryColumn("job", jobs, codes),
                new NumberColumn("member", true, members),
                new NumberColumn("unread", false, ages));
        check(encoder, new Table(rows, columns));
        assertThat(new RawBits(encoder).fields())
                .extracting(RawField::name, RawField::offset, RawField::bits)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("age", 0, 4),
                        org.assertj.core.groups.Tuple.tuple("job", 4, 3),
                        org.assertj.core.groups.Tuple.tuple("member", 7, 2));
    }

    private static Encoder numbers(float... thresholds) {
        return new Encoder(
                new Encoder.Inputs.Columns(List.of(new InputColumn("x", Kind.NUMBER, List.of()))),
                new int[thresholds.length],
                new byte[thresholds.length],
                thresholds);
    }

    /** Thresholds of all sizes; values on, beside and far from them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void numbersBesideTheirThresholds(int seed) {
        Random random = new Random(seed);
        float[] thresholds = new float[1 + random.nextInt(6)];
        float scale = (float) Math.scalb(1.0, random.nextInt(-6, 12));
        for (int i = 0; i < thresholds.length; i++) {
            float whole = random.nextInt(seed % 2 == 0 ? 0 : -100, 100);
            thresholds[i] = seed % 3 == 0 ? whole / 4 : (random.nextFloat() + whole) * scale;
        }
        List<Float> values = new ArrayList<>(List.of(
                Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, Float.MAX_VALUE, -Float.MAX_VALUE));
        for (float threshold : thresholds) {
            values.addAll(List.of(
                    threshold,
                    Math.nextUp(threshold),
                    Math.nextDown(threshold),
                    threshold + 1,
                    threshold - 1,
                    2 * threshold));
        }
        float[] column = new float[values.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = values.get(i);
        }
        check(numbers(thresholds), new Table(column.length, List.of(new NumberColumn("x", false, column))));
    }

    @Test
    void fieldsAreAsNarrowAsThresholdsAllow() {
        assertThat(widths(37.5f)).containsExactly(7);
        assertThat(widths(0)).containsExactly(1);
        assertThat(widths(7, 6)).containsExactly(4);
        assertThat(widths(-1)).containsExactly(1 + 1);
        assertThat(widths(-0.25f, 1)).containsExactly(4);
    }

    private static int[] widths(float... thresholds) {
        return new RawBits(numbers(thresholds))
                .fields().stream().mapToInt(RawField::bits).toArray();
    }

    @Test
    void thresholdsTooFarApartAreRefused() {
        assertThatThrownBy(() -> new RawBits(numbers(1e-10f, 1e12f)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("column \"x\" has thresholds from")
                .hasMessageContaining("which a number of 52 bits cannot hold");
        assertThat(Arrays.stream(widths(1e-5f)).sum()).isLessThanOrEqualTo(52);
    }
}
