package dev.gatewright.format;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Verilog (IEEE 1364-2001). */
record VerilogLanguage() implements HardwareLanguage {
    private static final Formula FORMULA = Formula.ofC("1'b0", "1'b1");

    @Override
    public Set<String> keywords() {
        return VerilogKeywords.ALL;
    }

    @Override
    public String comment() {
        return "// ";
    }

    @Override
    public Formula formula() {
        return FORMULA;
    }

    @Override
    public String bit(String port, int index) {
        return port + "[" + index + "]";
    }

    @Override
    public String joined(List<Operand> parts) {
        String all = parts.reversed().stream().map(Operand::name).collect(Collectors.joining(", "));
        return parts.size() == 1 ? all : "{" + all + "}";
    }

    @Override
    public String inverse(String number) {
        return "~" + number;
    }

    @Override
    public String choice(String condition, String yes, String no) {
        return condition + " ? " + yes + " : " + no;
    }

    @Override
    public void head(TextOut out, String module, List<Port> ports) throws IOException {
        out.text("\nmodule ").text(module).text(" (\n");
        out.text(ports.stream()
                        .map(port -> (port.input() ? "    input  wire " : "    output wire ")
                                + range(port.width())
                                + port.name())
                        .collect(Collectors.joining(",\n")))
                .text("\n);\n");
    }

    /** A vector that something later drives. */
    void wire(TextOut out, String name, int width) throws IOException {
        out.text("wire ").text(range(width)).text(name).text(";\n");
    }

    private static String range(int width) {
        return width == 0 ? "" : "[" + (width - 1) + ":0] ";
    }

    @Override
    public boolean declaresFirst() {
        return false;
    }

    @Override
    public void declare(TextOut out, String name, int width) {}

    @Override
    public void begin(TextOut out) {}

    @Override
    public void define(TextOut out, String name, int width, String expression) throws IOException {
        out.text("wire ").text(range(width)).text(name).text(" = ").text(expression);
        out.text(";\n");
    }

    @Override
    public void register(TextOut out, String name, int width) throws IOException {
        out.text("reg ").text(range(width)).text(name).text(";\n");
    }

    @Override
    public void drive(TextOut out, String target, List<Operand> parts) throws IOException {
        String joined = parts.reversed().stream().map(Operand::name).collect(Collectors.joining(", "));
        out.text("assign ").text(target).text(" = ");
        out.text(parts.size() == 1 ? joined : "{" + joined + "}").text(";\n");
    }

    @Override
    public void clocked(TextOut out, String enable, Body body) throws IOException {
        out.text("always @(posedge clk) ")
                .text(enable.isEmpty() ? "" : "if (" + enable + ") ")
                .text("begin\n");
        body.write();
        out.text("end\n");
    }

    @Override
    public void handshake(TextOut out, int stages) throws IOException {
        out.text("always @(posedge clk) begin\n    if (rst) begin\n");
        for (int stage = 1; stage <= stages; stage++) {
            out.text("        full_" + stage + " <= 1'b0;\n");
        }
        out.text("    end else if (advance) begin\n");
        for (int stage = 1; stage <= stages; stage++) {
            out.text("        full_" + stage + " <= " + (stage == 1 ? "x_valid" : "full_" + (stage - 1)) + ";\n");
        }
        out.text("    end\nend\n");
    }

    @Override
    public void tail(TextOut out) throws IOException {
        out.text("endmodule\n");
    }
}
