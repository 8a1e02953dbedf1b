package dev.gatewright.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How rows of unsigned bytes become the inputs of a circuit: input {@code i} is whether byte {@code bytes[i]} of the
 * row exceeds {@code thresholds[i]}. Only inputs that the circuit reads are ever computed.
 *
 * <p>Work is cut into windows of 64 neighbouring bytes with one threshold each; a byte with several thresholds
 * appears in several windows.
 */
public final class PixelBits {
    private final int rowBytes;
    private final int inputs;
    private final int[] inputsRead;
    /** Index into {@link #inputsRead} → the byte, and what it must exceed. */
    private final int[] pixels;

    private final int[] thresholds;
    private final int[] starts;
    private final byte[] limits;
    private final int[] targets;
    private final int[] alwaysTrue;
    private final int[] alwaysFalse;

    /** The bytes from {@code start} on, against a limit each, for an input each, or −1 where nobody asks. */
    private record Window(int start, byte[] limits, int[] inputs) {}

    /**
     * @param rowBytes bytes of a row
     * @param bytes the byte of a row that each input looks at
     * @param thresholds any number: below 0 makes the input always true, 255 and above always false
     * @param inputsRead the inputs to compute
     */
    public PixelBits(int rowBytes, int[] bytes, int[] thresholds, int[] inputsRead) {
        if (bytes.length != thresholds.length) {
            throw new IllegalArgumentException(bytes.length + " bytes and " + thresholds.length + " thresholds");
        }
        this.rowBytes = rowBytes;
        this.inputs = bytes.length;
        this.inputsRead = inputsRead.clone();
        this.pixels = Arrays.stream(inputsRead)
                .map(i -> Objects.checkIndex(bytes[i], rowBytes))
                .toArray();
        this.thresholds = Arrays.stream(inputsRead).map(i -> thresholds[i]).toArray();
        this.alwaysTrue =
                Arrays.stream(inputsRead).filter(i -> thresholds[i] < 0).toArray();
        this.alwaysFalse =
                Arrays.stream(inputsRead).filter(i -> thresholds[i] >= 255).toArray();
        int[] compared = Arrays.stream(inputsRead)
                .filter(i -> thresholds[i] >= 0 && thresholds[i] < 255)
                .toArray();
        List<Window> windows = windows(bytes, thresholds, compared);
        this.starts = windows.stream().mapToInt(Window::start).toArray();
        this.limits = new byte[64 * starts.length];
        this.targets = new int[64 * starts.length];
        for (int i = 0; i < starts.length; i++) {
            System.arraycopy(windows.get(i).limits(), 0, limits, 64 * i, 64);
            System.arraycopy(windows.get(i).inputs(), 0, targets, 64 * i, 64);
        }
    }

    private List<Window> windows(int[] bytes, int[] thresholds, int[] compared) {
        int perLayer = (rowBytes + 63) / 64;
        int[] uses = new int[rowBytes];
        List<Window[]> layers = new ArrayList<>();
        for (int input : compared) {
            int at = Objects.checkIndex(bytes[input], rowBytes);
            int layer = uses[at]++;
            if (layer == layers.size()) {
                layers.add(new Window[perLayer]);
            }
            Window[] row = layers.get(layer);
            int index = at / 64;
            if (row[index] == null) {
                // The last window ends with the row where it can, so that it never needs bytes beyond the last row.
                int start = Math.max(0, Math.min(index * 64, rowBytes - 64));
                row[index] = new Window(start, new byte[64], new int[64]);
                Arrays.fill(row[index].inputs(), -1);
            }
            Window window = row[index];
            window.limits()[at - window.start()] = (byte) thresholds[input];
            window.inputs()[at - window.start()] = input;
        }
        return layers.stream().flatMap(Arrays::stream).filter(Objects::nonNull).toList();
    }

    /** Bytes of a row. */
    public int rowBytes() {
        return rowBytes;
    }

    int inputs() {
        return inputs;
    }

    /** How many inputs to compute; the following count them. */
    int count() {
        return inputsRead.length;
    }

    int input(int index) {
        return inputsRead[index];
    }

    /** The byte of a row that an input looks at. */
    int pixel(int index) {
        return pixels[index];
    }

    int threshold(int index) {
        return thresholds[index];
    }

    /** Window → its first byte in a row. */
    int[] starts() {
        return starts;
    }

    /** Window, byte → threshold, as an unsigned byte. */
    byte[] limits() {
        return limits;
    }

    /** Window, byte → the input that the comparison is, or −1. */
    int[] targets() {
        return targets;
    }

    int[] alwaysTrue() {
        return alwaysTrue;
    }

    int[] alwaysFalse() {
        return alwaysFalse;
    }
}
