package dev.gatewright.format;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Votes;
import dev.gatewright.format.Board.Field;
import dev.gatewright.format.HardwareLanguage.Port;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of a {@link Board} beside a module's own: wrappers, constraints, and a test bench of the whole. */
record BoardFiles(Board board, HardwareModule module) {
    private static final int AXI_HERTZ = 100_000_000;

    /** Wrappers and constraints. */
    List<Format.Companion> files() {
        Map<String, String> words = words();
        List<Format.Companion> files = new ArrayList<>();
        files.add(BenchFiles.text("_axis.v", BoardText.STREAM, words));
        if (board.place().pins().isEmpty()) {
            files.add(plain("_axis.xdc", Pins.Syntax.XDC.clock("aclk", AXI_HERTZ)));
        }
        board.place().pins().ifPresent(pins -> {
            files.add(BenchFiles.text("_uart.v", BoardText.SERIAL, words));
            files.add(plain("_" + board.place().name() + pins.suffix(), pins.constraints(module.name() + "_uart")));
        });
        return files;
    }

    private static Format.Companion plain(String suffix, String text) {
        return new Format.Companion(suffix, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A bench that sends vectors through all of it. */
    Bench bench(Vectors applied, String stem) {
        BitMatrix in = HardwareBench.applied(module.design(), module.options(), applied);
        boolean serial = board.place().pins().isPresent();
        String files = "STEM.v STEM_axis.v" + (serial ? " STEM_uart.v" : "") + " STEM_tb.v";
        String command =
                ("iverilog -g2001 -o STEM_tb " + files + " && vvp -n STEM_tb").replace("STEM", Bench.stem(stem));
        int sample = board.beats(module.inputs()) * board.beat();
        int result = board.resultBeats(module) * board.beat();
        Map<String, String> words = words();
        words.put("BENCH_COMMAND", command);
        words.put("MODULE_WHOLE", module.name() + (serial ? "_uart" : "_axis"));
        words.put("VECTOR_FILE", stem + "_tb.hex");
        words.put("VECTOR_COUNT", Integer.toString(applied.count()));
        words.put("LAST_VECTOR", Integer.toString(applied.count() - 1));
        words.put("VECTOR_LAST", Integer.toString(sample + result - 1));
        words.put("SAMPLE_BITS", Integer.toString(sample));
        words.put("LATENCY", Integer.toString(module.latency()));
        board.place().pins().ifPresent(pins -> words.put("RESET_BY", pins.pressed() ? "rst" : "!rst"));
        BenchVectors lines = new BenchVectors(sample, board.expected(module), 4);
        return new Bench(
                List.of(
                        BenchFiles.text("_tb.v", serial ? BoardBenchText.SERIAL : BoardBenchText.STREAM, words),
                        new Format.Companion("_tb.hex", out -> lines.write(in, applied.outputs(), out))),
                command);
    }

    private Map<String, String> words() {
        int inputs = module.inputs();
        int sampleBeats = board.beats(inputs);
        int resultBeats = board.resultBeats(module);
        Map<String, String> words = new HashMap<>();
        words.put("MODULE", module.name());
        words.put("INPUT_PORT", module.input());
        words.put("INPUT_COUNT", Integer.toString(inputs));
        words.put("INPUT_LAST", Integer.toString(inputs - 1));
        words.put("BEAT_BITS", Integer.toString(board.beat()));
        words.put("BEAT_LAST", Integer.toString(board.beat() - 1));
        words.put("SAMPLE_BEATS", Integer.toString(sampleBeats));
        words.put("SAMPLE_LAST", Integer.toString(sampleBeats * board.beat() - 1));
        words.put("SHIFT_LAST", Integer.toString((sampleBeats + 1) * board.beat() - 1));
        words.put("SAMPLE_CLOCKS", Integer.toString(Math.max(sampleBeats, resultBeats + 1)));
        words.put("BEAT_LIMIT", Integer.toString(sampleBeats - 1));
        counter(words, "COUNTER", sampleBeats - 1);
        words.put("RESULT_BEATS", Integer.toString(resultBeats));
        words.put("RESULT_LAST", Integer.toString(resultBeats * board.beat() - 1));
        counter(words, "LEFT", resultBeats);
        words.put("MEANING", meaning());
        words.put("PACKET", packet());
        List<Port> results = module.results();
        words.put(
                "DECLARED",
                results.stream()
                        .map(port -> "wire [" + (port.width() - 1) + ":0] " + port.name() + ";\n")
                        .collect(Collectors.joining()));
        words.put(
                "CONNECTED",
                results.stream()
                        .map(port -> ", ." + port.name() + "(" + port.name() + ")")
                        .collect(Collectors.joining()));
        board.place().pins().ifPresent(pins -> serial(words, pins));
        return words;
    }

    private void serial(Map<String, String> words, Pins pins) {
        words.put("BAUD_RATE", Integer.toString(board.baud()));
        words.put("CLOCK_HERTZ", Integer.toString(pins.hertz()));
        words.put("CLOCK_DIVIDER", Integer.toString(board.divider()));
        words.put("DIVIDER_LAST", Integer.toString(Votes.width(board.divider()) - 1));
        words.put("RESET_PORT", pins.resetPort());
        words.put("RELEASED", pins.pressed() ? "!rst" : "rst_n");
    }

    private static void counter(Map<String, String> words, String name, int most) {
        words.put(name + "_WIDTH", Integer.toString(Votes.width(most)));
        words.put(name + "_LAST", Integer.toString(Votes.width(most) - 1));
    }

    /** The numbers of a result as lines of comment. */
    private String meaning() {
        StringBuilder lines = new StringBuilder();
        int at = 0;
        for (Field field : board.fields(module)) {
            int beats = board.beats(field.width());
            lines.append("//   ")
                    .append(beats == 1 ? "beat " + at : "beats " + at + " to " + (at + beats - 1))
                    .append(": ")
                    .append(field.bits())
                    .append(", ")
                    .append(field.width())
                    .append(" bits, unsigned, the lowest first, zeros above\n");
            at += beats;
        }
        return lines.toString();
    }

    /** A result as one number, the first beat the lowest. */
    private String packet() {
        List<String> parts = new ArrayList<>();
        for (Field field : board.fields(module)) {
            int zeros = board.beats(field.width()) * board.beat() - field.width();
            parts.add((zeros == 0 ? "" : zeros + "'d0, ") + field.bits());
        }
        return "{" + String.join(", ", parts.reversed()) + "}";
    }
}
