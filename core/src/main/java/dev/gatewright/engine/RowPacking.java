package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rows of bytes into the slots of one block: by machine code where there is any and the block is full, else by the
 * loops of {@link Packing}. For use by one thread at a time.
 */
final class RowPacking {
    private final Packing packing;
    private final PixelBits pixels;
    private final int words;
    /** Window, byte of {@link #pixels} → slot, or −1. */
    private final int[] slots;
    /** Words of 64 rows, and a gap that keeps neighbouring squares out of each other's cache sets. */
    private final int square;

    private final long[] squares;
    private final Optional<MachinePacking> machine;

    private final MethodHandle pack = Apart.method(MethodHandles.lookup(), this, "pack");

    /**
     * @param words words of a slot, for which {@code packing} is made
     * @param slotOfInput input → slot, or −1 where the circuit does not read it
     */
    RowPacking(Packing packing, int words, Optional<Machine> machine, PixelBits pixels, int[] slotOfInput) {
        this.packing = packing;
        this.pixels = pixels;
        this.words = words;
        this.slots = Arrays.stream(pixels.targets())
                .map(input -> input < 0 ? -1 : slotOfInput[input])
                .toArray();
        this.square = 64 * words + 8;
        this.squares = new long[pixels.starts().length * square];
        this.machine = machine.flatMap(present -> present.packing(pixels, slots, words * Long.BYTES))
                .flatMap(MachinePacking::of);
    }

    PixelBits pixels() {
        return pixels;
    }

    /** @param start where the first of {@code rows} rows starts */
    void load(byte[] bytes, int start, int rows, MemorySegment state) {
        if (machine.isPresent() && rows == words * Long.SIZE) {
            machine.get().pack(bytes, start, pixels.rowBytes(), rows, state);
            return;
        }
        try {
            pack.invokeExact(bytes, start, rows, state);
        } catch (Throwable thrown) {
            throw Apart.rethrow(thrown);
        }
    }

    void pack(byte[] bytes, int start, int rows, MemorySegment state) {
        for (int i = 0; i < rows; i += 8) {
            int at = (i >> 3 & 7) * words + (i >> 6);
            compare(bytes, start + i * pixels.rowBytes(), Math.min(8, rows - i), at);
        }
        for (int window = 0; window < pixels.starts().length; window++) {
            packing.store(squares, window * square, slots, Packing.WINDOW * window, state);
        }
    }

    private void compare(byte[] bytes, int from, int rows, int at) {
        for (int window = 0; window < pixels.starts().length; window++) {
            packing.compare(
                    bytes,
                    from + pixels.starts()[window],
                    pixels.rowBytes(),
                    rows,
                    pixels.limits(),
                    Packing.WINDOW * window,
                    squares,
                    window * square + at,
                    8 * words);
        }
    }
}
