package dev.gatewright.format;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.encode.RawBits;
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

    /** The bench of a module in {@code stem.v} or {@code stem.vhd}. */
    Bench of(HardwareModule module, HardwareOptions options, Vectors applied, String stem) {
        return of(module, options, applied, stem, "");
    }

    /** The same where a command makes the module's file first. */
    Bench of(HardwareModule module, HardwareOptions options, Vectors applied, String stem, String before) {
        String top = module.name() + "_tb";
        String run = equals(VHDL)
                ? "ghdl -c --std=93 STEM.vhd STEM_tb.vhd -r " + top
                : "iverilog -g2001 -o STEM_tb STEM.v STEM_tb.v && vvp -n STEM_tb";
        String command = before + run.replace("STEM", Bench.stem(stem));
        BitMatrix in = applied(module.design(), options, applied);
        BenchVectors lines =
                new BenchVectors(in.bits(), BenchVectors.ports(module.design(), module.results()), digitBits);
        Map<String, String> words = words(module, options, applied.count(), stem);
        words.put("BENCH_COMMAND", command);
        return new Bench(
                List.of(
                        BenchFiles.text(suffix, options.valid() ? flow : plain, words),
                        new Format.Companion(vectors, out -> lines.write(in, applied.outputs(), out))),
                command);
    }

    /** What a module reads of the vectors: raw values, or the encoder's bits. */
    static BitMatrix applied(Design design, HardwareOptions options, Vectors vectors) {
        return options.thresholds() ? new RawBits(design.encoder()).of(vectors.samples()) : vectors.in();
    }

    /** The bench of a file that Yosys reads and turns into Verilog. */
    static Bench ofNetlist(Design design, Vectors applied, String stem, String before, String read) {
        HardwareOptions outputs = HardwareOptions.DEFAULT.withOutputs();
        HardwareModule module = new HardwareModule(design, outputs, new VerilogLanguage());
        String convert = "yosys -q -p '" + read + "; hierarchy -auto-top; rename -top " + module.name()
                + "; write_verilog " + Bench.stem(stem) + ".v' && ";
        return VERILOG.of(module, outputs, applied, stem, before + convert);
    }

    /** The bench of a file that ABC reads by {@code read} and Yosys does not. */
    static Bench throughAbc(Design design, Vectors applied, String stem, String read) {
        String blif = stem + "_tb.blif";
        String convert = "abc -c '" + read + "; write_blif " + blif + "' && ";
        return ofNetlist(design, applied, stem, convert, "read_blif -wideports " + blif);
    }

    private Map<String, String> words(HardwareModule module, HardwareOptions options, int count, String stem) {
        List<Port> results = module.results();
        boolean vhdl = digitBits == 1;
        int width = results.stream().mapToInt(Port::width).sum();
        int inputs = module.inputs();
        Map<String, String> words = new HashMap<>();
        words.put("MODULE", module.name());
        words.put("INPUT_PORT", module.input());
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
