package dev.gatewright.format;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Votes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A test bench of a Verilog file: a module that applies vectors and prints {@code PASS}, or each of the first ten
 * differences and {@code FAIL}; and the vectors, one a line in hexadecimal, what is expected before what is applied.
 *
 * @param name the module under test
 * @param plain whether it has the outputs as they are
 */
record VerilogBench(Design design, String name, boolean plain) {
    private static final String BENCH = "_tb.v";
    private static final String VECTORS = "_tb.hex";

    /** The two files, for vectors whose outputs by the circuit are given. */
    List<Format.Companion> files(BitMatrix in, BitMatrix outputs, String stem) {
        return List.of(
                new Format.Companion(BENCH, out -> bench(in.samples(), stem, out)),
                new Format.Companion(VECTORS, out -> vectors(in, outputs, out)));
    }

    private void bench(int vectors, String stem, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        int inputs = design.circuit().inputs();
        List<String> ports = new ArrayList<>();
        int expected = 0;
        out.text("// Applies " + vectors + " vectors to " + name + "; read " + stem + VECTORS + " from this folder.\n");
        out.text("`timescale 1ns/1ps\nmodule " + name + "_tb;\n");
        for (Port port : ports()) {
            out.text("wire [" + (port.width - 1) + ":0] " + port.name + ";\n");
            ports.add(port.name);
            expected += port.width;
        }
        int width = expected + inputs;
        String all = "{" + String.join(", ", ports.reversed()) + "}";
        out.text("reg [" + (width - 1) + ":0] memory [0:" + (vectors - 1) + "];\n");
        out.text("reg [" + (inputs - 1) + ":0] x;\nreg [" + (expected - 1) + ":0] expected;\n");
        out.text("integer i, errors;\n" + name + " dut (.x(x)");
        for (String port : ports) {
            out.text(", ." + port + "(" + port + ")");
        }
        out.text(");\ninitial begin\n    $readmemh(\"" + stem + VECTORS + "\", memory);\n    errors = 0;\n");
        out.text("    for (i = 0; i < " + vectors + "; i = i + 1) begin\n        {expected, x} = memory[i];\n");
        out.text("        #1;\n        if (" + all + " !== expected) begin\n            errors = errors + 1;\n");
        out.text("            if (errors <= 10) $display(\"vector %0d: found %h, expected %h\", i, " + all);
        out.text(", expected);\n        end\n    end\n");
        out.text("    if (errors == 0) $display(\"PASS: " + vectors + " vectors\");\n");
        out.text(
                "    else $display(\"FAIL: %0d of " + vectors + " vectors\", errors);\n    $finish;\nend\nendmodule\n");
        out.flush();
    }

    private record Port(String name, int width) {}

    /** The outputs of the module, the lowest bits first. */
    private List<Port> ports() {
        if (plain) {
            return List.of(new Port("y", design.circuit().outputs()));
        }
        int groups = design.groups();
        Port counts = new Port("counts", groups * Votes.width(design.circuit().outputs() / groups));
        return design.score() instanceof Design.Score.Votes
                ? List.of(counts, new Port("prediction", Votes.width(groups - 1)))
                : List.of(counts);
    }

    private void vectors(BitMatrix in, BitMatrix outputs, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        for (int sample = 0; sample < in.samples(); sample++) {
            Bits bits = new Bits();
            for (int i = 0; i < in.bits(); i++) {
                bits.add(in.get(sample, i) ? 1 : 0, 1);
            }
            expect(bits, outputs, sample);
            out.text(bits.hexadecimal()).line();
        }
        out.flush();
    }

    private void expect(Bits bits, BitMatrix outputs, int sample) {
        if (plain) {
            for (int i = 0; i < outputs.bits(); i++) {
                bits.add(outputs.get(sample, i) ? 1 : 0, 1);
            }
            return;
        }
        int groups = design.groups();
        int size = outputs.bits() / groups;
        int best = 0;
        int[] counts = new int[groups];
        for (int group = 0; group < groups; group++) {
            for (int i = group * size; i < (group + 1) * size; i++) {
                counts[group] += outputs.get(sample, i) ? 1 : 0;
            }
            bits.add(counts[group], Votes.width(size));
            best = counts[group] > counts[best] ? group : best;
        }
        if (design.score() instanceof Design.Score.Votes) {
            bits.add(best, Votes.width(groups - 1));
        }
    }

    /** A long number, grown from its lowest bits. */
    private static final class Bits {
        private final StringBuilder digits = new StringBuilder();
        private int digit;
        private int filled;

        void add(int value, int width) {
            for (int i = 0; i < width; i++) {
                digit |= (value >> i & 1) << filled;
                if (++filled == 4) {
                    next();
                }
            }
        }

        private void next() {
            digits.append(Character.forDigit(digit, 16));
            digit = 0;
            filled = 0;
        }

        String hexadecimal() {
            if (filled > 0) {
                next();
            }
            return digits.reverse().toString();
        }
    }
}
