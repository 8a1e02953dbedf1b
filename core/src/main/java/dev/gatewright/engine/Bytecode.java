package dev.gatewright.engine;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns an instruction list into class files: a method for each part of the list, on one word of every slot. Registers
 * are local variables, slots the elements of the one argument.
 *
 * <p>Slots are in an array of words, and not in a memory segment, because what hides behind a segment's accessors has
 * to be inlined, and the compiler gives up on that long before a method of this length ends.
 */
final class Bytecode {
    /** HotSpot never compiles longer methods (HugeMethodLimit). */
    static final int MOST_METHOD_BYTES = 8000;

    /** An operation on a slot takes at most 5 bytes for that, 2 for a local variable, 4 to compute and 2 to write. */
    static final int MOST_METHOD_INSTRUCTIONS = (MOST_METHOD_BYTES - 1) / 13;

    /** Each may name one slot that is a constant of its own, and a pool holds 65,535. */
    static final int CLASS_INSTRUCTIONS = 20_000;

    private static final ClassDesc OBJECT = ConstantDescs.CD_Object;
    private static final MethodTypeDesc RUN =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long.arrayType());
    private static final int SLOTS = 0;

    private final Schedule schedule;

    private Bytecode(Schedule schedule) {
        this.schedule = schedule;
    }

    /**
     * Class files that implement {@link SlotCode}; run one after the other they are the list.
     *
     * @param name of all of them
     * @param schedule cut into parts of up to {@link #MOST_METHOD_INSTRUCTIONS}, for up to 100 registers
     */
    static List<byte[]> classes(ClassDesc name, Schedule schedule) {
        return new Bytecode(schedule).classes(name);
    }

    /** A part of the list: the instructions from {@code from} to {@code to}. */
    private record Part(int from, int to) {}

    private List<byte[]> classes(ClassDesc name) {
        List<byte[]> classes = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= schedule.instructions(); i++) {
            boolean end = i == schedule.instructions();
            if (end || schedule.ops()[i] == Op.CUT) {
                if (!parts.isEmpty() && i - parts.getFirst().from() > CLASS_INSTRUCTIONS) {
                    classes.add(classOf(name, parts));
                    parts.clear();
                }
                parts.add(new Part(from, i));
                from = i + 1;
            }
        }
        classes.add(classOf(name, parts));
        return classes;
    }

    private byte[] classOf(ClassDesc name, List<Part> parts) {
        return ClassFile.of().build(name, type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                    .withInterfaceSymbols(SlotCode.class.describeConstable().orElseThrow());
            constructor(type);
            type.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, code -> {
                for (int i = 0; i < parts.size(); i++) {
                    code.aload(1).invokestatic(name, "part" + i, RUN);
                }
                code.return_();
            });
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                type.withMethodBody(
                        "part" + i, RUN, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> body(code, part));
            }
        });
    }

    private static void constructor(ClassBuilder type) {
        type.withMethodBody(
                ConstantDescs.INIT_NAME,
                ConstantDescs.MTD_void,
                0,
                code -> code.aload(0)
                        .invokespecial(OBJECT, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                        .return_());
    }

    private void body(CodeBuilder code, Part part) {
        for (int i = part.from(); i < part.to(); i++) {
            instruction(code, i);
        }
        code.return_();
    }

    private void instruction(CodeBuilder code, int at) {
        int a = schedule.code()[3 * at];
        int b = schedule.code()[3 * at + 1];
        int to = schedule.code()[3 * at + 2];
        int registers = schedule.registers();
        if (to >= registers) {
            code.aload(SLOTS).loadConstant(to - registers);
        }
        load(code, a);
        if (schedule.ops()[at] != Op.MOVE) {
            load(code, b);
            operate(code, schedule.ops()[at]);
        }
        if (to >= registers) {
            code.lastore();
        } else {
            code.lstore(local(to));
        }
    }

    private void load(CodeBuilder code, int operand) {
        if (operand < schedule.registers()) {
            code.lload(local(operand));
        } else {
            code.aload(SLOTS).loadConstant(operand - schedule.registers()).laload();
        }
    }

    /** The local variable that is a register: a word takes two, and the first is the argument. */
    private static int local(int register) {
        return 1 + register * TypeKind.LONG.slotSize();
    }

    private static void operate(CodeBuilder code, int op) {
        switch (op) {
            case Op.AND -> code.land();
            case Op.AND_NOT -> code.iconst_m1().i2l().lxor().land();
            case Op.OR -> code.lor();
            case Op.XOR -> code.lxor();
            default -> throw new IllegalStateException("operation " + op);
        }
    }
}
