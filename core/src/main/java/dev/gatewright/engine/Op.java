package dev.gatewright.engine;

/**
 * The operations of an instruction list, as numbers. Inverters are never operations: a slot may hold the inverse of
 * its wire, and operations are chosen to fit.
 */
final class Op {
    static final int AND = 0;
    /** {@code a & ~b}. */
    static final int AND_NOT = 1;

    static final int OR = 2;
    static final int XOR = 3;
    /** How many operations compute. */
    static final int COUNT = 4;

    /** From a slot to a register or back. */
    static final int MOVE = 4;
    /** Registers hold nothing any more; its three numbers are 0. Only in lists that were asked to be cut. */
    static final int CUT = 7;

    /** Adds a register, which holds 0 or 1, to a slot, which holds a number: counting, where a slot is one sample. */
    static final int ADD = 5;

    /** Subtracts likewise. */
    static final int SUBTRACT = 6;

    /** A function of three operands by its table, where the machine has such an operation. */
    static final int TABLE = 8;

    private Op() {}
}
