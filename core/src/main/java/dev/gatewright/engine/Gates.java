package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;

/** Computes every gate of a circuit, on slots that hold the inputs. Safe for use by several threads at once. */
@FunctionalInterface
interface Gates {
    /** @param state the slots of one block, slot 0 first */
    void run(MemorySegment state);

    /** Computes the first {@code words} words of each slot at least. */
    default void run(MemorySegment state, int words) {
        run(state);
    }

    /** Ends the use; what runs now runs to its end. */
    default void close() {}

    /** What runs the slots of one block: for use by one thread at a time, so that it may have working memory. */
    default Gates forBlock() {
        return this;
    }
}
