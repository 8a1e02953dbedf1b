package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Combinational Verilog (IEEE 1364-2001), of a module of gates, one that counts and compares, and one that joins them. The
 * joining module has the design's name and the ports {@code x}, the encoder's bits, {@code counts}, the number of true
 * outputs of each class, and {@code prediction}, the index of the class. With the option {@code outputs}, and where there
 * is nothing to count, only the gates are written, with the ports {@code x} and {@code y}.
 */
public final class Verilog implements Format {
    private static final Formula FORMULA = Formula.ofC("1'b0", "1'b1");

    private final boolean outputs;

    public Verilog() {
        this(false);
    }

    private Verilog(boolean outputs) {
        this.outputs = outputs;
    }

    @Override
    public String name() {
        return "verilog";
    }

    @Override
    public String suffix() {
        return ".v";
    }

    @Override
    public String about() {
        return "combinational Verilog with the read-out; option outputs: gates only";
    }

    @Override
    public Verilog with(FormatOptions options) {
        Verilog chosen = new Verilog(options.flag("outputs"));
        options.end();
        return chosen;
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        String name = Names.legal(design.name(), VerilogKeywords.ALL);
        boolean plain = outputs || design.groups() == 0;
        Header.write(out, "// ", design, name, plain ? "ports: x, y" : VerilogVotes.ports(design));
        gates(out, design.circuit(), plain ? name : name + "_gates");
        if (!plain) {
            new VerilogVotes(out, design, name).write();
        }
        out.flush();
    }

    private static void gates(TextOut out, Circuit circuit, String name) throws IOException {
        out.text("\nmodule ").text(name).text(" (\n    input  wire [").number(circuit.inputs() - 1);
        out.text(":0] x,\n    output wire [").number(circuit.outputs() - 1).text(":0] y\n);\n");
        for (int gate = 0; gate < circuit.gates(); gate++) {
            out.text("wire g").number(gate).text(" = ");
            out.text(FORMULA.of(circuit.table(gate), Wires.names(circuit, gate)))
                    .text(";\n");
        }
        for (int i = 0; i < circuit.outputs(); i++) {
            int wire = circuit.output(i);
            out.text("assign y[").number(i).text("] = ");
            out.text(wire < Circuit.CONSTANTS ? "1'b" + wire : Wires.name(circuit, wire))
                    .text(";\n");
        }
        out.text("endmodule\n");
    }
}
