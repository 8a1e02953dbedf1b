package dev.gatewright.engine;

import java.util.Objects;

/**
 * A circuit that needs nothing but the JDK. An instance is for use by one thread at a time; nothing is allocated after
 * it is made.
 *
 * <p>Of this class itself there is no instance: {@link CircuitClass} copies it under another name and replaces the
 * static methods by those of a circuit.
 */
@SuppressWarnings("UnusedVariable") // The code that reads them comes with the circuit.
final class EmbeddedCircuit {
    private final long[] slots = new long[slotCount()];
    private final long[] in = new long[inputs()];
    private final long[] out = new long[outputs()];

    /** Working memory for one thread. */
    public EmbeddedCircuit() {
        // The class that is made of this one is public, and so must be its constructor.
    }

    /** Inputs of the circuit. */
    public static int inputs() {
        return 0;
    }

    /** Outputs of the circuit. */
    public static int outputs() {
        return 0;
    }

    /** Classes, for each of which an equal share of the outputs votes. */
    public static int classes() {
        return 0;
    }

    /** Bytes of a row of pixels. */
    public static int rowBytes() {
        return 0;
    }

    private static int slotCount() {
        return 0;
    }

    /** Words of inputs into slots. */
    private static void load(long[] in, long[] slots) {}

    /** Whether the pixels of one row exceed their thresholds, into slots. */
    private static void pack(byte[] rows, int from, long[] slots) {}

    private static void gates(long[] slots) {}

    /** Slots into words of outputs. */
    private static void store(long[] slots, long[] out) {}

    /**
     * Evaluates 64 samples: bit {@code s} of {@code in[i]} is input {@code i} of sample {@code s}, and so for
     * {@code out}.
     */
    public void run(long[] in, long[] out) {
        check(in.length, inputs(), "words for the inputs");
        check(out.length, outputs(), "words for the outputs");
        load(in, slots);
        gates(slots);
        store(slots, out);
    }

    /** The class of one sample: that with the most votes, the lowest at a tie. */
    public int classify(boolean[] bits) {
        check(bits.length, inputs(), "bits");
        for (int i = 0; i < bits.length; i++) {
            in[i] = bits[i] ? 1 : 0;
        }
        run(in, out);
        return largest();
    }

    /** The class of one row of unsigned bytes: that with the most votes, the lowest at a tie. */
    public int classify(byte[] row) {
        check(row.length, rowBytes(), "bytes");
        return classify(row, 0);
    }

    /** The class of the row of unsigned bytes that starts at {@code rows[from]}. */
    public int classify(byte[] rows, int from) {
        Objects.checkFromIndexSize(from, rowBytes(), rows.length);
        pack(rows, from, slots);
        gates(slots);
        store(slots, out);
        return largest();
    }

    private int largest() {
        int size = outputs() / classes();
        int best = 0;
        int most = -1;
        for (int group = 0; group < classes(); group++) {
            int votes = 0;
            for (int i = group * size; i < (group + 1) * size; i++) {
                votes += (int) out[i] & 1;
            }
            if (votes > most) {
                best = group;
                most = votes;
            }
        }
        return best;
    }

    private static void check(int found, int expected, String what) {
        if (found != expected) {
            throw new IllegalArgumentException(found + " " + what + "; expected " + expected);
        }
    }
}
