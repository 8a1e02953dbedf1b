package dev.gatewright.engine;

/** What generated classes implement: a piece of a circuit, on an array that holds one word of each slot. */
@FunctionalInterface
interface SlotCode {
    /** @param slots slot → its word */
    void run(long[] slots);
}
