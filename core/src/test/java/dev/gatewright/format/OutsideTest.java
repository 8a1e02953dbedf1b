package dev.gatewright.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.RandomCircuits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that others wrote read what we write, and find in it what the reference evaluator says. */
class OutsideTest {
    private static final String EQUAL = "Networks are equivalent";

    @TempDir
    private Path folder;

    private static Circuit circuit(int arity) {
        return RandomCircuits.random(arity, 20, 200, 12, arity);
    }

    private void write(Format format, Design design, String file) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
            format.write(design, out);
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "6"})
    void theFormatsOfLogicSynthesisAreEqualToTheVerilog(int arity) throws IOException, InterruptedException {
        Design design = Designs.bits("dut", circuit(arity));
        Tool yosys = Tool.of("yosys");
        Tool abc = Tool.abc();
        write(new Verilog(), design, "dut.v");
        write(Aiger.ascii(), design, "dut.aag");
        String flow = "; techmap; opt -fast; aigmap; write_aiger -symbols ";
        assertThat(yosys.run(folder, "-q", "-p", "read_verilog dut.v; hierarchy -auto-top; proc" + flow + "v.aig"))
                .doesNotContain("ERROR");
        assertThat(yosys.run(folder, "-q", "-p", "read_aiger dut.aag; hierarchy -auto-top" + flow + "a.aig"))
                .doesNotContain("ERROR");
        assertThat(abc.run(folder, "-c", "cec v.aig a.aig")).contains(EQUAL);
        for (Format format : List.of(new Blif(), Aiger.binary(), new Eqn(), new IscasBench())) {
            write(format, design, "dut" + format.suffix());
            assertThat(abc.run(folder, "-c", "cec v.aig dut" + format.suffix()))
                    .as(format.name())
                    .contains(EQUAL);
        }
        assertThat(yosys.run(folder, "-q", "-p", "read_blif dut.blif; hierarchy -auto-top" + flow + "b.aig; stat"))
                .doesNotContain("ERROR");
        assertThat(abc.run(folder, "-c", "cec v.aig b.aig")).contains(EQUAL);
    }

    /** Tables of up to six inputs of a Xilinx 7 that count 96 votes: what a chain of carries is there for. */
    @ParameterizedTest
    @CsvSource({"chains, 54", "counters, 110", "adders, 260"})
    void countsInFewTables(String popcount, int most) throws IOException, InterruptedException {
        CircuitBuilder builder = new CircuitBuilder(96);
        Circuit votes = builder.build(IntStream.range(0, 96).map(builder::input).toArray());
        Format verilog = new Verilog().with(new FormatOptions("verilog", "popcount=" + popcount));
        write(verilog, Designs.votes("dut", votes, 1), "dut.v");
        String said = Tool.of("yosys")
                .run(folder, "-p", "read_verilog dut.v; synth_xilinx -flatten -noiopad -noclkbuf -nowidelut");
        int tables = 0;
        Matcher cells = Pattern.compile(" LUT\\d +(\\d+)").matcher(said.substring(said.lastIndexOf("statistics")));
        while (cells.find()) {
            tables += Integer.parseInt(cells.group(1));
        }
        assertThat(tables).isBetween(1, most);
    }
}
