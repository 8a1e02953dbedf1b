package dev.gatewright.engine.x86;

/**
 * Where in memory the slots of a function are, given their offsets as if all lay in a row from the function's argument.
 * Registers that hold addresses are 7 (rdi), 6 (rsi) and 2 (rdx).
 */
public interface Frame {
    /** All slots in a row from the address in the first argument. */
    Frame ROW = new Frame() {
        @Override
        public int base(int offset) {
            return SLOTS;
        }

        @Override
        public int displacement(int offset) {
            return offset;
        }
    };

    /** The register of the first argument, rdi; in a loop over positions it is moved to where the slots start. */
    int SLOTS = 7;
    /** In a loop over positions, the register with what is read there: rsi. */
    int READ = 6;
    /** In a loop over positions, the register with what is written there: rdx. */
    int WRITTEN = 2;

    /** The number of the register that holds the address from which a slot's displacement counts. */
    int base(int offset);

    /** Bytes from that address. */
    int displacement(int offset);
}
