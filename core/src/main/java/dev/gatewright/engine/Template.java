package dev.gatewright.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Copies {@link EmbeddedCircuit} under another name.
 *
 * @param bodies method → its code in place of that of the template
 * @param wanted which methods to copy
 */
record Template(ClassDesc name, Map<String, Consumer<CodeBuilder>> bodies, Predicate<MethodModel> wanted) {
    /** Of the class files: that of the oldest JDK in wide use that is still maintained. */
    static final int VERSION = ClassFile.JAVA_17_VERSION;

    private static final ClassDesc ORIGINAL =
            EmbeddedCircuit.class.describeConstable().orElseThrow();

    /** The class file, with what {@code more} adds. */
    byte[] build(Consumer<ClassBuilder> more) {
        return ClassFile.of().build(name, type -> {
            for (ClassElement element : ClassFile.of().parse(original())) {
                switch (element) {
                    case MethodModel method -> copy(type, method);
                    case ClassFileVersion ignored -> type.withVersion(VERSION, 0);
                    case SourceFileAttribute ignored -> {}
                    default -> type.with(element);
                }
            }
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            more.accept(type);
        });
    }

    private void copy(ClassBuilder type, MethodModel method) {
        if (!wanted.test(method)) {
            return;
        }
        Consumer<CodeBuilder> body = bodies.get(method.methodName().stringValue());
        CodeModel original = method.code().orElseThrow();
        boolean replaced = body != null && method.flags().has(AccessFlag.STATIC);
        type.withMethodBody(
                method.methodName().stringValue(),
                method.methodTypeSymbol(),
                method.flags().flagsMask(),
                replaced ? body::accept : code -> original.forEach(element -> copy(code, element)));
    }

    private void copy(CodeBuilder code, CodeElement element) {
        switch (element) {
            case FieldInstruction field ->
                code.fieldAccess(
                        field.opcode(), renamed(field.owner()), field.name().stringValue(), field.typeSymbol());
            case InvokeInstruction call ->
                code.invoke(
                        call.opcode(),
                        renamed(call.owner()),
                        call.name().stringValue(),
                        call.typeSymbol(),
                        call.isInterface());
            case LineNumber ignored -> {}
            case LocalVariable ignored -> {}
            default -> code.with(element);
        }
    }

    private ClassDesc renamed(ClassEntry type) {
        ClassDesc symbol = type.asSymbol();
        return symbol.equals(ORIGINAL) ? name : symbol;
    }

    private static byte[] original() {
        try (InputStream in = EmbeddedCircuit.class.getResourceAsStream("EmbeddedCircuit.class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the template of embedded circuits cannot be read", e);
        }
    }
}
