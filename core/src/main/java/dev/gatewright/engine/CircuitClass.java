package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * A circuit as class files that need nothing but a JDK, of version 17 or later. The class has a public constructor and
 * the public methods of {@link EmbeddedCircuit}: {@code run(long[] in, long[] out)}, 64 samples at once; with classes
 * also {@code int classify(boolean[] bits)}; with pixels also {@code int classify(byte[] row)}.
 */
public final class CircuitClass {
    private static final Pattern NAME = Pattern.compile("([\\p{L}_][\\p{L}\\p{Nd}_]*\\.)*[\\p{L}_][\\p{L}\\p{Nd}_]*");
    private static final int MOST_NAME = 1000;

    /** Jars of the same circuit are the same, byte for byte: zip files know no earlier time. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final Set<String> VOTES = Set.of("classes", "classify", "largest");
    private static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();
    private static final ClassDesc WORDS = ConstantDescs.CD_long.arrayType();
    private static final MethodTypeDesc TWO_ARRAYS = MethodTypeDesc.of(ConstantDescs.CD_void, WORDS, WORDS);
    private static final MethodTypeDesc PACK =
            MethodTypeDesc.of(ConstantDescs.CD_void, BYTES, ConstantDescs.CD_int, WORDS);

    /** What a step takes at most where its numbers take three bytes each. */
    private static final int LOAD_BYTES = 10;

    private static final int STORE_BYTES = 13;
    private static final int PACK_BYTES = 24;

    private final ClassDesc name;
    private final Schedule schedule;
    private final int classes;
    private final Pixels pixels;

    /** A static method of the class, and the steps that it takes. */
    private record Work(String name, MethodTypeDesc signature, List<StraightCode.Part> parts, StraightCode.Step step) {
        int steps() {
            return parts.isEmpty() ? 0 : parts.getLast().to();
        }
    }

    /** @see #withPixels */
    private record Pixels(int rowBytes, int[] bytes, int[] thresholds) {}

    private CircuitClass(ClassDesc name, Schedule schedule, int classes, Pixels pixels) {
        this.name = name;
        this.schedule = schedule;
        this.classes = classes;
        this.pixels = pixels;
    }

    /**
     * The class of a circuit.
     *
     * @param name with its package: {@code org.example.Digits}
     * @throws IllegalArgumentException if {@code name} is none, or the circuit has more gates than classes are worth
     *     generating for
     */
    public static CircuitClass of(Circuit circuit, String name) {
        if (name.length() > MOST_NAME || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a class; expected one such as Digits or"
                    + " org.example.Digits, of up to " + MOST_NAME + " characters");
        }
        Netlist netlist = Netlist.of(circuit);
        if (netlist.operations() > BytecodeEngine.MOST_GATES) {
            throw new IllegalArgumentException(netlist.operations() + " gates of two inputs; up to "
                    + BytecodeEngine.MOST_GATES + " are worth generating classes for");
        }
        return new CircuitClass(ClassDesc.of(name), BytecodeEngine.schedule(netlist), 0, null);
    }

    /**
     * With {@code classify}: outputs are split into contiguous groups of equal size, one a class, and vote for it.
     *
     * @throws IllegalArgumentException if the outputs do not divide into the classes
     */
    public CircuitClass withClasses(int classes) {
        if (classes < 1 || schedule.outputs() % classes != 0) {
            throw new IllegalArgumentException(
                    schedule.outputs() + " outputs do not divide into " + classes + " classes");
        }
        return new CircuitClass(name, schedule, classes, pixels);
    }

    /**
     * With {@code classify} from a row of unsigned bytes.
     *
     * @param rowBytes bytes of a row
     * @param bytes the byte of a row that each input looks at
     * @param thresholds any number: the input is whether the byte exceeds it
     * @throws IllegalArgumentException if there is not one byte of the row and one threshold for each input
     */
    public CircuitClass withPixels(int rowBytes, int[] bytes, int[] thresholds) {
        if (bytes.length != schedule.inputs() || thresholds.length != schedule.inputs()) {
            throw new IllegalArgumentException(bytes.length + " bytes and " + thresholds.length + " thresholds for "
                    + schedule.inputs() + " inputs");
        }
        for (int at : bytes) {
            if (at < 0 || at >= rowBytes) {
                throw new IllegalArgumentException("byte " + at + " of a row of " + rowBytes);
            }
        }
        return new CircuitClass(name, schedule, classes, new Pixels(rowBytes, bytes.clone(), thresholds.clone()));
    }

    /** The class files, each under the path that it has in a folder or jar: {@code org/example/Digits.class}. */
    public Map<String, byte[]> files() {
        List<Work> work = work();
        Map<String, byte[]> files = new TreeMap<>();
        boolean one = work.stream().mapToInt(Work::steps).sum() <= StraightCode.CLASS_STEPS;
        Map<String, Consumer<CodeBuilder>> bodies = new LinkedHashMap<>();
        for (Work each : work) {
            bodies.put(
                    each.name(),
                    one
                            ? code -> StraightCode.callParts(
                                    code,
                                    name,
                                    each.name(),
                                    each.signature(),
                                    each.parts().size(),
                                    0)
                            : ownClasses(each, files));
        }
        number(bodies, "inputs", schedule.inputs());
        number(bodies, "outputs", schedule.outputs());
        number(bodies, "classes", classes);
        number(bodies, "rowBytes", pixels == null ? 0 : pixels.rowBytes());
        number(bodies, "slotCount", schedule.slots());
        Template template = new Template(name, bodies, this::isWanted);
        files.put(path(name), template.build(type -> {
            for (Work each : one ? work : List.<Work>of()) {
                StraightCode.methods(type, each.name(), each.signature(), each.parts(), each.step());
            }
        }));
        return files;
    }

    private static void number(Map<String, Consumer<CodeBuilder>> bodies, String method, int value) {
        bodies.put(method, code -> code.loadConstant(value).ireturn());
    }

    private boolean isWanted(MethodModel method) {
        String called = method.methodName().stringValue();
        boolean votes = VOTES.contains(called);
        boolean bytes = called.equals("rowBytes")
                || method.methodTypeSymbol().parameterList().contains(BYTES);
        return (!votes || classes > 0) && (!bytes || hasPixels());
    }

    private boolean hasPixels() {
        return pixels != null && classes > 0;
    }

    /** Puts the parts of {@code work} into classes of their own; the code that calls these. */
    private Consumer<CodeBuilder> ownClasses(Work work, Map<String, byte[]> files) {
        List<ClassDesc> owners = new ArrayList<>();
        for (List<StraightCode.Part> parts : StraightCode.classes(work.parts())) {
            ClassDesc owner = name.nested(work.name() + owners.size());
            owners.add(owner);
            files.put(path(owner), ClassFile.of().build(owner, type -> {
                type.withVersion(Template.VERSION, 0).withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
                StraightCode.methods(type, work.name(), work.signature(), parts, work.step());
                type.withMethodBody(
                        work.name(),
                        work.signature(),
                        ClassFile.ACC_STATIC,
                        code -> StraightCode.callParts(code, owner, work.name(), work.signature(), parts.size(), 0));
            }));
        }
        return code -> {
            for (ClassDesc owner : owners) {
                StraightCode.call(code, owner, work.name(), work.signature(), 0);
            }
            code.return_();
        };
    }

    private List<Work> work() {
        List<Work> work = new ArrayList<>();
        int inputs = schedule.inputsRead().length;
        work.add(new Work("load", TWO_ARRAYS, StraightCode.parts(inputs, LOAD_BYTES), this::load));
        work.add(new Work("gates", Bytecode.RUN, Bytecode.parts(schedule), new Bytecode(schedule)::instruction));
        work.add(new Work("store", TWO_ARRAYS, StraightCode.parts(schedule.outputs(), STORE_BYTES), this::store));
        if (hasPixels()) {
            work.add(new Work("pack", PACK, StraightCode.parts(inputs, PACK_BYTES), this::pack));
        }
        return work;
    }

    /** The i-th input that is read, from the first argument into the second. */
    private void load(CodeBuilder code, int i) {
        code.aload(1).loadConstant(schedule.inputSlots()[i]);
        code.aload(0).loadConstant(schedule.inputsRead()[i]).laload().lastore();
    }

    private void store(CodeBuilder code, int output) {
        code.aload(1).loadConstant(output);
        code.aload(0).loadConstant(schedule.outputSlots()[output]).laload();
        if (schedule.outputInverted()[output]) {
            code.iconst_m1().i2l().lxor();
        }
        code.lastore();
    }

    /** The sign of threshold less byte says whether the byte exceeds it. */
    private void pack(CodeBuilder code, int i) {
        int input = schedule.inputsRead()[i];
        code.aload(2).loadConstant(schedule.inputSlots()[i]);
        code.loadConstant(Math.clamp(pixels.thresholds()[input], -1, 255));
        code.aload(0).loadConstant(pixels.bytes()[input]).iload(1).iadd().baload();
        code.loadConstant(255).iand().isub();
        code.loadConstant(31).iushr().i2l().lastore();
    }

    private static String path(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1) + ".class";
    }

    /** Writes the class files as a jar. Leaves {@code out} open. */
    public void writeJar(OutputStream out) throws IOException {
        writeJar(out, Map.of());
    }

    /** Writes the class files as a jar, with other files, each under its path in the jar. Leaves {@code out} open. */
    public void writeJar(OutputStream out, Map<String, byte[]> others) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        JarOutputStream jar = new JarOutputStream(out);
        entry(jar, "META-INF/MANIFEST.MF");
        manifest.write(jar);
        Map<String, byte[]> all = new TreeMap<>(others);
        all.putAll(files());
        for (Map.Entry<String, byte[]> file : all.entrySet()) {
            entry(jar, file.getKey());
            jar.write(file.getValue());
        }
        jar.finish();
    }

    private static void entry(JarOutputStream jar, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        jar.putNextEntry(entry);
    }
}
