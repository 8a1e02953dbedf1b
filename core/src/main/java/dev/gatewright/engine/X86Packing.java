package dev.gatewright.engine;

import dev.gatewright.engine.x86.Avx2Assembler;
import dev.gatewright.engine.x86.Avx2Assembler.Operation;
import dev.gatewright.engine.x86.Avx2Assembler.Pointer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The machine code that packs 256 rows of bytes into 32 bytes of each slot: the whole of it, or a half where slots are of 512 bits.
 *
 * <p>Bytes are compared 32 at a time in eight rows; doubling and subtracting gathers the eight answers, a bit a row, in
 * a byte a column: three operations and a read for 32 answers. The bytes of all 32 groups of eight rows lie in a matrix
 * then, whose rows and columns are exchanged by interleaving: four times eight pairs of registers (the network of
 * a fast Fourier transform) turn 32 bytes of 16 columns. Both parts take about as long as reading the rows does.
 */
final class X86Packing {
    /** Bytes compared at once. */
    private static final int WIDTH = 32;
    /** Rows packed by one call. */
    private static final int ROWS = 256;

    /** Columns that become slots at once, and rows of the matrix, which has 32 bytes a row for that many columns. */
    private static final int SQUARE = 16;
    /** Windows packed before the next are begun: their matrix stays in the first-level cache. */
    private static final int MOST_WINDOWS = 26;

    private static final int ROW_BYTES = 2 * WIDTH;

    private static final int LIMIT = 0;
    private static final int ZERO = 15;

    private final Avx2Assembler assembler = new Avx2Assembler();
    private final PixelBits pixels;
    private final int[] slots;
    private final int slotBytes;

    /** Windows of 32 columns that have an input which is read, as twice the number of one of 64, and 1 for its second half. */
    private final int[] windows;

    private final int matrixRow;

    /**
     * @param slots window, byte → slot, or −1
     * @param slotBytes bytes of a slot: a multiple of 32
     */
    X86Packing(PixelBits pixels, int[] slots, int slotBytes) {
        this.pixels = pixels;
        this.slots = slots;
        this.slotBytes = slotBytes;
        this.windows = IntStream.range(0, slots.length / WIDTH)
                .filter(window -> Arrays.stream(slots, window * WIDTH, (window + 1) * WIDTH)
                        .anyMatch(slot -> slot >= 0))
                .toArray();
        this.matrixRow = Math.min(windows.length, MOST_WINDOWS) * ROW_BYTES;
    }

    /** Whether code can be made for these rows, and reads nothing beyond them. */
    static boolean serves(PixelBits pixels, int slotBytes) {
        return slotBytes % WIDTH == 0
                && pixels.rowBytes() >= Packing.WINDOW
                && pixels.rowBytes() < Integer.MAX_VALUE / ROWS;
    }

    PackingProgram program() {
        return new PackingProgram(assemble(), limits(), (SQUARE + 1) * matrixRow, ROWS);
    }

    /** For each window that is compared, the least byte that exceeds its limit. */
    private byte[] limits() {
        byte[] limits = new byte[windows.length * WIDTH];
        for (int i = 0; i < limits.length; i++) {
            limits[i] = (byte) (pixels.limits()[windows[i / WIDTH] * WIDTH + i % WIDTH] + 1);
        }
        return limits;
    }

    private byte[] assemble() {
        assembler.addFifth(Pointer.SECOND);
        for (int from = 0; from < windows.length; from += MOST_WINDOWS) {
            int to = Math.min(windows.length, from + MOST_WINDOWS);
            compare(from, to);
            for (int window = from; window < to; window++) {
                exchange((window - from) * ROW_BYTES, windows[window] * WIDTH);
                exchange((window - from) * ROW_BYTES + WIDTH, windows[window] * WIDTH + SQUARE);
            }
        }
        assembler.end();
        return assembler.code();
    }

    /** Fills the matrix: its row r holds, for each 16 columns, groups of rows r and r + 16. */
    private void compare(int from, int to) {
        int rowBytes = pixels.rowBytes();
        assembler.operate(Operation.XOR, ZERO, ZERO, ZERO);
        int start = assembler.loop(SQUARE);
        for (int i = from; i < to; i++) {
            int column = pixels.starts()[windows[i] / 2] + (windows[i] & 1) * WIDTH;
            assembler.load(LIMIT, Pointer.FOURTH, i * WIDTH);
            eightRows(1, 2, column);
            eightRows(3, 4, column + ROWS / 2 * rowBytes);
            assembler.lowerHalves(5, 1, 3);
            assembler.upperHalves(6, 1, 3);
            assembler.store(Pointer.THIRD, (i - from) * ROW_BYTES, 5);
            assembler.store(Pointer.THIRD, (i - from) * ROW_BYTES + WIDTH, 6);
        }
        assembler.move(Pointer.SECOND, 8 * rowBytes);
        assembler.move(Pointer.THIRD, matrixRow);
        assembler.endLoop(start);
        assembler.move(Pointer.SECOND, -SQUARE * 8 * rowBytes);
        assembler.move(Pointer.THIRD, -SQUARE * matrixRow);
    }

    /** The last row first: doubling makes room for the next bit. */
    private void eightRows(int bits, int work, int column) {
        for (int row = 7; row >= 0; row--) {
            assembler.operate(Operation.LEAST, work, LIMIT, Pointer.SECOND, column + row * pixels.rowBytes());
            assembler.operate(Operation.EQUAL, work, work, LIMIT);
            if (row < 7) {
                assembler.operate(Operation.ADD, bits, bits, bits);
            }
            assembler.operate(Operation.SUBTRACT, bits, row < 7 ? bits : ZERO, work);
        }
    }

    /** Stores 16 columns of the matrix, each to its slot. */
    private void exchange(int at, int first) {
        int[] rows = new int[SQUARE];
        for (int i = 0; i < SQUARE / 2; i++) {
            rows[2 * i] = 2 * i;
            rows[2 * i + 1] = 2 * i + 1;
            int other = at + (i + SQUARE / 2) * matrixRow;
            assembler.load(2 * i + 1, Pointer.THIRD, at + i * matrixRow);
            assembler.operate(Operation.INTERLEAVE_LOW, 2 * i, 2 * i + 1, Pointer.THIRD, other);
            assembler.operate(Operation.INTERLEAVE_HIGH, 2 * i + 1, 2 * i + 1, Pointer.THIRD, other);
        }
        for (int stage = 1; stage < 4; stage++) {
            rows = interleave(rows);
        }
        for (int i = 0; i < SQUARE; i++) {
            if (slots[first + i] >= 0) {
                assembler.store(Pointer.FIRST, slots[first + i] * slotBytes, rows[i]);
            }
        }
    }

    /** Interleaves row i with row i + 8. All registers are taken: the last row waits in memory. */
    private int[] interleave(int[] rows) {
        int half = SQUARE / 2;
        int[] result = new int[SQUARE];
        int waiting = SQUARE * matrixRow;
        assembler.store(Pointer.THIRD, waiting, rows[SQUARE - 1]);
        int free = rows[SQUARE - 1];
        for (int i = 0; i < half; i++) {
            result[2 * i] = free;
            if (i < half - 1) {
                result[2 * i + 1] = rows[i + half];
                assembler.operate(Operation.INTERLEAVE_LOW, free, rows[i], rows[i + half]);
                assembler.operate(Operation.INTERLEAVE_HIGH, rows[i + half], rows[i], rows[i + half]);
                free = rows[i];
            } else {
                result[2 * i + 1] = rows[i];
                assembler.operate(Operation.INTERLEAVE_LOW, free, rows[i], Pointer.THIRD, waiting);
                assembler.operate(Operation.INTERLEAVE_HIGH, rows[i], rows[i], Pointer.THIRD, waiting);
            }
        }
        return result;
    }
}
