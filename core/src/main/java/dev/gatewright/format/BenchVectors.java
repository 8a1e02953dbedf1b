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
 * @param results the ports that what is expected is compared with
 * @param digitBits how many bits a digit of the file has: 1 or 4
 */
record BenchVectors(Design design, List<Port> results, int digitBits) {
    void write(BitMatrix in, BitMatrix outputs, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        for (int sample = 0; sample < in.samples(); sample++) {
            Bits bits = new Bits();
            for (int i = 0; i < in.bits(); i++) {
                bits.add(in.get(sample, i) ? 1 : 0, 1);
            }
            expect(bits, outputs, sample);
            out.text(bits.written()).line();
        }
        out.flush();
    }

    private void expect(Bits bits, BitMatrix outputs, int sample) {
        if (results.getFirst().name().equals("y")) {
            for (int i = 0; i < outputs.bits(); i++) {
                bits.add(outputs.get(sample, i) ? 1 : 0, 1);
            }
            return;
        }
        int groups = design.groups();
        int best = 0;
        int[] counts = new int[groups];
        for (int group = 0; group < groups; group++) {
            counts[group] = BenchFiles.count(outputs, sample, group, groups);
            bits.add(counts[group], Votes.width(outputs.bits() / groups));
            best = counts[group] > counts[best] ? group : best;
        }
        if (results.size() > 1) {
            bits.add(best, Votes.width(groups - 1));
        }
    }

    /** A long number, grown from its lowest bits. */
    private final class Bits {
        private final StringBuilder digits = new StringBuilder();
        private int digit;
        private int filled;

        void add(int value, int width) {
            for (int i = 0; i < width; i++) {
                digit |= (value >> i & 1) << filled;
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
