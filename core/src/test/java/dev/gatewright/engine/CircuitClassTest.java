package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.verify.ReferenceEvaluator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircuitClassTest {
    private static final String NAME = "org.example.Digits";

    /** Sees the class files and the JDK, nothing else. */
    private static final class Alone extends ClassLoader {
        private final Map<String, byte[]> files;

        Alone(Map<String, byte[]> files) {
            super(ClassLoader.getPlatformClassLoader());
            this.files = files;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = files.get(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    @Test
    void equalsTheJudge() throws ReflectiveOperationException {
        for (int seed = 0; seed < 200; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            Circuit circuit = RandomCircuits.random(
                    seed, random.nextInt(40), random.nextInt(300), 1 + random.nextInt(20), 1 + random.nextInt(6));
            runs(circuit, CircuitClass.of(circuit, NAME).files(), "seed " + seed);
        }
    }

    @Test
    void takesCircuitsOfManyClasses() throws ReflectiveOperationException {
        Circuit circuit = RandomCircuits.random(5, 66_000, 50_000, 40_000, 2);
        Map<String, byte[]> files = CircuitClass.of(circuit, NAME).files();
        assertThat(files).hasSizeGreaterThan(6).containsKey("org/example/Digits$gates2.class");
        runs(circuit, files, "many");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(ClassFile.of().verify(file.getValue())).as(file.getKey()).isEmpty();
            ClassFile.of()
                    .parse(file.getValue())
                    .methods()
                    .forEach(method -> assertThat(BytecodeTest.code(method).codeLength())
                            .as(method.methodName().stringValue())
                            .isLessThan(StraightCode.MOST_METHOD_BYTES));
        }
    }

    @Test
    void votesForClasses() throws ReflectiveOperationException {
        Circuit circuit = RandomCircuits.random(3, 30, 400, 21, 2);
        BitMatrix in = RandomCircuits.randomBits(4, 200, 30);
        int[] expected = largest(ReferenceEvaluator.evaluate(circuit, in), 3);
        Class<?> type = load(CircuitClass.of(circuit, NAME).withClasses(3).files());
        Object instance = type.getConstructor().newInstance();
        Method classify = type.getMethod("classify", boolean[].class);
        for (int sample = 0; sample < in.samples(); sample++) {
            boolean[] bits = new boolean[30];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = in.get(sample, i);
            }
            assertThat(classify.invoke(instance, (Object) bits)).isEqualTo(expected[sample]);
        }
        assertThat(type.getMethod("classes").invoke(null)).isEqualTo(3);
    }

    @Test
    void comparesPixelsWithThresholds() throws ReflectiveOperationException {
        RandomGenerator random = new SplittableRandom(7);
        Circuit circuit = RandomCircuits.random(3, 700, 4000, 40, 2);
        int[] bytes = random.ints(700, 0, 300).toArray();
        int[] thresholds = random.ints(700, -3, 260).toArray();
        byte[] rows = new byte[300 * 100];
        random.nextBytes(rows);
        BitMatrix in = new BitMatrix(100, 700);
        for (int sample = 0; sample < 100; sample++) {
            for (int i = 0; i < 700; i++) {
                in.set(sample, i, (rows[300 * sample + bytes[i]] & 0xFF) > thresholds[i]);
            }
        }
        int[] expected = largest(ReferenceEvaluator.evaluate(circuit, in), 10);
        Class<?> type = load(CircuitClass.of(circuit, NAME)
                .withPixels(300, bytes, thresholds)
                .withClasses(10)
                .files());
        Object instance = type.getConstructor().newInstance();
        Method classify = type.getMethod("classify", byte[].class, int.class);
        for (int sample = 0; sample < 100; sample++) {
            assertThat(classify.invoke(instance, rows, 300 * sample))
                    .as("%d", sample)
                    .isEqualTo(expected[sample]);
        }
        assertThatThrownBy(() -> type.getMethod("classify", byte[].class).invoke(instance, new byte[299]))
                .isInstanceOf(InvocationTargetException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage("299 bytes; expected 300");
        assertThatThrownBy(() -> classify.invoke(instance, rows, rows.length - 299))
                .hasRootCauseInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void jarIsTheSameEachTimeAndLoads(@TempDir Path folder) throws ReflectiveOperationException, IOException {
        Circuit circuit = RandomCircuits.random(3, 30, 400, 21, 2);
        CircuitClass circuitClass = CircuitClass.of(circuit, "Digits");
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        circuitClass.writeJar(first);
        Path jar = folder.resolve("digits.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            circuitClass.writeJar(out);
        }
        assertThat(jar).hasBinaryContent(first.toByteArray());
        URL[] path = {jar.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            assertThat(loader.loadClass("Digits").getMethod("inputs").invoke(null))
                    .isEqualTo(30);
        }
    }

    @Test
    void leavesOutWhatHasNoUse() throws ReflectiveOperationException {
        Circuit circuit = RandomCircuits.random(3, 3, 4, 2, 2);
        assertThat(load(CircuitClass.of(circuit, NAME).files()).getMethods())
                .extracting(Method::getName)
                .contains("run", "inputs", "outputs")
                .doesNotContain("classify", "classes", "rowBytes");
    }

    @Test
    void refusesWhatCannotBe() {
        Circuit circuit = new CircuitBuilder(2).build(0, 1, 0);
        for (String name : new String[] {"", ".", "a.", "1a", "a b", "a/b", "a".repeat(2000)}) {
            assertThatThrownBy(() -> CircuitClass.of(circuit, name)).isInstanceOf(IllegalArgumentException.class);
        }
        CircuitClass circuitClass = CircuitClass.of(circuit, NAME);
        assertThatThrownBy(() -> circuitClass.withClasses(2)).hasMessage("3 outputs do not divide into 2 classes");
        assertThatThrownBy(() -> circuitClass.withClasses(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> circuitClass.withPixels(4, new int[1], new int[2]))
                .hasMessage("1 bytes and 2 thresholds for 2 inputs");
        assertThatThrownBy(() -> circuitClass.withPixels(4, new int[] {0, 4}, new int[2]))
                .hasMessage("byte 4 of a row of 4");
    }

    private static Class<?> load(Map<String, byte[]> files) throws ClassNotFoundException {
        return new Alone(files).loadClass(NAME);
    }

    private static void runs(Circuit circuit, Map<String, byte[]> files, String what)
            throws ReflectiveOperationException {
        BitMatrix in = RandomCircuits.randomBits(what.hashCode(), 64, circuit.inputs());
        BitMatrix expected = ReferenceEvaluator.evaluate(circuit, in);
        long[] words = new long[circuit.inputs()];
        for (int i = 0; i < words.length; i++) {
            words[i] = in.word(i, 0);
        }
        long[] out = new long[circuit.outputs()];
        Class<?> type = load(files);
        type.getMethod("run", long[].class, long[].class)
                .invoke(type.getConstructor().newInstance(), words, out);
        for (int i = 0; i < out.length; i++) {
            assertThat(out[i]).as("%s, output %d", what, i).isEqualTo(expected.word(i, 0));
        }
    }

    private static int[] largest(BitMatrix out, int groups) {
        int size = out.bits() / groups;
        int[] largest = new int[out.samples()];
        for (int sample = 0; sample < largest.length; sample++) {
            int most = -1;
            for (int group = 0; group < groups; group++) {
                int count = 0;
                for (int i = group * size; i < (group + 1) * size; i++) {
                    count += out.get(sample, i) ? 1 : 0;
                }
                if (count > most) {
                    most = count;
                    largest[sample] = group;
                }
            }
        }
        return largest;
    }
}
