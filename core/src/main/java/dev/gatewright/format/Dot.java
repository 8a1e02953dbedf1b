package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.encode.InputException;
import dev.gatewright.logic.TruthTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/** A drawing for Graphviz, of circuits of up to {@value #MOST_GATES} gates; inputs that nothing reads are left out. */
public final class Dot implements Format {
    static final int MOST_GATES = 2000;
    private static final Set<String> KEYWORDS = Set.of("graph", "digraph", "node", "edge", "subgraph", "strict");

    @Override
    public String name() {
        return "dot";
    }

    @Override
    public String suffix() {
        return ".dot";
    }

    @Override
    public String about() {
        return "a drawing of a small circuit, for Graphviz";
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        Circuit circuit = design.circuit();
        if (circuit.gates() > MOST_GATES) {
            throw new InputException(
                    "a drawing of " + circuit.gates() + " gates; format dot draws up to " + MOST_GATES);
        }
        TextOut out = new TextOut(stream);
        String name = Names.legal(design.name(), KEYWORDS);
        Header.write(out, "// ", design, name, "");
        out.text("digraph ").text(name).text(" {\n  rankdir=LR;\n  node [shape=box, fontname=\"monospace\"];\n");
        boolean[] read = new boolean[circuit.wires()];
        for (int gate = 0; gate < circuit.gates(); gate++) {
            for (int i = 0; i < circuit.arity(gate); i++) {
                read[circuit.wire(gate, i)] = true;
            }
        }
        for (int i = 0; i < circuit.outputs(); i++) {
            read[circuit.output(i)] = true;
        }
        for (int wire = 0; wire < circuit.wires(); wire++) {
            if (read[wire] && circuit.gateOf(wire) < 0) {
                leaf(out, design, wire);
            }
        }
        for (int gate = 0; gate < circuit.gates(); gate++) {
            gate(out, circuit, gate);
        }
        for (int i = 0; i < circuit.outputs(); i++) {
            out.text("  y")
                    .number(i)
                    .text(" [shape=plaintext, label=\"y[")
                    .number(i)
                    .text("]\"];\n");
            out.text("  w").number(circuit.output(i)).text(" -> y").number(i).text(";\n");
        }
        out.text("}\n").flush();
    }

    private static void leaf(TextOut out, Design design, int wire) throws IOException {
        String says = wire < Circuit.CONSTANTS
                ? Integer.toString(wire)
                : design.encoder().describe(wire - Circuit.CONSTANTS);
        // A backslash begins an escape in labels.
        String label = Names.quoted(says).replace("\\", "\\\\");
        out.text("  w")
                .number(wire)
                .text(" [shape=plaintext, label=")
                .text(label)
                .text("];\n");
    }

    private static void gate(TextOut out, Circuit circuit, int gate) throws IOException {
        int arity = circuit.arity(gate);
        String table = switch (arity) {
            case 1 -> "not";
            case 2 -> TruthTable.name((int) circuit.table(gate));
            default -> "table " + Long.toHexString(circuit.table(gate));
        };
        int wire = circuit.gateWire(gate);
        out.text("  w").number(wire).text(" [label=\"").text(table).text("\"];\n");
        for (int i = 0; i < arity; i++) {
            out.text("  w").number(circuit.wire(gate, i)).text(" -> w").number(wire);
            out.text(" [taillabel=\"\", headlabel=\"").text(arity < 2 ? "" : String.valueOf((char) ('a' + i)));
            out.text("\"];\n");
        }
    }
}
