package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/** Equations as ABC and SIS read them: {@code !}, {@code *} and {@code +}, one gate a line; what a file says of itself comes last. */
public final class Eqn implements Format {
    private static final Formula FORMULA = new Formula("!", " * ", " + ", "", "0", "1");

    @Override
    public String name() {
        return "eqn";
    }

    @Override
    public String suffix() {
        return ".eqn";
    }

    @Override
    public String about() {
        return "equations, for ABC and for reading";
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        return HardwareBench.throughAbc(design, vectors, stem, "read_eqn " + stem + suffix());
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        Circuit circuit = design.circuit();
        ports(out, "INORDER =", 'x', circuit.inputs());
        ports(out, "OUTORDER =", 'y', circuit.outputs());
        for (int gate = 0; gate < circuit.gates(); gate++) {
            out.raw('g').number(gate).text(" = ");
            out.text(FORMULA.of(circuit.table(gate), Wires.names(circuit, gate)))
                    .text(";\n");
        }
        for (int i = 0; i < circuit.outputs(); i++) {
            int wire = circuit.output(i);
            out.text("y[").number(i).text("] = ");
            out.text(wire < Circuit.CONSTANTS ? Integer.toString(wire) : Wires.name(circuit, wire))
                    .text(";\n");
        }
        // ABC loses all that follows two lines of comment.
        Header.write(out, "# ", design, Names.legal(design.name(), Set.of()), "");
        out.flush();
    }

    private static void ports(TextOut out, String word, char port, int count) throws IOException {
        out.text(word);
        for (int i = 0; i < count; i++) {
            out.text(i % 16 == 15 ? "\n " : " ").raw(port).raw('[').number(i).raw(']');
        }
        out.text(";\n");
    }
}
