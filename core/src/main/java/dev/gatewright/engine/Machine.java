package dev.gatewright.engine;

import java.util.Optional;

/** A kind of processor for which instruction lists can be turned into machine code. */
sealed interface Machine permits X86 {
    /** What the processor has, in a few words: {@code "x86-64 with AVX2"}. */
    String name();

    /** Samples of the narrowest slots, which answer soonest. */
    int leastBits();

    /** Samples of the widest slots that one instruction works on. */
    int mostBits();

    /** Lists of more instructions than this are not worth assembling. */
    int mostInstructions();

    /**
     * How many registers an instruction list may use.
     *
     * @param bits samples of a slot: a power of two from {@link #leastBits()} to {@link #mostBits()}
     * @param groups how many groups of outputs to count, if slots are of one sample, or 0 to keep the outputs
     */
    int registers(int bits, int groups);

    /**
     * How many operands an operation may have: 2, or 3 if there are operations by truth table.
     *
     * @param bits samples of a slot
     */
    int mostOperands(int bits);

    /**
     * Whether operations may read slots.
     *
     * @param bits samples of a slot
     */
    boolean readsSlots(int bits);

    /**
     * The bytes of a function that takes the address of slot 0 and runs the list.
     *
     * @param bits samples of a slot
     * @throws CodeTooLargeException if the function or the slots are too large for this processor's addresses
     */
    byte[] assemble(Schedule schedule, int bits) throws CodeTooLargeException;

    /**
     * The bytes of a function that takes the address of slot 0 and runs the list at every position of a stage.
     *
     * @param schedule with inputs and outputs in place, see {@link InPlace}
     * @param bits samples of a slot: those of a whole vector
     */
    byte[] assemble(Schedule schedule, StagePlace place, int bits) throws CodeTooLargeException;

    /**
     * Machine code that packs rows, if there is any for such rows and slots.
     *
     * @param slots window, byte of {@code pixels} → slot, or −1
     * @param slotBytes bytes of a slot
     */
    Optional<PackingProgram> packing(PixelBits pixels, int[] slots, int slotBytes);

    /**
     * Machine code that counts outputs by groups, if there is any for such a plan and such slots.
     *
     * @param slotBytes bytes of a slot
     */
    Optional<CountingProgram> counting(GroupPlan plan, int slotBytes);

    /** Refuses what is too much, before time is spent on it. */
    default void requireInstructions(int count) throws CodeTooLargeException {
        if (count > mostInstructions()) {
            throw new CodeTooLargeException(
                    count + " instructions, where machine code takes up to " + mostInstructions());
        }
    }

    /** A circuit has more gates than machine code is worth, or possible, for. */
    final class CodeTooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        CodeTooLargeException(String message) {
            super(message);
        }
    }
}
