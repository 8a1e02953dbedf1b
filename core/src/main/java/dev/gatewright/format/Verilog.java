package dev.gatewright.format;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Combinational Verilog (IEEE 1364-2001): one module with the ports {@code x}, the encoder's bits, {@code counts}, the number
 * of true outputs of each class, and {@code prediction}, the index of the class. With the option {@code outputs}, and where
 * there is nothing to count, the ports are {@code x} and {@code y}.
 *
 * <p>There are no vectors inside: simulators that go from event to event wake all readers of a vector with any of its bits.
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
        boolean plain = isPlain(design);
        Header.write(out, "// ", design, name, plain ? "ports: x, y" : VerilogVotes.ports(design));
        out.text("\nmodule ").text(name).text(" (\n    input  wire [");
        out.number(design.circuit().inputs() - 1).text(":0] x,\n");
        if (plain) {
            out.text("    output wire [").number(design.circuit().outputs() - 1).text(":0] y\n);\n");
            gates(out, design.circuit());
            outputs(out, design.circuit());
        } else {
            VerilogVotes votes = new VerilogVotes(out, design);
            votes.declare();
            gates(out, design.circuit());
            votes.write();
        }
        out.text("endmodule\n").flush();
    }

    /** Whether the module has the outputs as they are. */
    private boolean isPlain(Design design) {
        return outputs || design.groups() == 0;
    }

    @Override
    public List<Companion> bench(Design design, BitMatrix in, BitMatrix outputs, String stem) {
        return new VerilogBench(design, Names.legal(design.name(), VerilogKeywords.ALL), isPlain(design))
                .files(in, outputs, stem);
    }

    private static void gates(TextOut out, Circuit circuit) throws IOException {
        for (int gate = 0; gate < circuit.gates(); gate++) {
            out.text("wire g").number(gate).text(" = ");
            out.text(FORMULA.of(circuit.table(gate), Wires.names(circuit, gate)))
                    .text(";\n");
        }
    }

    private static void outputs(TextOut out, Circuit circuit) throws IOException {
        for (int i = 0; i < circuit.outputs(); i++) {
            out.text("assign y[").number(i).text("] = ");
            out.text(wire(circuit, i)).text(";\n");
        }
    }

    /** The wire of an output. */
    static String wire(Circuit circuit, int output) {
        int wire = circuit.output(output);
        return wire < Circuit.CONSTANTS ? "1'b" + wire : Wires.name(circuit, wire);
    }
}
