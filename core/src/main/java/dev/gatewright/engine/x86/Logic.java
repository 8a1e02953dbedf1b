package dev.gatewright.engine.x86;

/** The operations of the machine on two vectors. */
public enum Logic {
    AND(0xDB),
    /** {@code ~left & right}. */
    NOT_AND(0xDF),
    OR(0xEB),
    XOR(0xEF);

    private final int opcode;

    Logic(int opcode) {
        this.opcode = opcode;
    }

    int opcode() {
        return opcode;
    }
}
