package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/**
 * The Berkeley logic interchange format: one table of true rows a gate. Inputs are {@code x[i]}, outputs {@code y[j]},
 * gates {@code gN}.
 */
public final class Blif implements Format {
    @Override
    public String name() {
        return "blif";
    }

    @Override
    public String suffix() {
        return ".blif";
    }

    @Override
    public String about() {
        return "Berkeley logic interchange format, for ABC and Yosys";
    }

    @Override
    public boolean isRead() {
        return true;
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        return HardwareBench.ofNetlist(design, vectors, stem, "", "read_blif -wideports " + stem + ".blif");
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        Circuit circuit = design.circuit();
        String name = Names.legal(design.name(), Set.of());
        Header.write(out, "# ", design, name, "");
        out.text(".model ").text(name).line();
        out.text(".inputs");
        for (int i = 0; i < circuit.inputs(); i++) {
            out.text(" \\\n x[").number(i).text("]");
        }
        out.text("\n.outputs");
        for (int i = 0; i < circuit.outputs(); i++) {
            out.text(" \\\n y[").number(i).text("]");
        }
        out.line();
        for (int gate = 0; gate < circuit.gates(); gate++) {
            gate(out, circuit, gate);
        }
        for (int i = 0; i < circuit.outputs(); i++) {
            output(out, circuit, i);
        }
        out.text(".end\n").flush();
    }

    private static void gate(TextOut out, Circuit circuit, int gate) throws IOException {
        int arity = circuit.arity(gate);
        long table = circuit.table(gate);
        out.text(".names");
        for (int i = 0; i < arity; i++) {
            wire(out.raw(' '), circuit, circuit.wire(gate, i));
        }
        out.text(" g").number(gate).line();
        for (int index = 0; index < 1 << arity; index++) {
            if (TruthTable.value(table, index)) {
                for (int i = 0; i < arity; i++) {
                    out.raw('0' + (index >> i & 1));
                }
                out.text(" 1\n");
            }
        }
    }

    private static void output(TextOut out, Circuit circuit, int output) throws IOException {
        int wire = circuit.output(output);
        out.text(".names");
        if (wire < Circuit.CONSTANTS) {
            out.text(" y[").number(output).text(wire == 0 ? "]\n" : "]\n1\n");
        } else {
            wire(out.raw(' '), circuit, wire);
            out.text(" y[").number(output).text("]\n1 1\n");
        }
    }

    private static void wire(TextOut out, Circuit circuit, int wire) throws IOException {
        int gate = circuit.gateOf(wire);
        if (gate < 0) {
            out.text("x[").number(wire - Circuit.CONSTANTS).raw(']');
        } else {
            out.raw('g').number(gate);
        }
    }
}
