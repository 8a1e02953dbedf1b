package dev.gatewright.format;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** VHDL (IEEE 1076-1993, and later). */
record VhdlLanguage() implements HardwareLanguage {
    private static final Formula FORMULA = new Formula("not ", " and ", " or ", " xor ", "'0'", "'1'");

    /** Reserved words up to VHDL-2019, and the names of packages, types and functions that files use. */
    private static final Set<String> KEYWORDS = Set.of("""
            abs access after alias all and architecture array assert assume assume_guarantee attribute begin block body
            buffer bus case component configuration constant context cover default disconnect downto else elsif end entity
            exit fairness file for force function generate generic group guarded if impure in inertial inout is label
            library linkage literal loop map mod nand new next nor not null of on open or others out package parameter port
            postponed private procedure process property protected pure range record register reject release rem report
            restrict restrict_guarantee return rol ror select sequence severity shared signal sla sll sra srl strong
            subtype then to transport type unaffected units until use variable view vmode vpkg vprop vunit wait when while
            with xnor xor ieee std work textio numeric_std std_logic_1164 std_logic std_logic_vector unsigned signed
            resize rising_edge string character line natural integer boolean bit""".split("\\s+"));

    @Override
    public Set<String> keywords() {
        return KEYWORDS;
    }

    @Override
    public String comment() {
        return "-- ";
    }

    @Override
    public Formula formula() {
        return FORMULA;
    }

    @Override
    public String bit(String port, int index) {
        return port + "(" + index + ")";
    }

    @Override
    public String joined(List<Operand> parts) {
        if (parts.size() == 1 && parts.getFirst().width() > 0) {
            return parts.getFirst().name();
        }
        String all = parts.reversed().stream().map(Operand::name).collect(Collectors.joining(" & "));
        return "unsigned'(" + (parts.size() == 1 ? "\"\" & " : "") + all + ")";
    }

    @Override
    public String inverse(String number) {
        return "not " + number;
    }

    @Override
    public String choice(String condition, String yes, String no) {
        return yes + " when " + condition + " = '1' else " + no;
    }

    @Override
    public void head(TextOut out, String module, List<Port> ports) throws IOException {
        out.text("\nlibrary ieee;\nuse ieee.std_logic_1164.all;\nuse ieee.numeric_std.all;\n\nentity ");
        out.text(module).text(" is\n  port (\n");
        out.text(ports.stream()
                .map(port -> "    " + port.name() + " : " + (port.input() ? "in " : "out ")
                        + type("std_logic_vector", port.width()))
                .collect(Collectors.joining(";\n")));
        out.text("\n  );\nend entity;\n\narchitecture gates of ").text(module).text(" is\n");
    }

    /** A type of so many bits. */
    static String type(String vector, int width) {
        return width == 0 ? "std_logic" : vector + "(" + (width - 1) + " downto 0)";
    }

    @Override
    public boolean declaresFirst() {
        return true;
    }

    @Override
    public void declare(TextOut out, String name, int width) throws IOException {
        out.text("signal ").text(name).text(" : ").text(type("unsigned", width)).text(";\n");
    }

    @Override
    public void begin(TextOut out) throws IOException {
        out.text("begin\n");
    }

    @Override
    public void define(TextOut out, String name, int width, String expression) throws IOException {
        out.text(name).text(" <= ").text(expression).text(";\n");
    }

    @Override
    public void register(TextOut out, String name, int width) {}

    @Override
    public void drive(TextOut out, String target, List<Operand> parts) throws IOException {
        out.text(target).text(" <= ");
        out.text(parts.reversed().stream()
                        .map(part -> part.width() == 0 || part.constant()
                                ? part.name()
                                : "std_logic_vector(" + part.name() + ")")
                        .collect(Collectors.joining(" & ")))
                .text(";\n");
    }

    @Override
    public void clocked(TextOut out, String enable, Body body) throws IOException {
        out.text("process (clk) begin\nif rising_edge(clk) then\n");
        out.text(enable.isEmpty() ? "" : "if " + enable + " = '1' then\n");
        body.write();
        out.text(enable.isEmpty() ? "" : "end if;\n").text("end if;\nend process;\n");
    }

    @Override
    public void handshake(TextOut out, int stages) throws IOException {
        out.text("process (clk) begin\nif rising_edge(clk) then\n  if rst = '1' then\n");
        for (int stage = 1; stage <= stages; stage++) {
            out.text("    full_" + stage + " <= '0';\n");
        }
        out.text("  elsif advance = '1' then\n");
        for (int stage = 1; stage <= stages; stage++) {
            out.text("    full_" + stage + " <= " + (stage == 1 ? "x_valid" : "full_" + (stage - 1)) + ";\n");
        }
        out.text("  end if;\nend if;\nend process;\n");
    }

    @Override
    public void tail(TextOut out) throws IOException {
        out.text("end architecture;\n");
    }
}
