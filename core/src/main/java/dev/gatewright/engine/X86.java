package dev.gatewright.engine;

import dev.gatewright.engine.x86.Assembler;
import dev.gatewright.engine.x86.Logic;
import dev.gatewright.engine.x86.Width;
import java.util.Optional;

/**
 * x86-64 with AVX2 or AVX-512.
 *
 * @param mostBits bits of the widest vectors: 256 or 512
 */
record X86(int mostBits) implements Machine {
    /** Beyond this code, which is read once a block, takes longer to fetch than a list takes to interpret. */
    private static final int MOST_CODE = 1 << 28;

    @Override
    public String name() {
        return mostBits == 512 ? "x86-64 with AVX-512" : "x86-64 with AVX2";
    }

    @Override
    public int mostInstructions() {
        return MOST_CODE / Assembler.LONGEST;
    }

    @Override
    public int registers(int bits, int groups) {
        return bits == X86OneSample.BITS
                ? X86OneSample.registers(groups)
                : width(bits).registers();
    }

    @Override
    public int mostOperands(int bits) {
        return bits == Width.BITS_512.bits() ? 3 : 2;
    }

    @Override
    public boolean readsSlots(int bits) {
        return bits == X86OneSample.BITS || width(bits).fillsRegister();
    }

    @Override
    public int leastBits() {
        return X86OneSample.BITS;
    }

    private static Width width(int bits) {
        return Width.valueOf("BITS_" + bits);
    }

    @Override
    public byte[] assemble(Schedule schedule, int bits) throws CodeTooLargeException {
        long memory = (long) schedule.slots() * (bits / Byte.SIZE);
        requireInstructions(schedule.instructions());
        if (memory > Integer.MAX_VALUE) {
            throw new CodeTooLargeException(
                    memory + " bytes of slots, where machine code takes up to " + Integer.MAX_VALUE);
        }
        return bits == X86OneSample.BITS ? new X86OneSample(schedule).assemble() : vectors(schedule, width(bits));
    }

    @Override
    public byte[] assemble(Schedule schedule, StagePlace place, int bits) throws CodeTooLargeException {
        requireInstructions(schedule.instructions());
        return new X86Stage(schedule, place, width(bits)).assemble(width(bits));
    }

    private static byte[] vectors(Schedule schedule, Width width) {
        Assembler assembler = new Assembler(width);
        for (int i = 0; i < schedule.instructions(); i++) {
            instruction(assembler, schedule, i, width.bytes());
        }
        assembler.end();
        return assembler.code();
    }

    @Override
    public Optional<PackingProgram> packing(PixelBits pixels, int[] slots, int slotBytes) {
        return X86Packing.serves(pixels, slotBytes)
                ? Optional.of(new X86Packing(pixels, slots, slotBytes).program())
                : Optional.empty();
    }

    @Override
    public Optional<CountingProgram> counting(GroupPlan plan, int slotBytes) {
        return X86Counting.serves(plan, slotBytes) ? Optional.of(new X86Counting(plan).program()) : Optional.empty();
    }

    static void instruction(Assembler assembler, Schedule schedule, int at, int slotBytes) {
        int registers = schedule.registers();
        int a = schedule.code()[3 * at];
        int b = schedule.code()[3 * at + 1];
        int to = schedule.code()[3 * at + 2];
        int op = schedule.ops()[at];
        if (op == Op.TABLE) {
            byTable(
                    assembler,
                    new int[] {a, b, schedule.tables()[at] >> 8},
                    to,
                    schedule.tables()[at] & 0xFF,
                    registers,
                    slotBytes);
        } else if (op != Op.MOVE) {
            operate(assembler, logic(op), to, b, a, registers, slotBytes);
        } else if (to < registers) {
            assembler.load(to, (a - registers) * slotBytes);
        } else {
            assembler.store((to - registers) * slotBytes, a);
        }
    }

    private static void operate(
            Assembler assembler, Logic logic, int to, int left, int right, int registers, int slotBytes) {
        if (right < registers) {
            assembler.operate(logic, to, left, right);
        } else {
            assembler.operateMemory(logic, to, left, (right - registers) * slotBytes);
        }
    }

    /** The machine's operation overwrites its first operand, and reads its third, if any, from memory. */
    private static void byTable(Assembler assembler, int[] operands, int to, int values, int registers, int slotBytes) {
        int first = -1;
        int slot = -1;
        for (int i = 0; i < operands.length; i++) {
            first = operands[i] == to ? i : first;
            slot = operands[i] >= registers ? i : slot;
        }
        if (first < 0 && slot >= 0) {
            assembler.load(to, (operands[slot] - registers) * slotBytes);
            first = slot;
            slot = -1;
        } else if (first < 0) {
            first = 0;
            assembler.move(to, operands[first]);
        }
        int third = slot >= 0 ? slot : first == 2 ? 1 : 2;
        int second = operands.length - first - third;
        int table = 0;
        for (int i = 0; i < 1 << operands.length; i++) {
            int index = (i >> 2 & 1) << first | (i >> 1 & 1) << second | (i & 1) << third;
            table |= (values >> index & 1) << i;
        }
        if (slot >= 0) {
            assembler.tableMemory(table, to, operands[second], (operands[slot] - registers) * slotBytes);
        } else {
            assembler.table(table, to, operands[second], operands[third]);
        }
    }

    /** The operation with its operands exchanged: the machine inverts its first, the list its second. */
    static Logic logic(int op) {
        return switch (op) {
            case Op.AND -> Logic.AND;
            case Op.AND_NOT -> Logic.NOT_AND;
            case Op.OR -> Logic.OR;
            case Op.XOR -> Logic.XOR;
            default -> throw new IllegalStateException("operation " + op);
        };
    }
}
