package dev.gatewright.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.Extent;
import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.circuit.RandomStages;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import dev.gatewright.encode.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions in Verilog, a module for each kernel: read by others and compared with the circuit written out. */
class KernelModulesTest {
    @TempDir
    private Path folder;

    private static Format format(String options) {
        return new Verilog().with(new FormatOptions("verilog", options));
    }

    private void write(String file, Format.Companion.Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
            content.write(out);
        }
    }

    private String toAiger(String verilog, String aiger) throws IOException, InterruptedException {
        return Tool.of("yosys")
                .run(
                        folder,
                        "-q",
                        "-p",
                        "read_verilog " + verilog + "; hierarchy -auto-top; proc; flatten; techmap; opt -fast; aigmap;"
                                + " write_aiger -symbols " + aiger);
    }

    /** Grids with borders, strides and overlaps; Yosys flattens the modules and ABC compares. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void itIsEqualToTheCircuitWrittenOut(int seed) throws IOException, InterruptedException {
        StagedCircuit circuit = RandomStages.random(seed, 2 + seed % 3);
        Design design = Designs.votes("module", circuit, circuit.outputs() % 2 == 0 ? 2 : 1);
        String more = seed % 2 == 0 ? ",outputs" : "";
        write("kernels.v", out -> format("kernels" + more).write(design, out));
        write("flat.v", out -> format(more.replace(",", "")).write(design, out));
        assertThat(toAiger("kernels.v", "kernels.aig")).doesNotContain("ERROR");
        assertThat(toAiger("flat.v", "flat.aig")).doesNotContain("ERROR");
        assertThat(Tool.abc().run(folder, "-c", "cec flat.aig kernels.aig")).contains("Networks are equivalent");
    }

    @ParameterizedTest
    @CsvSource({"kernels,11", "'kernels,outputs',12", "'kernels,thresholds',13", "'kernels,popcount=adders',14"})
    void benchesPassAndFindErrors(String options, int seed) throws IOException, InterruptedException {
        CircuitForm circuit = RandomStages.over(seed, 2, new Extent(5, 4), 12, 2);
        Design design = Designs.votes("dut", circuit, 3);
        Format format = format(options);
        write("dut.v", out -> format.write(design, out));
        for (Format.Companion file :
                format.bench(design, Designs.vectors(design, 60), "dut").files()) {
            write("dut" + file.suffix(), file.content());
        }
        assertThat(simulate()).contains("PASS: 60 vectors");
        String text = Files.readString(folder.resolve("dut.v"));
        Files.writeString(folder.resolve("dut.v"), text.replaceAll("assign (y\\[\\d+]) = ", "assign $1 = ~"));
        assertThat(simulate()).contains("FAIL: ");
    }

    private String simulate() throws IOException, InterruptedException {
        String said = Tool.of("iverilog").run(folder, "-g2001", "-o", "dut.vvp", "dut.v", "dut_tb.v");
        return said + Tool.of("vvp").run(folder, "-n", "dut.vvp");
    }

    /** A kernel of 40 gates at 196 positions, and one of 300 at 49, stand in the file once. */
    @Test
    void aKernelStandsInTheFileOnce() {
        Extent pad = new Extent(1, 1);
        Extent field = new Extent(3, 3);
        Grid first = new Grid(1, new Extent(28, 28), field, new Extent(2, 2), pad, new Extent(14, 14));
        Grid second = new Grid(8, new Extent(14, 14), field, new Extent(2, 2), pad, new Extent(7, 7));
        StagedCircuit circuit = new StagedCircuit(List.of(
                new Stage(RandomCircuits.random(1, 9, 40, 8, 2), first),
                new Stage(RandomCircuits.random(2, 72, 300, 16, 2), second)));
        Design design = Designs.votes("dut", circuit, 2);
        String kernels = Designs.text(format("kernels,outputs"), design);
        assertThat(kernels)
                .contains(
                        "kernels: dut_k0 at 14x14 positions, which gives planes_1, 8 bits a position, then dut_k1 at 7x7")
                .contains("module dut_k0 (", "module dut_k1 (", "dut_k1 k1_48 (", "'d0")
                .doesNotContain("k1_49");
        assertThat(kernels.length())
                .isLessThan(Designs.text(format("outputs"), design).length() / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernels,levels=3", "kernels,board=axi-stream"})
    void pipelinesAreRefused(String options) {
        assertThatThrownBy(() -> format(options))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no levels=N");
    }
}
