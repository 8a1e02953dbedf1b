package dev.gatewright.cli.hardware;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the synthesis tool Yosys on a file and reads what it says.
 *
 * @param command the program
 */
public record Yosys(String command) {
    private static final Pattern CELL = Pattern.compile("^ {5}(\\S+) +(\\d+)$", Pattern.MULTILINE);
    private static final Pattern LONGEST = Pattern.compile("Longest topological path in \\S+ \\(length=(\\d+)\\)");
    private static final Pattern ARRIVAL = Pattern.compile("Latest arrival time in \\S+ is (\\d+)");

    /** What came of a run. */
    public sealed interface Outcome {
        /**
         * Cells by kind.
         *
         * @param levels cells on the longest way
         * @param picoseconds through the cells on the slowest way, without wires between them; negative where unknown
         */
        record Mapped(int tables, int registers, int carries, int levels, int picoseconds) implements Outcome {}

        /** It ran out of time, or failed: a sentence. */
        record Failed(String why) implements Outcome {}
    }

    /** Yosys, if it is on the path. */
    public static Optional<Yosys> find(String path) {
        return Stream.of(path.split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, "yosys"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(found -> new Yosys(found.toString()));
    }

    /** Maps a Verilog file to a family, in its folder, within some seconds. */
    public Outcome map(Path file, Family family, double seconds) throws IOException, InterruptedException {
        String script = "read_verilog " + file.getFileName() + "; " + family.synthesis()
                + "; stat; ltp -noff; read_verilog -lib -specify " + family.models() + "; sta";
        Path log = Files.createTempFile(file.toAbsolutePath().getParent(), "yosys", ".log");
        try {
            Process process = new ProcessBuilder(command, "-p", script)
                    .directory(file.toAbsolutePath().getParent().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                if (!process.waitFor((long) (seconds * 1000), TimeUnit.MILLISECONDS)) {
                    return new Outcome.Failed(
                            "Yosys took more than " + Math.round(seconds) + " s; --seconds allows more");
                }
            } finally {
                kill(process);
            }
            return read(new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1), family);
        } finally {
            Files.delete(log);
        }
    }

    /** Ends a process with those that it started. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static Outcome read(String said, Family family) {
        int stat = said.lastIndexOf("=== ");
        Matcher longest = LONGEST.matcher(said);
        if (stat < 0 || !longest.find()) {
            Matcher error = Pattern.compile("^ERROR: (.*)$", Pattern.MULTILINE).matcher(said);
            return new Outcome.Failed("Yosys failed" + (error.find() ? ": " + error.group(1) : ""));
        }
        int tables = 0;
        int registers = 0;
        int carries = 0;
        Matcher cells = CELL.matcher(said.substring(stat));
        while (cells.find()) {
            String name = cells.group(1);
            int count = Integer.parseInt(cells.group(2));
            tables += name.startsWith(family.table()) ? count : 0;
            // An inverter takes a table, too.
            tables += name.equals("INV") ? count : 0;
            registers += family.registers().stream().anyMatch(name::startsWith) ? count : 0;
            carries += name.startsWith(family.carry()) ? count : 0;
        }
        Matcher arrival = ARRIVAL.matcher(said);
        int picoseconds = arrival.find() ? Integer.parseInt(arrival.group(1)) : -1;
        return new Outcome.Mapped(tables, registers, carries, Integer.parseInt(longest.group(1)), picoseconds);
    }
}
