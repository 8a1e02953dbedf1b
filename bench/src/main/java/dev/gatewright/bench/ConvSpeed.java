package dev.gatewright.bench;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.StagedCircuit;
import dev.gatewright.encode.Encoder;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;
import dev.gatewright.engine.Throughput;
import dev.gatewright.model.Predictor;
import dev.gatewright.pass.Pipeline;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Images a second of convolutional networks on one core, as kernels at positions beside the circuit written out, from
 * packed bits and from pixels to class counts. Works take turns in every round; time is the processor time of the thread.
 */
public final class ConvSpeed {
    private static final long SEED = 1;
    private static final int CLASSES = 10;
    private static final int CHECKED = 512;
    private static final int ROWS = 1024;
    /** Written out, a circuit of more gates takes longer to compile than is worth waiting for. */
    private static final long MOST_WRITTEN_OUT = 4_000_000;

    private ConvSpeed() {}

    private record Contestant(String name, Executable executable, double compileSeconds) {}

    /** @param args the engine, the seconds of a round, and names of networks; all but G if there are none */
    public static void main(String[] args) {
        Engine engine = args.length > 0 ? Engine.byName(args[0]) : Engine.best();
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 0.5;
        List<String> names = args.length > 2 ? List.of(args).subList(2, args.length) : ConvNets.measured();
        System.out.println("network, gates: raw, kernels, at positions, written out | form | compile s | bits, images/s"
                + " | pixels, images/s");
        for (String name : names) {
            measure(ConvNets.named(name), engine, seconds);
        }
    }

    private static void measure(ConvNets net, Engine engine, double seconds) {
        CircuitForm raw = ConvNets.circuit(net.network(SEED), SEED);
        StagedCircuit staged = (StagedCircuit) Pipeline.STANDARD.run(raw).form();
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(compiled("kernels", engine, staged));
        String gates = raw.unrolledGates() + ", " + staged.kernelGates() + ", " + staged.unrolledGates();
        if (raw.unrolledGates() <= MOST_WRITTEN_OUT) {
            CircuitForm flat = Pipeline.STANDARD.run(raw.flat()).form();
            contestants.add(compiled("written out", engine, flat));
            gates += ", " + flat.unrolledGates();
            requireEqual(contestants);
        }
        List<Throughput.Work> works = new ArrayList<>();
        Encoder encoder = net.encoder();
        byte[] pixels = new byte[ROWS * net.colours() * net.side() * net.side()];
        new SplittableRandom(SEED).nextBytes(pixels);
        for (Contestant each : contestants) {
            works.add(Throughput.net(each.executable()));
            works.add(Throughput.pixels(
                    each.executable(),
                    Predictor.pixelBits(encoder, each.executable().inputsRead()),
                    pixels,
                    CLASSES));
        }
        Throughput throughput = new Throughput(
                1,
                5,
                Duration.ofNanos((long) (seconds * 1e9)),
                ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
        throughput.withRounds(1, Duration.ofNanos((long) (seconds * 1e9))).measure(works);
        List<Throughput.Rate> rates = throughput.measure(works);
        for (int i = 0; i < contestants.size(); i++) {
            System.out.printf(
                    Locale.ROOT,
                    "%s, %s | %s | %.2f | %,.0f | %,.0f%n",
                    net.name(),
                    gates,
                    contestants.get(i).name() + ", "
                            + contestants.get(i).executable().engine(),
                    contestants.get(i).compileSeconds(),
                    rates.get(2 * i).samplesPerSecond(),
                    rates.get(2 * i + 1).samplesPerSecond());
        }
        contestants.forEach(each -> each.executable().close());
    }

    private static Contestant compiled(String name, Engine engine, CircuitForm circuit) {
        long start = System.nanoTime();
        Executable executable = engine.compile(circuit);
        return new Contestant(name, executable, (System.nanoTime() - start) / 1e9);
    }

    private static void requireEqual(List<Contestant> contestants) {
        BitMatrix in =
                RandomBits.of(SEED, CHECKED, contestants.getFirst().executable().inputs());
        BitMatrix first = contestants.getFirst().executable().evaluate(in, 1);
        for (Contestant each : contestants) {
            if (!first.equals(each.executable().evaluate(in, 1))) {
                throw new IllegalStateException(each.name() + " gives other outputs");
            }
        }
    }
}
