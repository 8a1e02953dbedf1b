package dev.gatewright.engine;

/**
 * A circuit as the one instruction list that engines run.
 *
 * <p>Instructions work on slots, a slot holding one wire's words of the current block. Instruction {@code i} computes
 * {@code code[3i + 2] = op(code[3i], code[3i + 1])}; run {@code r} is the instructions from {@code runEnds[r - 1]} (or
 * 0) to {@code runEnds[r]}, all of operation {@code runOps[r]}. Slot 0 holds false throughout.
 *
 * @param inputs inputs of the circuit
 * @param slots slots in use, at least 1
 * @param inputsRead the inputs that the circuit reads, ascending: the i-th starts in slot {@code inputSlots[i]}
 * @param outputSlots where each output's words are at the end
 * @param outputInverted whether the slot of an output holds its inverse
 */
record Schedule(
        int inputs,
        int slots,
        byte[] runOps,
        int[] runEnds,
        int[] code,
        int[] inputsRead,
        int[] inputSlots,
        int[] outputSlots,
        boolean[] outputInverted) {

    int runs() {
        return runOps.length;
    }

    int outputs() {
        return outputSlots.length;
    }

    int instructions() {
        return code.length / 3;
    }
}
