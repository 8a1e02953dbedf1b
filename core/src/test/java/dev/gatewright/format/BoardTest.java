package dev.gatewright.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.encode.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules behind streams and serial lines, simulated with what connects them; and the pins of boards. */
class BoardTest {
    @TempDir
    private Path folder;

    private static Format format(String options) {
        return new Verilog().with(new FormatOptions("verilog", options));
    }

    private static Design votes(int inputs, int outputs, int classes) {
        return Designs.votes("module", RandomCircuits.random(7, inputs, 200, outputs, 2), classes);
    }

    /** Writes everything as {@code dut}; the files of Verilog. */
    private List<String> write(String options, Design design) throws IOException {
        Format format = format(options);
        List<Format.Companion> files = new ArrayList<>(format.companions(design, "dut.v"));
        files.addAll(format.bench(design, Designs.vectors(design, 60), "dut").files());
        files.add(new Format.Companion(".v", out -> format.write(design, out)));
        List<String> verilog = new ArrayList<>();
        for (Format.Companion file : files) {
            String name = "dut" + file.suffix();
            try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
                file.content().write(out);
            }
            if (name.endsWith(".v")) {
                verilog.add(name);
            }
        }
        return verilog;
    }

    private String simulate(List<String> files) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("-g2001", "-Wall", "-o", "dut.vvp"));
        line.addAll(files);
        String said = Tool.of("iverilog").run(folder, line.toArray(String[]::new));
        return said + Tool.of("vvp").run(folder, "-n", "dut.vvp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "board=axi-stream; 20; 12; 3",
                "board=axi-stream,beat=8,scores,levels=2; 50; 12; 12",
                "board=axi-stream,beat=64,scores; 64; 30; 2",
                "board=axi-stream,beat=16,outputs; 65; 40; 2",
                "board=axi-stream,beat=8,thresholds,popcount=counters; 9; 33; 3",
                "board=arty-a7; 20; 12; 3",
                "board=arty-a7,scores; 8; 600; 2",
                "board=ulx3s,baud=1000000,levels=3; 33; 12; 2",
                "board=icebreaker,outputs; 12; 20; 2",
                "board=icebreaker,thresholds,scores; 5; 20; 4"
            })
    void resultsComeBack(String options, int inputs, int outputs, int classes)
            throws IOException, InterruptedException {
        assertThat(simulate(write(options.strip(), votes(inputs, outputs, classes))))
                .contains("PASS: 60 vectors");
    }

    /** A beat in the wrong order, a stall that loses a beat, a bad packet that counts, a bit of the line too early or late. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "axi-stream; _axis; \\{s_axis_tdata, sample\\}; {sample, s_axis_tdata}",
                "axi-stream; _axis; else if \\(m_axis_tready\\) result; else if (1) result",
                "axi-stream; _axis; full && !x_ready; full && x_ready",
                "axi-stream; _axis; at_last && !too_long; at_last",
                "axi-stream; _axis; && s_axis_tlast && at_last; && at_last",
                "arty-a7; _uart; DIVIDER / 2 - 1; DIVIDER + DIVIDER / 2 - 1",
                "arty-a7; _uart; tx_rest\\[8:1\\]; tx_rest[8:2], 1'b0",
                "arty-a7; _uart; pause <= pause \\+ 1; pause <= 0"
            })
    void benchesFindErrors(String board, String file, String found, String planted)
            throws IOException, InterruptedException {
        String options = "board=" + board + (board.startsWith("axi") ? ",beat=8" : "") + ",scores";
        List<String> files = write(options, votes(20, 12, 3));
        assertThat(simulate(files)).contains("PASS: ");
        Path wrapper = folder.resolve("dut" + file + ".v");
        String text = Files.readString(wrapper);
        Matcher matcher = Pattern.compile(found).matcher(text);
        assertThat(matcher.find()).isTrue();
        Files.writeString(wrapper, matcher.replaceFirst(Matcher.quoteReplacement(planted)));
        assertThat(simulate(files)).contains("FAIL: ");
    }

    /** Every port of the module has a pin, and no other has; the module is one that Yosys makes for the device. */
    @ParameterizedTest
    @CsvSource({
        "arty-a7, .xdc, synth_xilinx, 'PACKAGE_PIN \\w+ .*get_ports (\\w+)\\]'",
        "ulx3s, .lpf, synth_ecp5, 'LOCATE COMP \"(\\w+)\" SITE \"\\w+\"'",
        "icebreaker, .pcf, synth_ice40, 'set_io (\\w+) \\d+'"
    })
    void pinsAreThoseOfTheModule(String board, String suffix, String synthesis, String line)
            throws IOException, InterruptedException {
        List<String> files = write("board=" + board, votes(20, 12, 3));
        files.remove("dut_tb.v");
        Set<String> pins = new TreeSet<>();
        Matcher matcher = Pattern.compile(line).matcher(Files.readString(folder.resolve("dut_" + board + suffix)));
        while (matcher.find()) {
            pins.add(matcher.group(1));
        }
        String said = Tool.of("yosys")
                .run(
                        folder,
                        "-p",
                        "read_verilog " + String.join(" ", files) + "; " + synthesis
                                + " -top m_module_uart; check -assert; select -list m_module_uart/x:*");
        assertThat(said).doesNotContain("ERROR");
        Set<String> ports = new TreeSet<>();
        Matcher listed =
                Pattern.compile("(?m)^m_module_uart/(\\w+)$").matcher(said.substring(said.lastIndexOf("select -list")));
        while (listed.find()) {
            ports.add(listed.group(1));
        }
        assertThat(pins).hasSize(4).isEqualTo(ports);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "board=breadboard; axi-stream, arty-a7",
                "board=axi-stream,beat=12; beat=12",
                "board=axi-stream,baud=9600; no option baud",
                "board=ulx3s,baud=4000000; within 2 per cent",
                "board=ulx3s,beat=16; no option beat",
                "scores; no option scores"
            })
    void optionsThatDoNotFitAreRefused(String options, String words) {
        assertThatThrownBy(() -> format(options.strip()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words.strip());
        assertThatThrownBy(() -> new Vhdl().with(new FormatOptions("vhdl", "board=axi-stream")))
                .hasMessageContaining("no option board");
    }
}
