package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Samples;
import dev.gatewright.encode.Table;
import dev.gatewright.engine.Engine;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions are those of the encoder, the reference evaluator and plain counting. */
class PredictorTest {
    private static final Encoder PIXELS = pixels();

    private static Encoder pixels() {
        Random random = new Random(5);
        int bits = 400;
        int[] columns = random.ints(bits, 0, 2 * 9 * 10).toArray();
        float[] values = new float[bits];
        for (int i = 0; i < bits; i++) {
            values[i] = random.nextFloat() * 300 - 20;
        }
        return new Encoder(new Encoder.Inputs.Pixels(2, 9, 10), columns, new byte[bits], values);
    }

    private static Images images(int rows) {
        byte[] bytes = new byte[rows * 2 * 9 * 10];
        new Random(rows).nextBytes(bytes);
        return new Images(rows, 2, 9, 10, bytes);
    }

    private static Circuit circuit(int inputs, int outputs) {
        Random random = new Random(inputs);
        CircuitBuilder builder = new CircuitBuilder(inputs);
        int[] wires = IntStream.range(0, outputs)
                .map(i -> builder.gate(
                        1 + random.nextInt(14),
                        builder.input(random.nextInt(inputs)),
                        builder.input(random.nextInt(inputs))))
                .toArray();
        return builder.build(wires);
    }

    private static Model model(Encoder encoder, int outputs, Readout readout) {
        List<String> labels = readout instanceof Readout.GroupSum sum
                ? IntStream.range(0, sum.classes()).mapToObj(i -> "label" + i).toList()
                : List.of();
        return new Model(
                encoder, circuit(encoder.bits(), outputs), readout, "y", labels, new Provenance(new TreeMap<>()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 127, 1000})
    void predictsClassesOfImages(int rows) {
        checkClasses(model(PIXELS, 35, new Readout.GroupSum(7, 2.5f)), images(rows));
    }

    @Test
    void predictsClassesOfTables() {
        Encoder encoder = new Encoder(
                new Encoder.Inputs.Columns(List.of(
                        new Encoder.InputColumn("age", Encoder.Kind.NUMBER, List.of()),
                        new Encoder.InputColumn("job", Encoder.Kind.CATEGORY, List.of("cook", "smith")))),
                new int[] {0, 0, 1, 1},
                new byte[] {0, 0, 1, 2},
                new float[] {0, 0.5f, 1, 0});
        Random random = new Random(1);
        float[] ages = new float[300];
        int[] jobs = new int[300];
        for (int i = 0; i < 300; i++) {
            ages[i] = (float) random.nextGaussian();
            jobs[i] = random.nextInt(3) - 1;
        }
        Samples table = new Table(
                300,
                List.of(
                        new CategoryColumn("job", List.of("cook", "smith"), jobs),
                        new NumberColumn("age", false, ages)));
        checkClasses(model(encoder, 12, new Readout.GroupSum(3, 1)), table);
    }

    private static void checkClasses(Model model, Samples samples) {
        BitMatrix outputs =
                ReferenceEvaluator.evaluate(model.circuit(), model.encoder().encode(samples));
        Readout.GroupSum sum = (Readout.GroupSum) model.readout();
        int size = outputs.bits() / sum.classes();
        float[] scores = new float[samples.rows() * sum.classes()];
        int[] classes = new int[samples.rows()];
        for (int row = 0; row < samples.rows(); row++) {
            for (int k = 0; k < sum.classes(); k++) {
                scores[row * sum.classes() + k] = count(outputs, row, k * size, size) / sum.tau();
                if (scores[row * sum.classes() + k] > scores[row * sum.classes() + classes[row]]) {
                    classes[row] = k;
                }
            }
        }
        for (int threads = 1; threads <= 3; threads++) {
            try (Predictor predictor = Predictor.of(model, Engine.best(), threads)) {
                assertThat(predictor.classes(samples)).isEqualTo(classes);
                assertThat(predictor.scores(samples)).isEqualTo(scores);
                assertThat(predictor.bits(samples).equals(outputs)).isTrue();
            }
        }
    }

    private static int count(BitMatrix outputs, int row, int from, int size) {
        int count = 0;
        for (int output = from; output < from + size; output++) {
            count += outputs.get(row, output) ? 1 : 0;
        }
        return count;
    }

    @Test
    void tiesGoToTheLowestClass() {
        CircuitBuilder builder = new CircuitBuilder(PIXELS.bits());
        Model model = new Model(
                PIXELS,
                builder.build(0, 1, 1),
                new Readout.GroupSum(3, 1),
                "y",
                List.of("a", "b", "c"),
                new Provenance(Collections.emptySortedMap()));
        try (Predictor predictor = Predictor.of(model, Engine.best(), 1)) {
            assertThat(predictor.classes(images(2))).containsExactly(1, 1);
        }
    }

    @Test
    void predictsNumbers() {
        Model model = model(PIXELS, 33, new Readout.Regression(0.25f, -3));
        BitMatrix outputs = ReferenceEvaluator.evaluate(model.circuit(), PIXELS.encode(images(130)));
        try (Predictor predictor = Predictor.of(model, Engine.best(), 2)) {
            float[] values = predictor.values(images(130));
            for (int row = 0; row < values.length; row++) {
                assertThat(values[row]).isEqualTo(-3 + 0.25f * count(outputs, row, 0, 33));
            }
            assertThatThrownBy(() -> predictor.classes(images(1))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesImagesOfAnotherShape() {
        try (Predictor predictor = Predictor.of(model(PIXELS, 4, new Readout.Bits()), Engine.best(), 1)) {
            Images others = new Images(1, 2, 10, 9, new byte[180]);
            assertThatThrownBy(() -> predictor.bits(others)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void refusesWorkAfterClosing() {
        Predictor predictor = Predictor.of(model(PIXELS, 4, new Readout.Bits()), Engine.best(), 2);
        predictor.bits(images(1000));
        predictor.close();
        assertThatThrownBy(() -> predictor.bits(images(1))).isInstanceOf(IllegalStateException.class);
    }
}
