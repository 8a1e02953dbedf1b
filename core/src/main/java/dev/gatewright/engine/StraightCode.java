package dev.gatewright.engine;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/** Long lists of similar steps without branches, as methods and classes below the limits of the virtual machine. */
final class StraightCode {
    /** HotSpot never compiles longer methods (HugeMethodLimit). */
    static final int MOST_METHOD_BYTES = 8000;

    /** Each may name two numbers that are constants of their own, and a pool holds 65,535. */
    static final int CLASS_STEPS = 20_000;

    private StraightCode() {}

    /** The steps from {@code from} to {@code to}: a method. */
    record Part(int from, int to) {}

    /** Writes the code of one step. */
    @FunctionalInterface
    interface Step {
        void emit(CodeBuilder code, int step);
    }

    /** Parts of as many steps as fit a method. */
    static List<Part> parts(int steps, int stepBytes) {
        int most = (MOST_METHOD_BYTES - 1) / stepBytes;
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < steps; from += most) {
            parts.add(new Part(from, Math.min(steps, from + most)));
        }
        return parts;
    }

    /** Neighbouring parts together, as many as fit a class. */
    static List<List<Part>> classes(List<Part> parts) {
        List<List<Part>> classes = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= parts.size(); i++) {
            if (i == parts.size() || parts.get(i).to() - parts.get(first).from() > CLASS_STEPS) {
                classes.add(parts.subList(first, i));
                first = i;
            }
        }
        return classes;
    }

    /** Adds a static method for each part: {@code name} followed by the number of the part. */
    static void methods(ClassBuilder type, String name, MethodTypeDesc signature, List<Part> parts, Step step) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            type.withMethodBody(name + i, signature, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> {
                for (int k = part.from(); k < part.to(); k++) {
                    step.emit(code, k);
                }
                code.return_();
            });
        }
    }

    /** Calls all methods of {@code name} with the local variables from {@code local} on, and returns. */
    static void callParts(
            CodeBuilder code, ClassDesc type, String name, MethodTypeDesc signature, int parts, int local) {
        for (int i = 0; i < parts; i++) {
            call(code, type, name + i, signature, local);
        }
        code.return_();
    }

    /** Calls a static method with the local variables from {@code local} on, none of them of two words. */
    static void call(CodeBuilder code, ClassDesc type, String name, MethodTypeDesc signature, int local) {
        for (int k = 0; k < signature.parameterCount(); k++) {
            code.loadLocal(TypeKind.from(signature.parameterType(k)), local + k);
        }
        code.invokestatic(type, name, signature);
    }
}
