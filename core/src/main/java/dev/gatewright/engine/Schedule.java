package dev.gatewright.engine;

/**
 * A circuit as the one instruction list that engines run.
 *
 * <p>Instructions work on slots, a slot holding one wire's words of the current block. Three numbers make an
 * instruction: the slots it reads and the slot it writes. Run {@code r} is the instructions from
 * {@code runEnds[r - 1]} (or 0) to {@code runEnds[r]}, all of operation {@code runOps[r]}. Slot 0 holds false
 * throughout.
 *
 * @param inputs inputs of the circuit
 * @param slots slots in use, at least 1
 * @param shortCode the instructions where slots fit 16 bits, else null: the list streams through the same cache as
 *     the slots, and at half the size the second-level cache holds both
 * @param longCode the instructions where slots do not fit 16 bits, else null
 * @param inputsRead the inputs that the circuit reads, ascending: the i-th starts in slot {@code inputSlots[i]}
 * @param outputSlots where each output's words are at the end
 * @param outputInverted whether the slot of an output holds its inverse
 */
record Schedule(
        int inputs,
        int slots,
        byte[] runOps,
        int[] runEnds,
        char[] shortCode,
        int[] longCode,
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
        return runEnds.length == 0 ? 0 : runEnds[runEnds.length - 1];
    }
}
