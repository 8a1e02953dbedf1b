package dev.gatewright.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitText;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.encode.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules in Verilog and VHDL, in one piece and as pipelines: simulators run their benches, and provers compare them. */
class HardwareTest {
    private static final int VECTORS = 300;

    @TempDir
    private Path folder;

    private static Format format(String name, String options) {
        Format format = name.equals("vhdl") ? new Vhdl() : new Verilog();
        return format.with(new FormatOptions(name, options == null ? "" : options));
    }

    private static Circuit circuit(int arity) {
        return RandomCircuits.random(arity, 20, 200, 12, arity);
    }

    private void write(Format format, Design design, String file) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
            format.write(design, out);
        }
    }

    private void writeWithBench(Format format, Design design) throws IOException {
        write(format, design, "dut" + format.suffix());
        for (Format.Companion file :
                format.bench(design, Designs.vectors(design, VECTORS), "dut").files()) {
            try (OutputStream out = Files.newOutputStream(folder.resolve("dut" + file.suffix()))) {
                file.content().write(out);
            }
        }
    }

    /** What the simulator of a format prints. */
    private String simulate(Format format, String module) throws IOException, InterruptedException {
        if (format instanceof Vhdl) {
            return Tool.of("ghdl").run(folder, "-c", "--std=93", "dut.vhd", "dut_tb.vhd", "-r", module + "_tb");
        }
        String said = Tool.of("iverilog").run(folder, "-g2001", "-o", "dut.vvp", "dut.v", "dut_tb.v");
        return said + Tool.of("vvp").run(folder, "-n", "dut.vvp");
    }

    @ParameterizedTest
    @CsvSource({
        "verilog,,2,3",
        "verilog,,3,1",
        "verilog,,6,2",
        "verilog,,2,12",
        "verilog,popcount=counters,2,2",
        "verilog,popcount=adders,2,2",
        "verilog,outputs,4,3",
        "verilog,levels=1,2,3",
        "verilog,levels=4,3,12",
        "'verilog','levels=2,outputs',2,4",
        "verilog,'levels=3,valid',2,3",
        "verilog,'levels=9999,valid,outputs',6,1",
        "verilog,thresholds,2,3",
        "verilog,'levels=3,valid,thresholds,outputs',3,3",
        "vhdl,thresholds,2,3",
        "vhdl,'levels=5,valid,thresholds',2,3",
        "vhdl,,2,3",
        "vhdl,,3,1",
        "vhdl,,6,2",
        "vhdl,,2,12",
        "vhdl,popcount=counters,2,2",
        "vhdl,'popcount=adders,levels=3',2,2",
        "vhdl,outputs,4,3",
        "vhdl,levels=1,2,3",
        "vhdl,levels=4,3,12",
        "vhdl,'levels=2,outputs',2,4",
        "vhdl,'levels=3,valid',2,3",
        "vhdl,'levels=9999,valid,outputs',6,1"
    })
    void benchesPass(String language, String options, int arity, int classes) throws IOException, InterruptedException {
        Format format = format(language, options);
        writeWithBench(format, Designs.votes("module", circuit(arity), classes));
        assertThat(simulate(format, language.equals("vhdl") ? "module" : "m_module"))
                .contains("PASS: 300 vectors");
    }

    /** With the inverse of a gate, a register too few, and a stall that loses a sample. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "verilog; outputs; g150 = ; g150 = ~",
                "verilog; levels=4,outputs; (g\\d+)_s2 <= g\\d+_s1; $1_s2 <= $1",
                "verilog; levels=4,valid; else if \\(advance\\); else if (x_valid)",
                "vhdl; outputs; g150 <= ; g150 <= not ",
                "vhdl; levels=4,outputs; (g\\d+)_s2 <= g\\d+_s1; $1_s2 <= $1",
                "vhdl; levels=4,valid; elsif advance = '1' then; elsif x_valid = '1' then"
            })
    void benchesFindErrors(String language, String options, String found, String planted)
            throws IOException, InterruptedException {
        Format format = format(language, options);
        writeWithBench(format, Designs.votes("9 \"lives\"", circuit(2), 3));
        assertThat(simulate(format, "m_9_lives")).contains("PASS: ");
        Path file = folder.resolve("dut" + format.suffix());
        String text = Files.readString(file);
        Matcher matcher = Pattern.compile(found.strip()).matcher(text);
        assertThat(matcher.find()).isTrue();
        Files.writeString(file, matcher.replaceFirst(planted.strip()));
        assertThat(simulate(format, "m_9_lives")).contains("FAIL: ");
    }

    @Test
    void valuesThatCrossStagesHaveRegistersAndNoOthers() {
        Circuit circuit = CircuitText.parse("""
                inputs 3 arity 2
                g0 = 6(i0, i1)
                g1 = 8(g0, i2)
                g2 = e(g1, i0)
                outputs g2 g0 1
                """);
        Design design = Designs.bits("dut", circuit);
        assertThat(Designs.text(format("verilog", "levels=2"), design))
                .contains("latency 2 clocks, a sample every clock", "; 5 bits of registers;")
                .endsWith("""
                module dut (
                    input  wire clk,
                    input  wire [2:0] x,
                    output wire [2:0] y
                );
                wire g0 = x[0] ^ x[1];
                wire g1 = x[2] & g0;
                reg x0_s1;
                reg g1_s1;
                wire g2 = x0_s1 | g1_s1;
                reg g2_s2;
                assign y[0] = g2_s2;
                reg g0_s1;
                reg g0_s2;
                assign y[1] = g0_s2;
                assign y[2] = 1'b1;
                always @(posedge clk) begin
                x0_s1 <= x[0];
                g1_s1 <= g1;
                g2_s2 <= g2;
                g0_s1 <= g0;
                g0_s2 <= g0_s1;
                end
                endmodule
                """);
    }

    /** The circuit of a module, by Yosys, with its registers as wires. */
    private void toAiger(String verilog, String aiger) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("wires.v"),
                "(* techmap_celltype = \"$_DFF_P_\" *) module wires (input C, D, output Q); assign Q = D; endmodule\n");
        String said = Tool.of("yosys")
                .run(
                        folder,
                        "-q",
                        "-p",
                        "read_verilog " + verilog
                                + "; hierarchy -auto-top; proc; flatten; simplemap; techmap;"
                                + " techmap -map wires.v; opt -fast; delete */i:clk; aigmap; write_aiger -symbols "
                                + aiger);
        assertThat(said).doesNotContain("ERROR");
    }

    private void assertEqual(String one, String other) throws IOException, InterruptedException {
        assertThat(Tool.abc().run(folder, "-c", "cec " + one + " " + other)).contains("Networks are equivalent");
    }

    @ParameterizedTest
    @CsvSource({"2,''", "3,outputs"})
    void pipelinesAreProvedEqualToModulesWithoutRegisters(int arity, String options)
            throws IOException, InterruptedException {
        Design design = Designs.votes("dut", circuit(arity), 3);
        write(format("verilog", options), design, "one.v");
        toAiger("one.v", "one.aig");
        write(format("verilog", "levels=3" + (options.isEmpty() ? "" : "," + options)), design, "piped.v");
        toAiger("piped.v", "piped.aig");
        assertEqual("one.aig", "piped.aig");
    }

    @ParameterizedTest
    @CsvSource({"2,''", "6,outputs"})
    void vhdlIsProvedEqualToVerilog(int arity, String options) throws IOException, InterruptedException {
        Design design = Designs.votes("dut", circuit(arity), 3);
        write(format("verilog", options), design, "one.v");
        toAiger("one.v", "one.aig");
        write(format("vhdl", options), design, "dut.vhd");
        Tool ghdl = Tool.of("ghdl");
        assertThat(ghdl.run(folder, "-a", "--std=93", "dut.vhd")).doesNotContain("error");
        String netlist = ghdl.run(folder, "--synth", "--std=93", "--out=verilog", "dut");
        Files.writeString(folder.resolve("two.v"), netlist, StandardCharsets.ISO_8859_1);
        toAiger("two.v", "two.aig");
        assertEqual("one.aig", "two.aig");
    }

    @ParameterizedTest
    @ValueSource(strings = {"valid", "levels=0", "levels=x", "registers"})
    void otherOptionsAreRefused(String options) {
        assertThatThrownBy(() -> format("vhdl", options))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("format vhdl");
    }
}
