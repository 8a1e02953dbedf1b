package dev.gatewright.engine;

import java.util.Arrays;

/** Slots, last freed first: the one whose words are most likely still in the nearest cache. */
final class Slots {
    private int[] free = new int[64];
    private int count;
    private int used;

    /** @param reserved how many of the first slots are never given */
    Slots(int reserved) {
        used = reserved;
    }

    int take() {
        return count > 0 ? free[--count] : used++;
    }

    void free(int slot) {
        if (count == free.length) {
            free = Arrays.copyOf(free, 2 * count);
        }
        free[count++] = slot;
    }

    /** Slots reserved or ever given. */
    int used() {
        return used;
    }
}
