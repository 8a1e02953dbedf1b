package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/**
 * The AIGER format 1.9 (Biere, Heljanko, Wieringa, 2011): conjunctions and inverters, in binary or in ASCII, with names of
 * inputs {@code x[i]} and outputs {@code y[j]}. What a file says of itself stands in its comments, which come last.
 */
public final class Aiger implements Format {
    private final boolean binary;

    private Aiger(boolean binary) {
        this.binary = binary;
    }

    /** Binary files, whose conjunctions take some three bytes each. */
    public static Aiger binary() {
        return new Aiger(true);
    }

    /** Files that people can read. */
    public static Aiger ascii() {
        return new Aiger(false);
    }

    @Override
    public String name() {
        return binary ? "aiger" : "aiger-ascii";
    }

    @Override
    public String suffix() {
        return binary ? ".aig" : ".aag";
    }

    @Override
    public String about() {
        return "conjunctions and inverters, " + (binary ? "binary" : "as text") + ", for ABC and model checkers";
    }

    @Override
    public boolean isRead() {
        return true;
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        // Of AIGER, Yosys keeps every bit as a port of its own.
        String blif = stem + "_tb.blif";
        String read =
                "read_aiger " + stem + suffix() + "; write_blif " + blif + "; design -reset; read_blif -wideports ";
        return HardwareBench.ofNetlist(design, vectors, stem, "", read + blif);
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        Circuit circuit = design.circuit();
        int ands = Ands.count(circuit);
        out.text(binary ? "aig " : "aag ").number(Math.addExact(circuit.inputs(), ands));
        out.raw(' ').number(circuit.inputs()).text(" 0 ").number(circuit.outputs());
        out.raw(' ').number(ands).line();
        // Outputs stand before the conjunctions, so these are gone through once to know them, once to write.
        int[] outputs = Ands.write(circuit, (literal, left, right) -> {});
        if (!binary) {
            for (int i = 1; i <= circuit.inputs(); i++) {
                out.number(2 * i).line();
            }
        }
        for (int output : outputs) {
            out.number(output).line();
        }
        if (binary) {
            Ands.write(circuit, (literal, left, right) -> {
                delta(out, literal - left);
                delta(out, left - right);
            });
        } else {
            Ands.write(
                    circuit,
                    (literal, left, right) -> out.number(literal)
                            .raw(' ')
                            .number(left)
                            .raw(' ')
                            .number(right)
                            .line());
        }
        names(out, 'i', 'x', circuit.inputs());
        names(out, 'o', 'y', circuit.outputs());
        out.text("c\n");
        Header.write(out, "", design, Names.legal(design.name(), Set.of()), "");
        out.flush();
    }

    /** Seven bits a byte, the lowest first, the highest bit of a byte saying that more follow. */
    private static void delta(TextOut out, int value) throws IOException {
        int rest = value;
        while (rest > 127) {
            out.raw(rest & 127 | 128);
            rest >>>= 7;
        }
        out.raw(rest);
    }

    private static void names(TextOut out, char kind, char port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            out.raw(kind).number(i).raw(' ').raw(port).raw('[').number(i).text("]\n");
        }
    }
}
