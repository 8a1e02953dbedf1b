package dev.gatewright.bench;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.StagedCircuit;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;
import dev.gatewright.engine.Throughput;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.model.Provenance;
import dev.gatewright.model.Readout;
import dev.gatewright.pass.Pipeline;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A convolutional network of random kernels from the drawing to predictions: discretised, optimised, written, read and
 * run by two engines that must agree, with the seconds and the memory of each step. For the largest published network,
 * {@code cifar10-g}, to be run with {@code -Xmx8g}.
 */
public final class ConvMemory {
    private static final long SEED = 1;
    private static final int CLASSES = 10;
    private static final int SAMPLES = 256;

    private final long start = System.nanoTime();

    private ConvMemory() {}

    /** @param args the network; cifar10-g if none */
    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("network", ".gate");
        try {
            new ConvMemory().run(ConvNets.named(args.length > 0 ? args[0] : "cifar10-g"), file);
        } finally {
            Files.delete(file);
        }
    }

    private void run(ConvNets net, Path file) throws IOException {
        write(net, file);
        Model model = ModelFile.read(file);
        say("read");
        BitMatrix in = RandomBits.of(SEED, SAMPLES, model.form().inputs());
        List<BitMatrix> outputs = new ArrayList<>();
        for (String name : List.of("native", "portable")) {
            try (Executable executable = Engine.byName(name).compile(model.form())) {
                say("compiled for " + executable.engine());
                outputs.add(executable.evaluate(in, 1));
                say(SAMPLES + " samples by " + name);
                Throughput throughput = new Throughput(
                        1, 2, Duration.ofSeconds(1), ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
                double rate = throughput
                        .measure(List.of(Throughput.net(executable)))
                        .getFirst()
                        .samplesPerSecond();
                say(String.format(Locale.ROOT, "%,.0f images/s by %s", rate, name));
            }
        }
        if (!outputs.getFirst().equals(outputs.getLast())) {
            throw new IllegalStateException("the engines do not agree");
        }
    }

    private void write(ConvNets net, Path file) throws IOException {
        CircuitForm raw = ConvNets.circuit(net.network(SEED), SEED);
        say("discretised: " + raw);
        StagedCircuit circuit = (StagedCircuit) Pipeline.STANDARD.run(raw).form();
        say("optimised: " + circuit);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            labels.add(Integer.toString(i));
        }
        ModelFile.write(
                new Model(
                        net.encoder(),
                        circuit,
                        new Readout.GroupSum(CLASSES, 1),
                        "class",
                        labels,
                        new Provenance(Collections.emptySortedMap())),
                file);
        say("written: " + (Files.size(file) >> 20) + " MiB");
    }

    /** Prints what was done, the seconds so far and the most memory so far, of the heap and of the process. */
    private void say(String done) throws IOException {
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        Path status = Path.of("/proc/self/status");
        String process = Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .map(line -> line.replaceAll("\\s+", " "))
                        .findFirst()
                        .orElse("")
                : "";
        System.out.printf(
                Locale.ROOT,
                "%.1f s, heap up to %d MiB, %s: %s%n",
                (System.nanoTime() - start) / 1e9,
                heap >> 20,
                process,
                done);
    }
}
