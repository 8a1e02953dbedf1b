package dev.gatewright.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.AdderTree;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitText;
import dev.gatewright.circuit.Popcount;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.circuit.Votes;
import dev.gatewright.encode.InputException;
import dev.gatewright.pass.DecomposeGates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CircuitFilesTest {
    @TempDir
    private Path folder;

    static List<Format> formats() {
        return List.of(
                new Verilog().with(new FormatOptions("verilog", "outputs")),
                new Blif(),
                Aiger.binary(),
                Aiger.ascii(),
                new IscasBench(),
                new JsonFormat());
    }

    private ReadCircuit read(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        return CircuitFiles.read(file);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsWrittenIsReadBack(Format format) throws IOException {
        for (int seed = 1; seed <= 30; seed++) {
            Circuit circuit = RandomCircuits.random(seed, 1 + seed, 20 * seed, 1 + seed % 7, 1 + seed % 6);
            Design design = Designs.bits("dut", circuit);
            ReadCircuit back = read("dut" + format.suffix(), Designs.written(format, design));
            RandomCircuits.assertSameFunction(circuit, back.circuit());
            assertThat(back.inputs()).isEqualTo(names("x", circuit.inputs()));
            assertThat(back.outputs()).isEqualTo(names("y", circuit.outputs()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 6", "3, 1", "7, 3", "10, 13", "2, 60"})
    void theReadOutInVerilogIsReadBack(int classes, int size) throws IOException {
        Circuit circuit = RandomCircuits.random(classes, 9, 150, classes * size, 2);
        Circuit expected = Votes.counted(new DecomposeGates().apply(circuit), classes, true, new AdderTree());
        for (Popcount popcount : Popcount.ALL) {
            Format verilog = new Verilog().with(new FormatOptions("verilog", "popcount=" + popcount.name()));
            ReadCircuit back = read("dut.v", Designs.written(verilog, Designs.votes("dut", circuit, classes)));
            RandomCircuits.assertSameFunction(expected, back.circuit());
            assertThat(back.outputs()).contains("counts[0]", "prediction[0]").hasSize(expected.outputs());
        }
    }

    /** Files that are cut short or changed in a byte are refused in a sentence, or are another circuit. */
    @ParameterizedTest
    @MethodSource("formats")
    void brokenFilesAreRefused(Format format) throws IOException {
        byte[] whole = Designs.written(format, Designs.bits("dut", RandomCircuits.random(1, 12, 60, 5, 3)));
        String comments = format.name().startsWith("aiger") ? "\nc\n" : "\u0000";
        int end = new String(whole, StandardCharsets.ISO_8859_1).indexOf(comments);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 400; i++) {
            byte[] broken = whole.clone();
            int at = random.nextInt(end < 0 ? whole.length : end);
            if (i % 2 == 0) {
                broken = Arrays.copyOf(whole, at);
            } else {
                broken[at] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                read("dut" + format.suffix(), broken);
            } catch (InputException e) {
                assertThat(e.getMessage()).startsWith(folder.toString()).doesNotContain("\n");
            }
        }
    }

    private static List<String> names(String port, int count) {
        return IntStream.range(0, count).mapToObj(i -> port + "[" + i + "]").toList();
    }

    private void refused(String name, String text, String... words) {
        assertThatThrownBy(() -> read(name, text.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(words);
    }

    /** The line of a mistake is known after ten million others. */
    @ParameterizedTest
    @CsvSource({"m.v,//", "m.blif,#", "m.bench,#", "m.json,' '"})
    void tenMillionLinesAreRead(String name, String line) {
        int lines = 10_000_000;
        String start = name.endsWith("json") ? "{" : "";
        refused(name, start + (line + "\n").repeat(lines) + "wrong\n", "line 10000001");
    }

    @Test
    void mistakesInBlifAreNamed() {
        String head = ".model m\n.inputs a b\n.outputs o\n";
        refused("m.blif", head + ".names a b o\n11 1\n", "line 5", "cut short");
        refused("m.blif", head + ".names a c o\n11 1\n.end\n", "line 4", "nothing drives c");
        refused("m.blif", head + ".names a o\n1 1\n.names b o\n1 1\n.end\n", "line 6", "o is driven already", "line 4");
        refused("m.blif", head + ".names a a\n1 1\n.end\n", "line 4", "a is driven already", "line 2");
        refused("m.blif", head + ".names o p\n1 1\n.names p o\n1 1\n.end\n", "depends on itself");
        refused("m.blif", head + ".latch a o re c 0\n.end\n", "line 4", "a latch");
        refused("m.blif", head + ".names a o\n11 1\n.end\n", "line 5", "a row of a table of 1 inputs");
        refused("m.blif", head + ".names a o\n1 1\n0 0\n.end\n", "line 6", "rows that all end in 1");
        refused("m.blif", head + ".subckt x\n.end\n", "line 4", ".subckt");
        refused("m.blif", ".model m\n.outputs o\n.names o\n.end\n", "0 inputs");
    }

    @Test
    void mistakesInAigerAreNamed() {
        refused("m.aag", "aag 3 2 1 1 0\n", "line 1", "latches");
        refused("m.aag", "aag 3 2 0 1 1\n2\n4\n6\n6 6 4\n", "line 5", "depends on itself");
        refused("m.aag", "aag 4 2 0 1 1\n2\n4\n8\n6 2 4\n", "nothing drives variable 4");
        refused("m.aag", "aag 3 2 0 1 1\n2\n4\n6\n4 2 2\n", "line 5", "driven already", "line 3");
        refused("m.aag", "aag 3 2 0 1 1\n2\n4\n6\n6 2", "line 5");
        refused("m.aag", "aag 3 2 0 1 1\n2\n4\n9\n6 2 4\n", "line 4", "a literal up to 7");
        refused("m.aig", "aig 900000000 1 0 1 899999999\n2\n", "sizes that the file can hold");
        refused("m.aig", "aig 900000000 900000000 0 1 0\n2\n", "line 1");
        refused("m.aig", "aig 3 2 0 1 1\n6\n\u0002", "cut short");
        refused("m.aig", "aig 3 2 0 1 1\n6\n\u0000\u0001", "reads what comes later");
    }

    @Test
    void mistakesInVerilogAreNamed() {
        String head = "module m (input wire [1:0] x, output wire y);\n";
        refused("m.v", head + "assign y = x[2];\nendmodule", "line 2", "from 0 to 1");
        refused("m.v", head + "assign y = x;\nendmodule", "line 2", "1 and 2 bits");
        refused("m.v", head + "wire a = b;\nwire b = a;\nassign y = a;\nendmodule", "line 2", "b is not declared");
        refused("m.v", head + "wire a;\nwire b = a;\nassign a = b;\nassign y = a;\nendmodule", "depends on itself");
        refused("m.v", head + "wire a;\nassign y = a;\nendmodule", "line 2", "nothing drives a");
        refused("m.v", head + "assign y = x[0];\nassign y = x[1];\nendmodule", "line 3", "driven already", "line 2");
        refused("m.v", head + "always @(posedge x[0]) y <= 1;\nendmodule", "line 2", "combinational");
        refused("m.v", head + "assign y = x[0] & ;\nendmodule", "line 2", "a name");
        refused("m.v", head + "assign y = 1'b2;\nendmodule", "line 2", "a constant");
        refused("m.v", head + "assign y = x[0];\n", "line 3", "the end");
        refused("m.v", head + "assign y = " + "(".repeat(100_000), "line 2", "deeper than 64");
        refused("m.v", head + "assign y = " + "~".repeat(100_000), "line 2", "more than 500");
        refused("m.v", head + "assign y = x[0]" + "|x[0]".repeat(100_000), "line 2", "more than 500");
        refused("m.v", head + "wire x = 1'b0;\nendmodule", "line 2", "declared already");
    }

    @Test
    void mistakesInInstancesAreNamed() throws IOException {
        String half = "module h (input wire [1:0] x, output wire y);\nassign y = x[0] & x[1];\nendmodule\n";
        String head = half + "module m (input wire [2:0] x, output wire y);\n";
        Circuit and = CircuitText.parse("inputs 3 arity 2\ng0 = 8(i2, i1)\noutputs g0");
        String sound = head + "h one (.y(y), .x(x[2:1]));\nendmodule";
        RandomCircuits.assertSameFunction(
                and, read("m.v", sound.getBytes(StandardCharsets.US_ASCII)).circuit());
        refused("m.v", head + "k one (.x(x[1:0]), .y(y));\nendmodule", "line 5", "a module above");
        refused("m.v", head + "m one (.x(x), .y(y));\nendmodule", "line 5", "a module above");
        refused("m.v", head + "h one (.x(x), .y(y));\nendmodule", "line 5", "2 and 3 bits");
        refused("m.v", head + "h one (.x(x[1:0]));\nendmodule", "line 5", "1 ports", "has 2");
        refused("m.v", head + "h one (.x(x[1:0]), .z(y));\nendmodule", "line 5", "a port", "\"z\"");
        refused("m.v", head + "h one (.x(x[1:0]), .x(x[1:0]), .y(y));\nendmodule", "line 5", "not connected yet");
        refused("m.v", head + "h one (.x(x[1:2]), .y(y));\nendmodule", "line 5", "from 0 to 1");
        refused("m.v", head + "h one (.x({x[0], y}), .y(y));\nendmodule", "line 5", "depends on itself");
        refused("m.v", head + "h a (.x(x[1:0]), .y(y));\nh b (.x(x[1:0]), .y(y));\nendmodule", "line 6", "driven");
        refused("m.v", half + half, "line 4", "module h is there already");
        refused("m.v", half + "wire z;", "line 4", "a module or the end");
    }

    /** A thousand gates, a thousand times in each of forty modules, end before time does. */
    @Test
    void instancesThatMultiplyAreRefused() {
        StringBuilder text = new StringBuilder("module m (input wire [1:0] x, output wire y);\nwire g0 = x[1];\n");
        for (int i = 1; i <= 1000; i++) {
            text.append("wire g" + i + " = " + (i % 2 == 0 ? "x[0] & g" : "x[1] ^ g") + (i - 1) + ";\n");
        }
        text.append("assign y = g1000;\nendmodule\n");
        for (int i = 0; i < 40; i++) {
            text.append("module m" + i + " (input wire [1:0] x, output wire y);\nassign y = x[0];\nwire [999:0] z;\n");
            for (int j = 0; j < 1000; j++) {
                text.append("m m" + j + " (.x(x), .y(z[" + j + "]));\n");
            }
            text.append("endmodule\n");
        }
        refused("m.v", text.toString(), "line ", "more than 33554432 gates");
    }

    @Test
    void mistakesInIscasFilesAreNamed() {
        String head = "INPUT(a)\nOUTPUT(o)\n";
        refused("m.bench", head + "o = AND(a, b)\n", "line 3", "nothing drives b");
        refused("m.bench", head + "o = DFF(a)\n", "line 3", "combinational gates", "DFF");
        refused("m.bench", head + "o = MAJ(a, a, a)\n", "line 3", "XNOR, NOT or BUFF", "MAJ");
        refused("m.bench", head + "o = NOT(a, a)\n", "line 3", "one signal in NOT");
        refused("m.bench", head + "o = AND(a,)\n", "line 3", "names of signals");
        refused("m.bench", head + "o = AND(a\n", "line 3", "a = GATE(b");
        refused("m.bench", head + "WIRE(b)\n", "line 3", "INPUT(a), OUTPUT(a)");
        refused("m.bench", head + "o = OR(o, a)\n", "line 3", "depends on itself");
        refused("m.bench", head + "a = NOT(o)\n", "line 3", "a is driven already", "line 1");
    }

    /** The format's gates have any number of inputs, which ours do not write. */
    @Test
    void wideGatesOfIscasFilesAreRead() throws IOException {
        String text = "# c\ninput(a)\nINPUT(b)\nINPUT(c)\nOUTPUT(o)\n\no = nand(p, c, b)\np = xnor ( a , b, c )\n";
        Circuit expected = CircuitText.parse(
                "inputs 3 arity 2\ng0 = 6(i0, i1)\ng1 = 9(g0, i2)\ng2 = 8(g1, i2)\ng3 = 7(g2, i1)\noutputs g3");
        RandomCircuits.assertSameFunction(
                expected,
                read("m.bench", text.getBytes(StandardCharsets.US_ASCII)).circuit());
    }

    @Test
    void mistakesInJsonAreNamed() {
        String head = "{\"format\":\"gatewright-circuit\",\n\"inputs\":[\"a\"],\n";
        refused("m.json", head + "\"gates\":[[\"1\",5]],\"outputs\":[2]}", "line 3", "a wire up to 2");
        refused("m.json", head + "\"gates\":[[\"8\",2]],\"outputs\":[2]}", "line 3", "a table of 1 wires");
        refused("m.json", head + "\"gates\":[[\"1\",2]],\"outputs\":[4]}", "line 3", "a wire up to 3");
        refused("m.json", head + "\"gates\":[[\"1\",2]]", "line 3", "the end");
        refused("m.json", head + "\"x\":" + "[".repeat(100_000), "64 levels");
        refused("m.json", "{\"format\":\"other\"}", "gatewright-circuit");
        refused("m.txt", "hello", "is neither AIGER");
    }
}
