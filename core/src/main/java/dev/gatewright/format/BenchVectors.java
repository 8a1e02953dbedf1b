package dev.gatewright.format;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Votes;
import dev.gatewright.format.HardwareLanguage.Port;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The vectors of a test bench, one a line: a number of which the lowest bits are applied and the others are expected.
 *
 * @param applied how many bits are applied, those that stand for nothing included
 * @param digitBits how many bits a digit of the file has: 1 or 4
 */
record BenchVectors(int applied, Expected expected, int digitBits) {
    /** Adds what is expected of a sample, the lowest bits first. */
    @FunctionalInterface
    interface Expected {
        void add(Bits bits, BitMatrix outputs, int sample);
    }

    /** What the ports of a module say: its outputs as they are, or counts and then the index of the class. */
    static Expected ports(Design design, List<Port> results) {
        if (results.getFirst().name().equals("y")) {
            return BenchVectors::outputs;
        }
        return (bits, outputs, sample) -> {
            int groups = design.groups();
            int[] counts = counts(design, outputs, sample);
            for (int count : counts) {
                bits.add(count, Votes.width(outputs.bits() / groups));
            }
            if (results.size() > 1) {
                bits.add(best(counts), Votes.width(groups - 1));
            }
        };
    }

    static void outputs(Bits bits, BitMatrix outputs, int sample) {
        for (int i = 0; i < outputs.bits(); i++) {
            bits.add(outputs.get(sample, i) ? 1 : 0, 1);
        }
    }

    /** True outputs of each group. */
    static int[] counts(Design design, BitMatrix outputs, int sample) {
        int[] counts = new int[design.groups()];
        for (int group = 0; group < counts.length; group++) {
            counts[group] = BenchFiles.count(outputs, sample, group, counts.length);
        }
        return counts;
    }

    /** The index of the largest, the lowest at a tie. */
    static int best(int[] counts) {
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return best;
    }

    void write(BitMatrix in, BitMatrix outputs, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        for (int sample = 0; sample < in.samples(); sample++) {
            Bits bits = new Bits(digitBits);
            for (int i = 0; i < in.bits(); i++) {
                bits.add(in.get(sample, i) ? 1 : 0, 1);
            }
            bits.add(0, applied - in.bits());
            expected.add(bits, outputs, sample);
            out.text(bits.written()).line();
        }
        out.flush();
    }

    /** A long number, grown from its lowest bits. */
    static final class Bits {
        private final int digitBits;
        private final StringBuilder digits = new StringBuilder();
        private int digit;
        private int filled;

        private Bits(int digitBits) {
            this.digitBits = digitBits;
        }

        /** Adds a number that is not negative, in so many bits. */
        void add(int value, int width) {
            for (int i = 0; i < width; i++) {
                digit |= (i < Integer.SIZE ? value >> i & 1 : 0) << filled;
                if (++filled == digitBits) {
                    next();
                }
            }
        }

        private void next() {
            digits.append(Character.forDigit(digit, 16));
            digit = 0;
            filled = 0;
        }

        String written() {
            if (filled > 0) {
                next();
            }
            return digits.reverse().toString();
        }
    }
}
