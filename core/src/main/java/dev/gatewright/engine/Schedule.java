package dev.gatewright.engine;

/**
 * A circuit as the one instruction list that engines run.
 *
 * <p>Instructions work on slots, a slot holding one wire's words of the current block, and on registers. Three numbers
 * make an instruction: what it reads and where it writes; a number below {@code registers} is a register, any other is
 * slot {@code number − registers}. Slot 0 holds false throughout.
 *
 * @param inputs inputs of the circuit
 * @param slots slots in use, at least 1
 * @param registers registers in use; 0 for engines whose instructions work on slots alone
 * @param ops instruction → one of {@link Op}. With registers, a {@link Op#MOVE} loads a register or stores one, and
 *     other operations write a register and read a slot as their first operand at most
 * @param code instruction → its first operand, its second, and where it writes: three numbers each
 * @param tables instruction → for {@link Op#TABLE}, its third operand times 256 and its truth table; such an operation
 *     reads one slot at most, as any operand. Empty where no list of this kind has such operations
 * @param groups where the list counts: slots 1 to {@code groups} start with the number of inverted outputs of a group
 *     each, and end with the number of its true ones; 0 where outputs are kept in slots instead
 * @param inputsRead the inputs that the circuit reads, ascending: the i-th starts in slot {@code inputSlots[i]}
 * @param outputSlots where each output's words are at the end; where the list counts, the slot of its group
 * @param outputInverted whether an output is counted or held inverted
 */
record Schedule(
        int inputs,
        int slots,
        int registers,
        byte[] ops,
        int[] code,
        int[] tables,
        int groups,
        int[] inputsRead,
        int[] inputSlots,
        int[] outputSlots,
        boolean[] outputInverted) {

    int outputs() {
        return outputSlots.length;
    }

    int instructions() {
        return ops.length;
    }
}
