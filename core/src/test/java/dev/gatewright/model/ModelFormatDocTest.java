package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Samples;
import dev.gatewright.encode.Table;
import dev.gatewright.verify.ReferenceEvaluator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the Python reader printed in the format's documentation on files written here. */
class ModelFormatDocTest {
    private static final int SAMPLES = 40;

    private static final String DRIVER = """

        import sys
        metadata, tensors = read(sys.argv[1])
        samples = json.load(open(sys.argv[2]))
        print(json.dumps([metadata, tensors, [predict(metadata, tensors, sample) for sample in samples]]))
        """;

    private static final String SAFETENSORS = """
        import struct, sys
        try:
            import safetensors
        except ImportError:
            sys.exit(77)
        print(json.dumps({name: [t["dtype"], list(t["shape"]), t["data"].hex()]
            for name, t in safetensors.deserialize(open(sys.argv[1], "rb").read())}))
        """;

    @TempDir
    Path folder;

    @Test
    void documentedReaderAgrees() throws IOException, InterruptedException {
        List<Readout> readouts =
                List.of(new Readout.GroupSum(3, 0.5f), new Readout.Regression(0.25f, -1), new Readout.Bits());
        for (int seed = 0; seed < 12; seed++) {
            Model model = seed < 6
                    ? ModelFileTest.random(seed, 60, seed + 1, readouts.get(seed / 2))
                    : ModelFileTest.staged(seed, seed - 5, readouts.get(seed / 2 - 3));
            Path file = folder.resolve("model.gate");
            ModelFile.write(model, file);
            List<Object> raw = new ArrayList<>();
            Samples samples = seed % 2 == 0 ? images(raw) : table(raw);
            Path json = Files.writeString(folder.resolve("samples.json"), Json.write(raw));
            List<?> told = (List<?>) Json.parse(python(reader() + DRIVER, file, json));
            assertThat(strings(told.get(0), "gatewright", "sha256"))
                    .isEqualTo(TensorFile.read(file).metadata());
            assertThat(numbers(told.get(1))).as("seed %d", seed).isEqualTo(numbers(file));
            assertThat(told.get(2)).as("seed %d", seed).isEqualTo(predictions(model, samples));
        }
    }

    @Test
    void ordinaryPackageReadsTheFile() throws IOException, InterruptedException {
        Path file = folder.resolve("model.gate");
        TensorFileTest.small().write(file);
        String told = python("import json\n" + SAFETENSORS, file, file);
        assumeTrue(!told.isEmpty(), "python3 has no package safetensors");
        assertThat(((Map<?, ?>) Json.parse(told)).get("ints"))
                .isEqualTo(List.of("I32", List.of(2L, 2L), "010000000000008003000000fcffffff"));
    }

    private static Samples images(List<Object> raw) {
        SplittableRandom random = new SplittableRandom(1);
        byte[] pixels = new byte[SAMPLES * 12];
        for (int i = 0; i < SAMPLES; i++) {
            List<Integer> sample = new ArrayList<>();
            for (int j = 0; j < 12; j++) {
                sample.add(random.nextInt(4) * 85);
                pixels[i * 12 + j] = (byte) (int) sample.get(j);
            }
            raw.add(sample);
        }
        return new Images(SAMPLES, 3, 2, 2, pixels);
    }

    private static Samples table(List<Object> raw) {
        SplittableRandom random = new SplittableRandom(2);
        float[] ages = new float[SAMPLES];
        int[] kinds = new int[SAMPLES];
        float[] yes = new float[SAMPLES];
        List<String> categories = List.of("ç", "", "never seen");
        for (int i = 0; i < SAMPLES; i++) {
            ages[i] = i % 5 == 0 ? Float.NaN : (float) random.nextGaussian();
            kinds[i] = random.nextInt(4) - 1;
            yes[i] = random.nextInt(2);
            Map<String, Object> sample = new LinkedHashMap<>();
            sample.put("age", Float.isNaN(ages[i]) ? null : (Object) (double) ages[i]);
            sample.put("kind \"of\", work", kinds[i] < 0 ? null : categories.get(kinds[i]));
            sample.put("yes", (int) yes[i]);
            raw.add(sample);
        }
        return new Table(
                SAMPLES,
                List.of(
                        new NumberColumn("age", false, ages),
                        new CategoryColumn("kind \"of\", work", categories, kinds),
                        new NumberColumn("yes", true, yes)));
    }

    private static List<Object> predictions(Model model, Samples samples) {
        BitMatrix out =
                ReferenceEvaluator.evaluate(model.circuit(), model.encoder().encode(samples));
        List<Object> predictions = new ArrayList<>();
        for (int s = 0; s < out.samples(); s++) {
            List<Boolean> bits = new ArrayList<>();
            for (int o = 0; o < out.bits(); o++) {
                bits.add(out.get(s, o));
            }
            predictions.add(
                    switch (model.readout()) {
                        case Readout.GroupSum sum -> {
                            int best = 0;
                            int size = bits.size() / sum.classes();
                            for (int c = 1; c < sum.classes(); c++) {
                                best = count(bits, c, size) > count(bits, best, size) ? c : best;
                            }
                            yield model.labels().get(best);
                        }
                        case Readout.Regression r -> (double) (r.offset() + r.scale() * count(bits, 0, bits.size()));
                        case Readout.Bits b -> bits;
                    });
        }
        return predictions;
    }

    private static int count(List<Boolean> bits, int group, int size) {
        return (int) bits.subList(group * size, (group + 1) * size).stream()
                .filter(bit -> bit)
                .count();
    }

    private static Map<String, String> strings(Object json, String... without) {
        Map<String, String> strings = new LinkedHashMap<>();
        ((Map<?, ?>) json).forEach((name, value) -> strings.put((String) name, (String) value));
        List.of(without).forEach(strings::remove);
        return strings;
    }

    private static Map<String, List<Double>> numbers(Object json) {
        Map<String, List<Double>> numbers = new LinkedHashMap<>();
        ((Map<?, ?>) json)
                .forEach((name, list) -> numbers.put(
                        (String) name,
                        ((List<?>) list)
                                .stream()
                                        .map(value -> ((Number) value).doubleValue())
                                        .toList()));
        return numbers;
    }

    private static Map<String, List<Double>> numbers(Path file) throws IOException {
        TensorFile tensors = TensorFile.read(file);
        Map<String, List<Double>> numbers = new LinkedHashMap<>();
        for (String name : tensors.names()) {
            List<Double> list = new ArrayList<>();
            switch (tensors.type(name)) {
                case U8 -> {
                    for (byte value : tensors.bytes(name)) {
                        list.add((double) (value & 0xFF));
                    }
                }
                case I32 -> Arrays.stream(tensors.ints(name)).forEach(value -> list.add((double) value));
                case I64 -> Arrays.stream(tensors.longs(name)).forEach(value -> list.add((double) value));
                case F32 -> {
                    for (float value : tensors.floats(name)) {
                        list.add((double) value);
                    }
                }
            }
            numbers.put(name, list);
        }
        return numbers;
    }

    /** The code block of the documentation. */
    private static String reader() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/model-format.md"))) {
            folder = folder.getParent();
        }
        String text = Files.readString(folder.resolve("docs/model-format.md"));
        int from = text.indexOf("```python\n") + "```python\n".length();
        return text.substring(from, text.indexOf("```", from));
    }

    /** What the program prints; nothing if it ends with status 77. Skips where there is no python3. */
    private String python(String program, Path... arguments) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("program.py"), program);
        List<String> command = new ArrayList<>(List.of("python3", script.toString()));
        List.of(arguments).forEach(argument -> command.add(argument.toString()));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            assertThat(System.getProperty("tools")).as("python3 is missing").isNotEqualTo("required");
            assumeTrue(false, "there is no python3");
            throw e;
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        assertThat(status).isIn(0, 77);
        return status == 77 ? "" : out;
    }
}
