package dev.gatewright.engine;

/**
 * Where a kernel reads and writes at its positions, in slots of a block.
 *
 * @param origins position → the slot from which what is read counts
 * @param offsets input → slots from there
 * @param targets position → the slot from which what is written counts
 * @param targetOffsets output → slots from there
 * @param own the first of the slots that the kernel may use for itself
 */
record StagePlace(int[] origins, int[] offsets, int[] targets, int[] targetOffsets, int own) {}
