package dev.gatewright.engine;

import java.util.Arrays;

/**
 * An instruction list on slots, cut into runs of one operation: run {@code r} is the instructions from
 * {@code ends[r - 1]} (or 0) to {@code ends[r]}, all of operation {@code ops[r]}.
 *
 * @param shortCode the instructions where slots fit 16 bits, else null: the list streams through the same cache as
 *     the slots, and at half the size the second-level cache holds both
 * @param longCode the instructions where slots do not fit 16 bits, else null
 */
record Runs(byte[] ops, int[] ends, char[] shortCode, int[] longCode) {

    int count() {
        return ops.length;
    }

    /** @throws IllegalArgumentException if the list works on registers */
    static Runs of(Schedule schedule) {
        if (schedule.registers() > 0) {
            throw new IllegalArgumentException("a list on registers where one on slots is expected");
        }
        byte[] all = schedule.ops();
        byte[] ops = new byte[all.length];
        int[] ends = new int[all.length];
        int count = 0;
        for (int i = 0; i < all.length; i++) {
            if (count == 0 || ops[count - 1] != all[i]) {
                ops[count++] = all[i];
            }
            ends[count - 1] = i + 1;
        }
        boolean fits = schedule.slots() <= 1 << Character.SIZE;
        return new Runs(
                Arrays.copyOf(ops, count),
                Arrays.copyOf(ends, count),
                fits ? shortened(schedule.code()) : null,
                fits ? null : schedule.code());
    }

    private static char[] shortened(int[] code) {
        char[] shortened = new char[code.length];
        for (int i = 0; i < code.length; i++) {
            shortened[i] = (char) code[i];
        }
        return shortened;
    }
}
