package dev.gatewright.engine;

/**
 * Machine code that turns rows of bytes into slots: a function of the address of slot 0, further by the bytes that
 * earlier rows take there; of an array; of working memory and of {@code limits}, both at multiples of a cache line; and
 * of the first row's offset in the array.
 *
 * @param code the bytes of the function
 * @param limits what it compares with
 * @param workBytes bytes of working memory
 * @param rows how many rows one call packs
 */
record PackingProgram(byte[] code, byte[] limits, int workBytes, int rows) {}
