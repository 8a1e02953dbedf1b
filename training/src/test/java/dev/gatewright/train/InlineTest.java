package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import org.junit.jupiter.api.Test;

/** What the compiler is told to inline, {@code src/main/inline.txt}, is every method that vectors go through. */
class InlineTest {
    private static final String INLINE = "inline dev.gatewright.train.";

    /** As large as what calls them once a block: inlined, sixteen logits train a tenth slower. Or called once a run. */
    private static final Set<String> ALONE =
            Set.of("VectorUpdate::softmaxCorners", "VectorUpdate::trueCorners", "VectorLutStages::pattern");

    @Test
    void everyMethodThatVectorsGoThroughIsInlined() throws IOException, URISyntaxException {
        Set<String> found = new TreeSet<>();
        for (Class<?> kernels : kernels()) {
            for (Method method : kernels.getDeclaredMethods()) {
                String name = kernels.getSimpleName() + "::" + method.getName();
                if (Modifier.isStatic(method.getModifiers()) && !method.isSynthetic() && passesVectors(method)) {
                    found.add(kernels == VectorMath.class ? "VectorMath::*" : name);
                }
            }
        }
        found.removeAll(ALONE);
        List<String> told = Files.readAllLines(Path.of("src/main/inline.txt")).stream()
                .filter(line -> line.startsWith(INLINE))
                .map(line -> line.substring(INLINE.length()))
                .toList();
        assertThat(told).containsExactlyElementsOf(found);
    }

    private static boolean passesVectors(Method method) {
        return Stream.concat(Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()))
                .anyMatch(type -> Vector.class.isAssignableFrom(type) || VectorMask.class.isAssignableFrom(type));
    }

    private static List<Class<?>> kernels() throws IOException, URISyntaxException {
        Path classes = Path.of(Kernels.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(classes.resolve("dev/gatewright/train"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("Vector[A-Za-z]+\\.class"))
                    .sorted()
                    .<Class<?>>map(InlineTest::named)
                    .toList();
        }
    }

    private static Class<?> named(String file) {
        try {
            return Class.forName("dev.gatewright.train." + file.replace(".class", ""));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
