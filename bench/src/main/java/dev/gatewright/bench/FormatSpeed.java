package dev.gatewright.bench;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.InputException;
import dev.gatewright.format.CircuitFiles;
import dev.gatewright.format.Design;
import dev.gatewright.format.Format;
import dev.gatewright.model.Exports;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What it takes to write a random circuit of a million gates in every text format, and to read it back where there is a
 * reader: processor seconds of this thread, and seconds by the clock. The files stay in the folder, for compilers.
 */
public final class FormatSpeed {
    private static final int INPUTS = 784;
    private static final int LAYERS = 10;
    private static final int CLASSES = 10;
    private static final Set<String> READ = Set.of("verilog", "blif", "aiger", "aiger-ascii", "bench", "json");
    private static final List<String> FORMATS =
            List.of("verilog", "vhdl", "blif", "aiger", "aiger-ascii", "eqn", "bench", "json", "c", "java");

    private FormatSpeed() {}

    /** @param args a folder, gates, and formats; all text formats if none are given */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Design design = design(Integer.parseInt(args[1]));
        List<String> formats = args.length > 2 ? List.of(args).subList(2, args.length) : FORMATS;
        System.out.println(design.circuit());
        for (String name : formats) {
            Format format = Exports.parse(name);
            Path file = folder.resolve("net" + format.suffix());
            String wrote = timed(() -> {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                    format.write(design, out);
                }
            });
            String read = READ.contains(format.name()) ? timed(() -> check(design, file)) : "-";
            System.out.printf(Locale.ROOT, "%s: %,d bytes, written %s, read %s%n", name, Files.size(file), wrote, read);
        }
    }

    /** Layers of random gates over pixels, each layer on the one before it; every gate is needed. */
    private static Design design(int gates) {
        SplittableRandom random = new SplittableRandom(1);
        CircuitBuilder builder = new CircuitBuilder(INPUTS);
        int width = gates / LAYERS;
        int[] wires = new int[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            wires[i] = builder.input(i);
        }
        int[] tables = {1, 2, 4, 6, 7, 8, 9, 11, 13, 14};
        for (int layer = 0; layer < LAYERS; layer++) {
            int[] next = new int[width];
            for (int gate = 0; gate < width; gate++) {
                // The first wire is one that no other gate of the layer has as its first.
                int first = wires[gate % wires.length];
                int second = first;
                while (second == first) {
                    second = wires[random.nextInt(wires.length)];
                }
                next[gate] = builder.gate(tables[random.nextInt(tables.length)], first, second);
            }
            wires = next;
        }
        Circuit circuit = builder.build(wires);
        int[] columns = new int[INPUTS];
        float[] values = new float[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            columns[i] = i;
            values[i] = 127;
        }
        Encoder encoder = new Encoder(new Encoder.Inputs.Pixels(1, 28, 28), columns, new byte[INPUTS], values);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            labels.add(Integer.toString(i));
        }
        return new Design(
                "net",
                circuit,
                encoder,
                new Design.Score.Votes(CLASSES, 10),
                "class",
                labels,
                Collections.emptySortedMap());
    }

    private static void check(Design design, Path file) throws IOException {
        Circuit read = CircuitFiles.read(file).circuit();
        if (read.inputs() != design.circuit().inputs()) {
            throw new InputException(file + ": " + read);
        }
    }

    /** Something that reads or writes files. */
    private interface Work {
        void run() throws IOException;
    }

    private static String timed(Work work) throws IOException {
        var threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long busy = threads.getCurrentThreadCpuTime();
        work.run();
        return String.format(
                Locale.ROOT,
                "%.1f s (%.1f by the clock)",
                (threads.getCurrentThreadCpuTime() - busy) / 1e9,
                (System.nanoTime() - start) / 1e9);
    }
}
