package dev.gatewright.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An instruction list and its machine code.
 *
 * @param bytes bytes of a slot
 */
record Program(Schedule schedule, MachineCode code, int bytes) {
    private static final int TRIALS = 5;
    private static final long CACHE_LINE = 64;

    /**
     * @param order every gate that has an operation, after its operands
     * @param bits samples of a slot
     * @param groups how many groups of outputs to count, if slots are of one sample, or 0 to keep the outputs
     */
    static Program of(Netlist netlist, int[] order, Machine machine, int bits, int groups)
            throws Machine.CodeTooLargeException, IOException {
        RegisterScheduler.Form form = new RegisterScheduler.Form(
                machine.registers(bits, groups), machine.readsSlots(bits), groups, Integer.MAX_VALUE);
        Schedule schedule = RegisterScheduler.schedule(netlist, order, form);
        return new Program(schedule, MachineCode.of(machine.assemble(schedule, bits)), bits / Byte.SIZE);
    }

    /** The faster of this program and another on this machine now, by the best of a few runs; closes the slower. */
    Program faster(Program other) {
        try (Arena arena = Arena.ofConfined()) {
            long slots = Math.max(schedule.slots(), other.schedule.slots());
            MemorySegment state = arena.allocate(slots * bytes, CACHE_LINE);
            long mine = Long.MAX_VALUE;
            long others = Long.MAX_VALUE;
            for (int i = 0; i < TRIALS; i++) {
                mine = Math.min(mine, time(code, state));
                others = Math.min(others, time(other.code, state));
            }
            Program slower = mine <= others ? other : this;
            slower.code.close();
            return mine <= others ? this : other;
        }
    }

    private static long time(MachineCode code, MemorySegment state) {
        long start = System.nanoTime();
        code.run(state);
        return System.nanoTime() - start;
    }
}
