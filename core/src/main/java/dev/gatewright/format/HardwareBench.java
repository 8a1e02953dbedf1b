package dev.gatewright.format;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.format.HardwareLanguage.Port;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Test benches of hardware modules: a module that applies vectors, one a clock where there is one, and prints {@code PASS},
 * or the first ten differences and {@code FAIL}; and the vectors. Of a pipeline that can be stalled, both sides are ready at
 * random.
 *
 * @param suffix of the bench's file
 * @param vectors what the name of the file of vectors ends in
 * @param digitBits bits a digit of that file
 * @param plain the bench of a module with a fixed latency, which may be 0
 * @param flow the bench of a module that can be stalled
 */
record HardwareBench(String suffix, String vectors, int digitBits, String plain, String flow) {
    static final HardwareBench VERILOG =
            new HardwareBench("_tb.v", "_tb.hex", 4, VerilogBenchText.PLAIN, VerilogBenchText.FLOW);
    static final HardwareBench VHDL =
            new HardwareBench("_tb.vhd", "_tb.txt", 1, VhdlBenchText.PLAIN, VhdlBenchText.FLOW);

    /** The two files, for vectors whose outputs by the circuit are given. */
    List<Format.Companion> files(
            HardwareModule module, HardwareOptions options, BitMatrix in, BitMatrix outputs, String stem) {
        BenchVectors lines = new BenchVectors(module.design(), module.results(), digitBits);
        return List.of(
                new Format.Companion(suffix, stream -> {
                    TextOut out = new TextOut(stream);
                    out.text(Template.fill(options.valid() ? flow : plain, words(module, options, in.samples(), stem)));
                    out.flush();
                }),
                new Format.Companion(vectors, stream -> lines.write(in, outputs, stream)));
    }

    private Map<String, String> words(HardwareModule module, HardwareOptions options, int count, String stem) {
        List<Port> results = module.results();
        boolean vhdl = digitBits == 1;
        int width = results.stream().mapToInt(Port::width).sum();
        int inputs = module.design().circuit().inputs();
        Map<String, String> words = new HashMap<>();
        words.put("MODULE", module.name());
        words.put("VECTOR_FILE", stem + vectors);
        words.put("VECTOR_COUNT", Integer.toString(count));
        words.put("LAST_VECTOR", Integer.toString(count - 1));
        int latency = options.levels() > 0 ? module.latency() : 0;
        words.put("LATENCY", Integer.toString(latency));
        words.put("LAST_TURN", Integer.toString(count - 1 + latency));
        words.put("LAST_INPUT", Integer.toString(inputs - 1));
        words.put("LAST_RESULT", Integer.toString(width - 1));
        words.put("LAST_BIT", Integer.toString(width + inputs - 1));
        words.put("LINE_LENGTH", Integer.toString(width + inputs));
        words.put("RESULT_LENGTH", Integer.toString(width));
        // Words apart from those that begin with them, as texts are filled.
        words.put(
                "DECLARED",
                results.stream()
                        .map(port -> vhdl
                                ? "  signal " + port.name() + " : "
                                        + VhdlLanguage.type("std_logic_vector", port.width()) + ";\n"
                                : "wire [" + (port.width() - 1) + ":0] " + port.name() + ";\n")
                        .collect(Collectors.joining()));
        words.put(
                "CONNECTED",
                (options.levels() == 0 ? "" : vhdl ? ", clk => clk" : ", .clk(clk)")
                        + results.stream()
                                .map(port -> vhdl
                                        ? ", " + port.name() + " => " + port.name()
                                        : ", ." + port.name() + "(" + port.name() + ")")
                                .collect(Collectors.joining()));
        words.put(
                "JOINED", results.reversed().stream().map(Port::name).collect(Collectors.joining(vhdl ? " & " : ", ")));
        return words;
    }
}
