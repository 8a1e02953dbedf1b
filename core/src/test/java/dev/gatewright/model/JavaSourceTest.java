package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.format.FormatOptions;
import dev.gatewright.format.JavaSource;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java source as javac compiles it, against the reference evaluator. */
class JavaSourceTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.gatewright.model.ExportCase#all")
    void compiledJavaGivesWhatTheReferenceGives(ExportCase each) throws IOException, ReflectiveOperationException {
        String name = switch (each.name()) {
            case "wide gates" -> "Wide_gates";
            case "no gates" -> "No_gates";
            case "class" -> "M_class";
            case "2 bits" -> "M_2_bits";
            default ->
                each.name().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                        + each.name().substring(1);
        };
        compile(each.model(), each.name(), name);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, JavaSourceTest.class.getClassLoader())) {
            Class<?> type = loader.loadClass("org.example." + name);
            assertThat(run(each, type)).as(each.name()).containsExactly(each.expected());
            if (each.model().readout() instanceof Readout.GroupSum) {
                assertThat(type.getMethod("labels").invoke(null))
                        .isEqualTo(each.model().labels().toArray(String[]::new));
            }
        }
    }

    private static float[] run(ExportCase each, Class<?> type) throws ReflectiveOperationException {
        Object net = type.getConstructor().newInstance();
        Object rows = each.pixels() ? each.raw() : each.values();
        Class<?> array = rows.getClass();
        float[] result = new float[each.expected().length];
        switch (each.model().readout()) {
            case Readout.GroupSum sum -> {
                type.getMethod("scores", array, int.class, float[].class).invoke(net, rows, each.rows(), result);
                int[] classes = new int[each.rows()];
                Method method = type.getMethod("classes", array, int.class, int[].class);
                method.invoke(net, rows, each.rows(), classes);
                for (int i = 0; i < classes.length; i++) {
                    result[each.rows() * sum.classes() + i] = classes[i];
                }
                assertThat(type.getMethod("classOf", array).invoke(net, rows)).isEqualTo(classes[0]);
                assertThat(type.getField("CLASSES").get(null)).isEqualTo(sum.classes());
                assertThat(type.getField("TAU").get(null)).isEqualTo(sum.tau());
            }
            case Readout.Regression ignored ->
                type.getMethod("numbers", array, int.class, float[].class).invoke(net, rows, each.rows(), result);
            case Readout.Bits ignored -> {
                boolean[] bits = new boolean[result.length];
                type.getMethod("bits", array, int.class, boolean[].class).invoke(net, rows, each.rows(), bits);
                for (int i = 0; i < bits.length; i++) {
                    result[i] = bits[i] ? 1 : 0;
                }
            }
        }
        return result;
    }

    private void compile(Model model, String design, String name) throws IOException {
        Path file = folder.resolve(name + ".java");
        try (OutputStream out = Files.newOutputStream(file)) {
            new JavaSource()
                    .with(new FormatOptions("java", "package=org.example"))
                    .write(Exports.design(model, design), out);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", folder.toString(), "-Xlint:all,-options", "-Werror", "--release", "8");
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file))
                            .call())
                    .isTrue();
        }
    }

    @Test
    void methodsAreShortEnoughToBeCompiled() throws IOException {
        for (int arity : new int[] {2, 6}) {
            Model model = new Model(
                    ExportCaseEncoders.bits(40_000),
                    RandomCircuits.random(arity, 40_000, arity == 2 ? 6_000 : 600, 1_000, arity),
                    new Readout.Bits(),
                    "y",
                    List.of(),
                    new Provenance(Collections.emptySortedMap()));
            compile(model, "large", "Large");
            int methods = 0;
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    for (MethodModel method : ClassFile.of().parse(file).methods()) {
                        int length = method.code()
                                .map(code -> ((java.lang.classfile.attribute.CodeAttribute) code).codeLength())
                                .orElse(0);
                        assertThat(length)
                                .as("%s in %s", method.methodName(), file)
                                .isLessThanOrEqualTo(8000);
                        methods++;
                    }
                }
            }
            assertThat(methods).isGreaterThan(10);
        }
    }
}
