package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import dev.gatewright.engine.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same samples give the same predictions however they come. */
class PredictorFeedsTest {
    private static final int CLASSES = 5;
    private static final Model IMAGES = RandomModels.classes(RandomModels.pixels(), 35, CLASSES);
    private static final Model FEATURES = RandomModels.classes(RandomModels.features(), 35, CLASSES);
    private static final Model TABLES = RandomModels.classes(RandomModels.columns(), 35, CLASSES);

    /** Every engine, on one thread and on two. */
    static Stream<PredictOptions> options() {
        return Engine.all().stream()
                .flatMap(engine -> Stream.of(new PredictOptions(engine, 1), new PredictOptions(engine, 2)));
    }

    private static byte[][] pixels(int rows) {
        byte[][] pixels = new byte[rows][RandomModels.PIXEL_COUNT];
        Random random = new Random(rows);
        for (byte[] row : pixels) {
            random.nextBytes(row);
        }
        return pixels;
    }

    private static byte[] joined(byte[][] rows) {
        byte[] joined = new byte[rows.length * RandomModels.PIXEL_COUNT];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, joined, i * RandomModels.PIXEL_COUNT, RandomModels.PIXEL_COUNT);
        }
        return joined;
    }

    private static float[][] floats(byte[][] rows) {
        float[][] floats = new float[rows.length][RandomModels.PIXEL_COUNT];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < floats[i].length; j++) {
                floats[i][j] = rows[i][j] & 0xFF;
            }
        }
        return floats;
    }

    /** Rows in the encoder's form: age, index of the job or −2, member, unread. */
    private static float[][] people(int rows) {
        Random random = new Random(rows);
        float[][] people = new float[rows][];
        for (int i = 0; i < rows; i++) {
            int job = random.nextInt(6) - 2;
            people[i] = new float[] {
                random.nextInt(8) == 0 ? Float.NaN : (float) random.nextGaussian(),
                job == -1 ? Float.NaN : job,
                random.nextInt(5) == 0 ? Float.NaN : random.nextInt(2),
                7
            };
        }
        return people;
    }

    private static Table table(float[][] people) {
        List<String> names = List.of("true", "nurse", "smith", "3", "cook");
        int[] codes = new int[people.length];
        for (int i = 0; i < codes.length; i++) {
            float job = people[i][1];
            codes[i] = Float.isNaN(job) ? -1 : names.indexOf(job < 0 ? "nurse" : RandomModels.JOBS.get((int) job));
        }
        return new Table(
                people.length,
                List.of(
                        new NumberColumn("member", true, column(people, 2)),
                        new CategoryColumn("job", names, codes),
                        new NumberColumn("more", false, column(people, 3)),
                        new NumberColumn("unread", false, column(people, 3)),
                        new NumberColumn("age", false, column(people, 0))));
    }

    private static float[] column(float[][] rows, int column) {
        float[] values = new float[rows.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[i][column];
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("options")
    void takesPixelsInEveryForm(PredictOptions options) {
        takesPixelsInEveryForm(IMAGES, options);
    }

    @ParameterizedTest
    @MethodSource("options")
    void makesFeaturesOfPixelsInEveryForm(PredictOptions options) {
        takesPixelsInEveryForm(FEATURES, options);
    }

    private static void takesPixelsInEveryForm(Model model, PredictOptions options) {
        try (Predictor predictor = Predictor.of(model, options)) {
            for (int rows : new int[] {0, 1, 7, 63, 64, 65, 255, 256, 257, 1000}) {
                byte[][] pixels = pixels(rows);
                Images images = new Images(rows, 2, 9, 10, joined(pixels));
                int[] expected = RandomModels.expectedClasses(model, CLASSES, images);
                int[] classes = new int[rows];
                predictor.classes(images, classes);
                assertThat(classes).as("%s images, %s", rows, options).isEqualTo(expected);
                predictor.classes(pixels, cleared(classes));
                assertThat(classes).as("%s rows of bytes", rows).isEqualTo(expected);
                predictor.classes(floats(pixels), cleared(classes));
                assertThat(classes).as("%s rows of floats", rows).isEqualTo(expected);
                predictor.classes(MemorySegment.ofArray(joined(pixels)), cleared(classes));
                assertThat(classes).as("%s rows in a segment", rows).isEqualTo(expected);
                assertThat(taken(predictor.classesOfBytes(Arrays.asList(pixels).iterator())))
                        .isEqualTo(expected);
                assertThat(taken(predictor.classesOfFloats(
                                Arrays.asList(floats(pixels)).iterator())))
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void takesColumnsInEveryForm(PredictOptions options) {
        try (Predictor predictor = Predictor.of(TABLES, options)) {
            for (int rows : new int[] {0, 1, 7, 63, 64, 65, 255, 256, 257, 1000}) {
                float[][] people = people(rows);
                int[] expected = RandomModels.expectedClasses(TABLES, CLASSES, table(people));
                int[] classes = new int[rows];
                predictor.classes(table(people), classes);
                assertThat(classes).as("%s rows of a table, %s", rows, options).isEqualTo(expected);
                predictor.classes(people, cleared(classes));
                assertThat(classes).as("%s rows of floats", rows).isEqualTo(expected);
                predictor.classes(segment(people), cleared(classes));
                assertThat(classes).as("%s rows in a segment", rows).isEqualTo(expected);
            }
        }
    }

    private static MemorySegment segment(float[][] rows) {
        MemorySegment segment = Arena.ofAuto().allocate(rows.length * 4L * Float.BYTES, Float.BYTES);
        for (int i = 0; i < 4 * rows.length; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, rows[i / 4][i % 4]);
        }
        return segment;
    }

    private static int[] cleared(int[] classes) {
        Arrays.fill(classes, -1);
        return classes;
    }

    private static int[] taken(PrimitiveIterator.OfInt classes) {
        IntStream.Builder taken = IntStream.builder();
        classes.forEachRemaining((int value) -> taken.add(value));
        return taken.build().toArray();
    }

    @ParameterizedTest
    @MethodSource("options")
    void predictsSingleRows(PredictOptions options) {
        byte[][] pixels = pixels(20);
        float[][] people = people(50);
        int[] expected = RandomModels.expectedClasses(IMAGES, CLASSES, new Images(20, 2, 9, 10, joined(pixels)));
        int[] expectedOfPeople = RandomModels.expectedClasses(TABLES, CLASSES, table(people));
        int[] expectedOfFeatures =
                RandomModels.expectedClasses(FEATURES, CLASSES, new Images(20, 2, 9, 10, joined(pixels)));
        try (Predictor images = Predictor.of(IMAGES, options);
                Predictor features = Predictor.of(FEATURES, options);
                Predictor tables = Predictor.of(TABLES, options)) {
            for (int i = 0; i < pixels.length; i++) {
                assertThat(images.predict(pixels[i])).isEqualTo(expected[i]);
                assertThat(images.predict(floats(pixels)[i])).isEqualTo(expected[i]);
                assertThat(features.predict(pixels[i])).isEqualTo(expectedOfFeatures[i]);
                assertThat(features.predict(floats(pixels)[i])).isEqualTo(expectedOfFeatures[i]);
            }
            for (int i = 0; i < people.length; i++) {
                assertThat(tables.predict(people[i])).isEqualTo(expectedOfPeople[i]);
                assertThat(tables.predict(named(people[i])))
                        .as("%s", named(people[i]))
                        .isEqualTo(expectedOfPeople[i]);
            }
        }
    }

    private static Map<String, Object> named(float[] person) {
        Map<String, Object> row = new HashMap<>();
        row.put("age", Float.isNaN(person[0]) ? null : Float.toString(person[0]));
        row.put("job", Float.isNaN(person[1]) ? null : person[1] < 0 ? "nurse" : jobs()[(int) person[1]]);
        row.put("member", Float.isNaN(person[2]) ? null : person[2] == 1);
        row.put("unread", person[3]);
        row.put("more", new int[0]);
        return row;
    }

    /** The categories, as a caller may say them. */
    private static Object[] jobs() {
        return new Object[] {"cook", CharBuffer.wrap("smith"), 3.0, "TRUE"};
    }

    @Test
    void predictsScoresAndNumbersInEveryForm() {
        byte[][] pixels = pixels(300);
        Images images = new Images(300, 2, 9, 10, joined(pixels));
        MemorySegment segment = MemorySegment.ofArray(joined(pixels));
        Model numbers = RandomModels.model(RandomModels.pixels(), 33, new Readout.Regression(0.25f, -3), List.of());
        try (Predictor classes = Predictor.of(IMAGES);
                Predictor values = Predictor.of(numbers)) {
            float[] expected = classes.scores(images);
            float[] scores = new float[300 * CLASSES];
            classes.scores(pixels, scores);
            assertThat(scores).isEqualTo(expected);
            classes.scores(floats(pixels), scores);
            assertThat(scores).isEqualTo(expected);
            classes.scores(segment, scores);
            assertThat(scores).isEqualTo(expected);

            float[] expectedValues = values.values(images);
            float[] found = new float[300];
            values.values(pixels, found);
            assertThat(found).isEqualTo(expectedValues);
            values.values(floats(pixels), found);
            assertThat(found).isEqualTo(expectedValues);
            values.values(segment, found);
            assertThat(found).isEqualTo(expectedValues);
            assertThat(values.value(pixels[7])).isEqualTo(expectedValues[7]);
            assertThat(values.value(floats(pixels)[7])).isEqualTo(expectedValues[7]);
        }
    }

    @Test
    void holdsOneBatchOfAStream() {
        try (Predictor predictor = Predictor.of(TABLES)) {
            int[] taken = {0};
            float[] row = people(1)[0];
            PrimitiveIterator.OfInt classes = predictor.classesOfFloats(
                    Stream.generate(() -> row).peek(next -> taken[0]++).iterator());
            for (int i = 0; i < 10_000; i++) {
                classes.nextInt();
                assertThat(taken[0]).isBetween(i + 1, i + 1024);
            }
        }
    }

    @Test
    void refusesRowsThatAreNotWhatTheModelReads() {
        try (Predictor images = Predictor.of(IMAGES);
                Predictor tables = Predictor.of(TABLES)) {
            int[] classes = new int[3];
            byte[][] pixels = pixels(3);
            pixels[1] = new byte[179];
            refuses(() -> images.classes(pixels, classes), "row 2 has 179 values; the model reads 180 pixels");
            refuses(() -> images.predict(pixels[1]), "row 1 has 179 values; the model reads 180 pixels");
            pixels[1] = null;
            refuses(() -> images.classes(pixels, classes), "row 2 is null; the model reads 180 pixels");
            refuses(() -> images.predict((byte[]) null), "row 1 is null; the model reads 180 pixels");
            float[][] floats = floats(pixels(3));
            floats[2][4] = Float.NaN;
            refuses(
                    () -> images.classes(floats, classes),
                    "row 3, pixel 5 holds NaN where a number from 0 to 255 is expected");
            floats[2][4] = 256;
            refuses(
                    () -> images.classes(floats, classes),
                    "row 3, pixel 5 holds 256 where a number from 0 to 255 is expected");
            refuses(
                    () -> images.classes(MemorySegment.ofArray(new byte[181]), classes),
                    "the segment has 181 bytes; expected rows of 180 bytes, 180 pixels each");
            refuses(
                    () -> tables.classes(MemorySegment.ofArray(new byte[17]), classes),
                    "the segment has 17 bytes; expected rows of 16 bytes, 4 floats each");
            refuses(
                    () -> tables.classes(new byte[3][4], classes),
                    "the model reads 4 columns, and these are bytes; expected rows of floats");
            refuses(() -> tables.predict(new float[5]), "row 1 has 5 values; the model reads 4 columns");
            refuses(() -> images.predict(Map.of("age", 3)), "the model reads 180 pixels and has no named columns");
            List<float[]> stream = Arrays.asList(new float[4], new float[4], new float[2]);
            refuses(
                    () -> tables.classesOfFloats(stream.iterator()).nextInt(),
                    "row 3 has 2 values; the model reads 4 columns");
            assertThatThrownBy(() -> images.classes(pixels(4), classes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("3 places for 4 classes");
        }
    }

    @Test
    void refusesNamedRowsThatCannotBeRead() {
        try (Predictor tables = Predictor.of(TABLES)) {
            Map<String, Object> row = new HashMap<>(Map.of("agee", 3, "job", "cook", "member", true, "unread", 0));
            refuses(
                    () -> tables.predict(row),
                    "the data lack the column \"age\" (did you mean \"agee\"?) that the model reads");
            row.put("age", "old");
            refuses(() -> tables.predict(row), "column \"age\" holds \"old\" where a number is expected");
            row.put("age", 4);
            row.put("member", 2);
            refuses(() -> tables.predict(row), "column \"member\" holds \"2\" where true, false, 1 or 0 is expected");
        }
    }

    @Test
    void saysWhatIsWrongWhicheverThreadFindsIt() {
        byte[][] pixels = pixels(5000);
        pixels[4999] = new byte[1];
        for (int threads = 1; threads <= 3; threads++) {
            try (Predictor predictor = Predictor.of(IMAGES, Engine.best(), threads)) {
                refuses(
                        () -> predictor.classes(pixels, new int[5000]),
                        "row 5000 has 1 values; the model reads 180 pixels");
            }
        }
    }

    private static void refuses(Runnable call, String message) {
        assertThatThrownBy(call::run).isInstanceOf(InputException.class).hasMessage(message);
    }
}
