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
    /** An operation on a slot takes at most 5 bytes for that, 2 for a local variable, 4 to compute and 2 to write. */
    static final int MOST_METHOD_INSTRUCTIONS = (StraightCode.MOST_METHOD_BYTES - 1) / 13;

    private static final ClassDesc OBJECT = ConstantDescs.CD_Object;
    /** Of a method that runs instructions on slots. */
    static final MethodTypeDesc RUN = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long.arrayType());

    private static final String PART = "part";
    private static final int SLOTS = 0;

    private final Schedule schedule;

    /** The code of the instructions of {@code schedule}. */
    Bytecode(Schedule schedule) {
        this.schedule = schedule;
    }

    /**
     * Class files that implement {@link SlotCode}; run one after the other they are the list.
     *
     * @param name of all of them
     * @param schedule cut into parts of up to {@link #MOST_METHOD_INSTRUCTIONS}, for up to 100 registers
     */
    static List<byte[]> classes(ClassDesc name, Schedule schedule) {
        return StraightCode.classes(parts(schedule)).stream()
                .map(parts -> classOf(name, schedule, parts))
                .toList();
    }

    private static byte[] classOf(ClassDesc name, Schedule schedule, List<StraightCode.Part> parts) {
        return ClassFile.of().build(name, type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                    .withInterfaceSymbols(SlotCode.class.describeConstable().orElseThrow());
            constructor(type);
            type.withMethodBody(
                    "run",
                    RUN,
                    ClassFile.ACC_PUBLIC,
                    code -> StraightCode.callParts(code, name, PART, RUN, parts.size(), 1));
            StraightCode.methods(type, PART, RUN, parts, new Bytecode(schedule)::instruction);
        });
    }

    /** The parts that a list is cut into. */
    static List<StraightCode.Part> parts(Schedule schedule) {
        List<StraightCode.Part> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < schedule.instructions(); i++) {
            if (schedule.ops()[i] == Op.CUT) {
                parts.add(new StraightCode.Part(from, i));
                from = i + 1;
            }
        }
        parts.add(new StraightCode.Part(from, schedule.instructions()));
        return parts;
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

    /** Writes one instruction. */
    void instruction(CodeBuilder code, int at) {
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
