package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.encode.Images;
import dev.gatewright.engine.Engine;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/embedding.md, compiled and run. */
class EmbeddingTest {
    private static final int PIXELS = RandomModels.PIXEL_COUNT;
    private static final Model IMAGES = RandomModels.classes(RandomModels.pixels(), 35, 5);
    private static final Model TABLES = RandomModels.classes(RandomModels.columns(), 35, 5);

    @TempDir
    private Path folder;

    private final byte[][] images = new byte[300][PIXELS];
    private final int[] expected = new int[300];

    @BeforeEach
    void makeImages() {
        Random random = new Random(4);
        byte[] all = new byte[images.length * PIXELS];
        for (int i = 0; i < images.length; i++) {
            random.nextBytes(images[i]);
            System.arraycopy(images[i], 0, all, i * PIXELS, PIXELS);
        }
        int[] classes = RandomModels.expectedClasses(IMAGES, 5, new Images(images.length, 2, 9, 10, all));
        System.arraycopy(classes, 0, expected, 0, classes.length);
    }

    @Test
    void loads() throws IOException {
        Path file = folder.resolve("digits.gate");
        ModelFile.write(IMAGES, file);
        // begin
        Model model = ModelFile.read(file);
        try (Predictor predictor = Predictor.of(model)) {
            int[] classes = new int[images.length];
            predictor.classes(images, classes);
            String first = model.labels().get(classes[0]);
            // end
            assertThat(classes).isEqualTo(expected);
            assertThat(first).isEqualTo("label" + expected[0]);
        }
    }

    @Test
    void runsOnThreads() {
        Model model = IMAGES;
        // begin
        PredictOptions options = PredictOptions.defaults()
                .withEngine(Engine.byName("portable"))
                .withThreads(Runtime.getRuntime().availableProcessors());
        Predictor predictor = Predictor.of(model, options);
        // end
        int[] classes = new int[images.length];
        predictor.classes(images, classes);
        predictor.close();
        assertThat(classes).isEqualTo(expected);
    }

    @Test
    void takesSegments() {
        int[] classes = new int[images.length];
        try (Predictor predictor = Predictor.of(IMAGES)) {
            // begin
            try (Arena arena = Arena.ofShared()) {
                MemorySegment rows = arena.allocate((long) images.length * predictor.width());
                for (int i = 0; i < images.length; i++) {
                    MemorySegment.copy(images[i], 0, rows, ValueLayout.JAVA_BYTE, (long) i * PIXELS, PIXELS);
                }
                predictor.classes(rows, classes);
            }
            // end
        }
        assertThat(classes).isEqualTo(expected);
    }

    @Test
    void takesColumns() {
        try (Predictor predictor = Predictor.of(TABLES)) {
            // begin
            float[][] people = {{0.3f, 1, 0, 7}, {Float.NaN, 0, 1, 7}};
            int[] classes = new int[people.length];
            predictor.classes(people, classes);

            Map<String, Object> person = new HashMap<>();
            person.put("age", null); // missing
            person.put("job", "cook");
            person.put("member", true);
            person.put("unread", 7);
            int one = predictor.predict(person);
            // end
            assertThat(one).isEqualTo(classes[1]);
        }
    }

    @Test
    void takesOneRow() {
        try (Predictor predictor = Predictor.of(IMAGES)) {
            byte[] row = images[0];
            // begin
            int one = predictor.predict(row);
            // end
            assertThat(one).isEqualTo(expected[0]);
        }
    }

    @Test
    void takesStreams() {
        Stream<byte[]> stream = Arrays.stream(images);
        try (Predictor predictor = Predictor.of(IMAGES)) {
            // begin
            PrimitiveIterator.OfInt classes = predictor.classesOfBytes(stream.iterator());
            while (classes.hasNext()) {
                accept(classes.nextInt());
            }
            // end
        }
        assertThat(accepted).isEqualTo(images.length);
    }

    private int accepted;

    private void accept(int found) {
        assertThat(found).isEqualTo(expected[accepted++]);
    }

    @Test
    void isWhatThePageShows() throws IOException {
        String own = "core/src/test/java/dev/gatewright/model/EmbeddingTest.java";
        List<String> compiled = parts(own, Pattern.compile("// begin\n(.*?)// end\n", Pattern.DOTALL));
        List<String> shown = parts("docs/embedding.md", Pattern.compile("```java\n(.*?)```", Pattern.DOTALL));
        assertThat(shown).isEqualTo(compiled);
    }

    /** Without indentation, and without the braces that close what is shown. */
    private static List<String> parts(String file, Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(Path.of("..").resolve(file)));
        return matcher.results()
                .map(found -> found.group(1).replaceAll("\\s+", " ").strip().replaceAll("( })+$", ""))
                .toList();
    }
}
