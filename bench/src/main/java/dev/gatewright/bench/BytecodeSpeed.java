package dev.gatewright.bench;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.cli.bench.Nets;
import dev.gatewright.engine.Block;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;
import dev.gatewright.pass.Pipeline;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long generated classes take until they answer, until they answer fast, and then for 64 samples, beside the
 * portable engine: for random networks of 1,000, 8,000 and 48,000 gates, one thread.
 */
public final class BytecodeSpeed {
    private static final int INPUTS = 784;
    /** Runs that one time is the best of: others of the machine disturb some. */
    private static final int RUNS = 20;
    /** Within this of the final time, the compiler is done. */
    private static final double FAST = 1.25;

    private BytecodeSpeed() {}

    /** A network of {@code layers} layers. */
    private record Net(int width, int layers) {}

    /** When a run ended, in seconds from the first, and how long it took, in microseconds. */
    private record Moment(double seconds, double micros) {}

    /** @param args seconds for each network; 30 if none */
    public static void main(String[] args) {
        double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 30;
        // Loads what all engines share, so that the first network does not pay for it.
        time(Engine.byName("bytecode"), circuit(10, 10, 2), 0.1);
        time(Engine.byName("portable"), circuit(10, 10, 2), 0.1);
        for (Net net : List.of(new Net(500, 2), new Net(2000, 4), new Net(8000, 6))) {
            Circuit circuit = circuit(INPUTS, net.width(), net.layers());
            System.out.printf(Locale.ROOT, "%d x %d, %d gates left%n", net.layers(), net.width(), circuit.gates());
            for (String name : List.of("bytecode", "portable")) {
                time(Engine.byName(name), circuit, seconds);
            }
        }
    }

    private static Circuit circuit(int inputs, int width, int layers) {
        return Pipeline.STANDARD
                .run(Nets.dense(1, inputs, width, layers, false).circuit())
                .circuit();
    }

    private static void time(Engine engine, Circuit circuit, double seconds) {
        BitMatrix in = RandomBits.of(2, 64, circuit.inputs());
        long start = System.nanoTime();
        try (Executable executable = engine.compile(circuit)) {
            Block block = executable.newBlock();
            double loaded = (System.nanoTime() - start) / 1e6;
            block.load(in, 0);
            block.run();
            double answer = (System.nanoTime() - start) / 1e6;
            Moment[] moments = moments(block, start, seconds);
            double last = Arrays.stream(moments, moments.length / 2, moments.length)
                    .mapToDouble(Moment::micros)
                    .min()
                    .orElseThrow();
            double fast = Arrays.stream(moments)
                    .filter(moment -> moment.micros() < FAST * last)
                    .findFirst()
                    .orElseThrow()
                    .seconds();
            System.out.printf(
                    Locale.ROOT,
                    "  %-9s loaded %.0f ms, first answer %.0f ms, fast after %.2f s, then %.2f us a run of 64 samples%n",
                    engine.name(),
                    loaded,
                    answer,
                    fast,
                    last);
        }
    }

    private static Moment[] moments(Block block, long start, double seconds) {
        Moment[] moments = new Moment[1 << 20];
        int count = 0;
        for (double now = 0; now < seconds && count < moments.length; count++) {
            long best = Long.MAX_VALUE;
            for (int run = 0; run < RUNS; run++) {
                long from = System.nanoTime();
                block.run();
                best = Math.min(best, System.nanoTime() - from);
            }
            now = (System.nanoTime() - start) / 1e9;
            moments[count] = new Moment(now, best / 1e3);
        }
        return Arrays.copyOf(moments, count);
    }
}
