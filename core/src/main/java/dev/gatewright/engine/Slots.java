package dev.gatewright.engine;

import java.util.Arrays;

/** Slots, last freed first: the one whose words are most likely still in the nearest cache. Slot 0 is never given. */
final class Slots {
    private int[] free = new int[64];
    private int count;
    private int used = 1;

    int take() {
        return count > 0 ? free[--count] : used++;
    }

    void free(int slot) {
        if (count == free.length) {
            free = Arrays.copyOf(free, 2 * count);
        }
        free[count++] = slot;
    }

    /** Slots ever given, and slot 0. */
    int used() {
        return used;
    }
}
