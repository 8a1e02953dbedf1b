package dev.gatewright.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EncoderSpecTest {
    private static float[] fit(String spec, float... values) {
        Encoder encoder =
                EncoderSpec.parse(spec).fit(new Table(values.length, List.of(new NumberColumn("x", false, values))));
        float[] thresholds = new float[encoder.bits()];
        for (int bit = 0; bit < thresholds.length; bit++) {
            thresholds[bit] = encoder.value(bit);
        }
        return thresholds;
    }

    private static float[] upTo(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i;
        }
        return values;
    }

    @Test
    void parsesWhatItPrintsInTheManual() {
        assertThat(EncoderSpec.parse("threshold")).isEqualTo(new EncoderSpec.Threshold(0.5f));
        assertThat(EncoderSpec.parse("threshold:0.25")).isEqualTo(new EncoderSpec.Threshold(0.25f));
        assertThat(EncoderSpec.parse("thermometer:3"))
                .isEqualTo(new EncoderSpec.Thermometer(3, EncoderSpec.Spacing.DEFAULT));
        assertThat(EncoderSpec.parse(" Thermometer: 7 , gaussian "))
                .isEqualTo(new EncoderSpec.Thermometer(7, EncoderSpec.Spacing.GAUSSIAN));
        assertThat(EncoderSpec.parse("auto")).isEqualTo(new EncoderSpec.Auto());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "auto:1",
                "threshold:",
                "threshold:0",
                "threshold:1",
                "threshold:nan",
                "threshold:-1",
                "thermometer:",
                "thermometer:0",
                "thermometer:255",
                "thermometer:3,",
                "thermometer:3,other",
                "thermometer:3,uniform,1",
                "thermometer:99999999999"
            })
    void refusesWhatItCannotRead(String text) {
        if (text.equals("thermometer:3,")) {
            assertThat(EncoderSpec.parse(text)).isEqualTo(EncoderSpec.parse("thermometer:3"));
            return;
        }
        assertThatThrownBy(() -> EncoderSpec.parse(text)).isInstanceOf(InputException.class);
    }

    @Test
    void placesThresholdsOfNumbers() {
        assertThat(fit("threshold:0.5", 0, 10, 1)).containsExactly(5);
        assertThat(fit("thermometer:3,uniform", upTo(9))).containsExactly(2, 4, 6);
        assertThat(fit("thermometer:3", upTo(8))).containsExactly(1.5f, 3.5f, 5.5f);
        assertThat(fit("thermometer:3,gaussian", -1, 1)).containsExactly(-0.67448974f);
        assertThat(fit("auto", 1, 2, 4)).containsExactly(1.5f, 3);
    }

    @Test
    void aFrequentValueTakesOnlyOneBin() {
        float[] values = new float[1000];
        for (int i = 0; i < 100; i++) {
            values[i] = i + 1;
        }
        float[] thresholds = fit("thermometer:5,quantile", values);
        assertThat(thresholds).containsExactly(0.5f, 20.5f, 40.5f, 60.5f, 80.5f);
    }

    @Test
    void autoKeepsEveryCutOfFewValues() {
        float[] values = new float[160];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 16;
        }
        assertThat(fit("auto", values)).hasSize(15);
        assertThat(fit("auto", upTo(1000))).hasSize(15);
    }

    @Test
    void everyThresholdDividesTheTrainingValues() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            float[] values = new float[2 + random.nextInt(60)];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(3) == 0 ? random.nextInt(4) : (float) random.nextGaussian() * 5;
            }
            values[0] = -1;
            values[1] = 3;
            for (String spec : List.of("threshold:0.3", "thermometer:9,uniform", "thermometer:9", "auto")) {
                float[] thresholds = fit(spec, values);
                float last = Float.NEGATIVE_INFINITY;
                for (float threshold : thresholds) {
                    float below = last;
                    assertThat(threshold).as("seed %d %s", seed, spec).isGreaterThan(last);
                    assertThat(count(values, below, threshold))
                            .as("seed %d %s", seed, spec)
                            .isPositive();
                    last = threshold;
                }
                assertThat(count(values, last, Float.POSITIVE_INFINITY))
                        .as("seed %d %s", seed, spec)
                        .isPositive();
            }
        }
    }

    private static long count(float[] values, float above, float to) {
        int count = 0;
        for (float value : values) {
            count += value > above && value <= to ? 1 : 0;
        }
        return count;
    }

    @Test
    void infinitiesAndExtremesDoNotPoisonFitting() {
        assertThat(fit("thermometer:1,uniform", Float.NEGATIVE_INFINITY, 0, 2, Float.POSITIVE_INFINITY))
                .containsExactly(1);
        assertThat(fit("auto", Float.MAX_VALUE, -Float.MAX_VALUE)).containsExactly(0);
        assertThat(fit("auto", 1f, Math.nextUp(1f))).containsExactly(1f);
        assertThat(fit("auto", 0f, -0f, 1f)).containsExactly(0.5f);
    }

    @Test
    void refusesDataThatDoNotVary() {
        assertThatThrownBy(() -> fit("auto", 1, 1, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no column of the training data varies");
        assertThatThrownBy(() -> fit("auto", Float.NaN, Float.NaN)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> fit("auto")).isInstanceOf(InputException.class);
    }

    @Test
    void fitsEachPixelWhereAsked() {
        byte[] pixels = {0, 10, 7, 0, 20, 7, 0, 30, 7, (byte) 200, 40, 7};
        Encoder encoder = EncoderSpec.parse("thermometer:3,quantile").fit(new Images(4, 1, 1, 3, pixels));
        assertThat(encoder.bits()).isEqualTo(4);
        assertThat(new int[] {encoder.column(0), encoder.column(1), encoder.column(2), encoder.column(3)})
                .containsExactly(0, 1, 1, 1);
        assertThat(new float[] {encoder.value(0), encoder.value(1), encoder.value(2), encoder.value(3)})
                .containsExactly(100, 15, 25, 35);
    }

    @Test
    void knowsTheNormalDistribution() {
        assertThat(Thresholds.normalQuantile(0.975)).isCloseTo(1.959963984540054, within(1e-9));
        assertThat(Thresholds.normalQuantile(1 / 255.0)).isCloseTo(-2.6587489900810692, within(1e-9));
        assertThat(Thresholds.normalQuantile(0.5)).isEqualTo(0);
    }

    @Test
    void textsThatAreNumbers() {
        for (String number : List.of("0", "-1", "+2.5", ".5", "3.", "1e9", "1E-3", "inf", "-Infinity", "007")) {
            assertThat(NumberText.isNumber(number)).as(number).isTrue();
        }
        for (String text : List.of("", "-", ".", "1e", "1f", "2d", "0x10", "NaN", "1_000", "1 2", "e5", "1,5", "--1")) {
            assertThat(NumberText.isNumber(text)).as(text).isFalse();
        }
        assertThat(Arrays.asList(NumberText.of(3), NumberText.of(0.5f), NumberText.of(-0f), NumberText.of(1e20f)))
                .containsExactly("3", "0.5", "0", "1.0E20");
    }
}
