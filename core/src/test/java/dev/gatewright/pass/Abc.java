package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitText;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.model.ModelFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The logic synthesis system ABC as a yardstick: hands it a circuit and counts the two-input gates it maps to. All ten
 * two-input functions that depend on both inputs cost 1, inverters and buffers nothing.
 */
final class Abc {
    /** Structural choices, then mapping for area. */
    static final String DCH = "strash; dch; map -a";

    /** The classic script of balancing, rewriting and refactoring, then mapping for area. */
    static final String RESYN2 =
            "strash; balance; rewrite; refactor; balance; rewrite; rewrite -z; balance; refactor -z; rewrite -z; balance; map -a";

    private static final Pattern GATE = Pattern.compile("^(\\S+) +Fanin = +2 +Instance = +(\\d+)", Pattern.MULTILINE);

    private static final String LIBRARY = """
            GATE zero 0 O=CONST0;
            GATE one  0 O=CONST1;
            GATE buf  0 O=a;         PIN * NONINV 1 999 0.1 0 0.1 0
            GATE inv  0 O=!a;        PIN * INV 1 999 0.1 0 0.1 0
            GATE and  1 O=a*b;       PIN * NONINV 1 999 1 0 1 0
            GATE nand 1 O=!(a*b);    PIN * INV 1 999 1 0 1 0
            GATE or   1 O=a+b;       PIN * NONINV 1 999 1 0 1 0
            GATE nor  1 O=!(a+b);    PIN * INV 1 999 1 0 1 0
            GATE andn 1 O=a*!b;      PIN * UNKNOWN 1 999 1 0 1 0
            GATE orn  1 O=a+!b;      PIN * UNKNOWN 1 999 1 0 1 0
            GATE xor  1 O=a*!b+!a*b; PIN * UNKNOWN 1 999 1 0 1 0
            GATE xnor 1 O=a*b+!a*!b; PIN * UNKNOWN 1 999 1 0 1 0
            """;

    /** What a script came to. */
    record Outcome(int gates, double seconds) {}

    private Abc() {}

    /** Prints a line a circuit (model files, or text files of {@link CircuitText}): gates and seconds, ours and ABC's. */
    public static void main(String[] files) throws IOException, InterruptedException {
        String command = command().orElseThrow(() -> new IOException("ABC is not installed"));
        System.out.println(
                "circuit, gates of two inputs, thorough, seconds, dch and map, seconds, resyn2 and map, seconds");
        for (String file : files) {
            Path path = Path.of(file);
            Circuit circuit = file.endsWith(".txt")
                    ? CircuitText.parse(Files.readString(path))
                    : ModelFile.read(path).circuit();
            long start = System.nanoTime();
            Circuit ours = Pipeline.THOROUGH.run(circuit).circuit();
            double seconds = (System.nanoTime() - start) / 1e9;
            Outcome dch = run(command, circuit, DCH);
            Outcome resyn2 = run(command, circuit, RESYN2);
            System.out.printf(
                    Locale.ROOT,
                    "%s, %d, %d, %.2f, %d, %.2f, %d, %.2f%n",
                    path.getFileName(),
                    twoInputGates(circuit),
                    twoInputGates(ours),
                    seconds,
                    dch.gates,
                    dch.seconds,
                    resyn2.gates,
                    resyn2.seconds);
        }
    }

    /** Gates but inverters, which cost nothing here. */
    static int twoInputGates(Circuit circuit) {
        int gates = 0;
        for (int gate = 0; gate < circuit.gates(); gate++) {
            gates += circuit.arity(gate) > 1 ? 1 : 0;
        }
        return gates;
    }

    /** The command that runs ABC here, if there is one. */
    static Optional<String> command() {
        return Stream.of("berkeley-abc", "abc", "yosys-abc")
                .filter(name -> Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
                .findFirst();
    }

    /** The two-input gates that are left of a circuit after a script, and the seconds of the whole process. */
    static Outcome run(String command, Circuit circuit, String script) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("abc");
        try {
            Path blif = folder.resolve("circuit.blif");
            Path library = folder.resolve("two.genlib");
            Path log = folder.resolve("log");
            Files.writeString(library, LIBRARY);
            try (Writer out = Files.newBufferedWriter(blif)) {
                write(circuit, out);
            }
            String all = "read_genlib " + library + "; read_blif " + blif + "; " + script + "; topo; print_gates";
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command, "-c", all)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(20, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Outcome(gates(new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1)), seconds);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static int gates(String log) throws IOException {
        if (!log.contains("TOTAL")) {
            throw new IOException("no report of gates in:\n" + log);
        }
        int gates = 0;
        Matcher lines = GATE.matcher(log);
        while (lines.find()) {
            gates += Integer.parseInt(lines.group(2));
        }
        return gates;
    }

    /** A circuit in the Berkeley logic interchange format. */
    static void write(Circuit circuit, Writer out) throws IOException {
        out.write(".model circuit\n.inputs");
        for (int i = 0; i < circuit.inputs(); i++) {
            out.write(" w" + circuit.inputWire(i));
        }
        out.write("\n.outputs");
        for (int i = 0; i < circuit.outputs(); i++) {
            out.write(" o" + i);
        }
        out.write("\n.names w0\n.names w1\n1\n");
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int arity = circuit.arity(gate);
            out.write(".names");
            for (int i = 0; i < arity; i++) {
                out.write(" w" + circuit.wire(gate, i));
            }
            out.write(" w" + circuit.gateWire(gate) + "\n");
            for (int index = 0; index < 1 << arity; index++) {
                if (TruthTable.value(circuit.table(gate), index)) {
                    for (int i = 0; i < arity; i++) {
                        out.write((index >> i & 1) != 0 ? "1" : "0");
                    }
                    out.write(" 1\n");
                }
            }
        }
        for (int i = 0; i < circuit.outputs(); i++) {
            out.write(String.format(Locale.ROOT, ".names w%d o%d%n1 1%n", circuit.output(i), i));
        }
        out.write(".end\n");
    }
}
