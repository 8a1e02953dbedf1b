package dev.gatewright.cli;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.cli.bench.CBaseline;
import dev.gatewright.cli.bench.CComparison;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Samples;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;
import dev.gatewright.engine.Throughput;
import dev.gatewright.model.Model;
import dev.gatewright.model.Predictor;
import dev.gatewright.model.Readout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Measures a model's engines, alone or in turn with straight-line C.
 *
 * @param samples what full calls predict
 * @param time how long to measure each thing
 */
record Benchmark(Model model, Samples samples, Duration time) {
    private static final int ROUNDS = 7;
    private static final String BITS = "bits";
    private static final String ROWS = "rows";
    private static final String STRAIGHT_LINE_C = "straight-line-c";

    /** A measured rate. */
    record Line(
            String engine,
            int threads,
            String input,
            double samplesPerSecond,
            double compileSeconds,
            OptionalDouble ratioToC) {}

    List<Line> alone(List<Engine> engines, Collection<Integer> threads) {
        List<Line> lines = new ArrayList<>();
        for (Engine engine : engines) {
            for (int count : threads) {
                lines.addAll(measure(engine, count));
            }
        }
        return lines;
    }

    /** The same, and on one thread in turn with the C; the ratios are of those rounds. */
    List<Line> againstC(List<Engine> engines, Collection<Integer> threads, Path cache, Consumer<String> progress)
            throws IOException, InterruptedException {
        BitMatrix bits = model.encoder().encode(samples);
        List<Line> lines = new ArrayList<>();
        CComparison last = null;
        try (CBaseline baseline = CBaseline.compile(model.circuit(), groups(), cache, progress)) {
            for (Engine engine : engines) {
                for (int count : threads) {
                    if (count != 1) {
                        lines.addAll(measure(engine, count));
                        continue;
                    }
                    last = compare(baseline, bits, engine, lines);
                }
            }
            if (last == null) {
                last = compare(baseline, bits, engines.getFirst(), lines);
            }
        }
        double seconds = last.compileTime().toNanos() / 1e9;
        lines.add(new Line(STRAIGHT_LINE_C, 1, BITS, last.netC(), seconds, OptionalDouble.empty()));
        lines.add(new Line(STRAIGHT_LINE_C, 1, ROWS, last.fullC(), seconds, OptionalDouble.empty()));
        return lines;
    }

    private CComparison compare(CBaseline baseline, BitMatrix bits, Engine engine, List<Line> lines) {
        Throughput once = Throughput.DEFAULT.withRounds(1, time.dividedBy(ROUNDS));
        long start = System.nanoTime();
        try (Executable executable = engine.compile(model.circuit());
                Predictor predictor = Predictor.of(model, engine, 1)) {
            double seconds = compileSeconds(start);
            CComparison.requireSame(baseline, executable, bits, groups());
            Throughput.Work net = Throughput.net(executable);
            Throughput.Work full = full(predictor);
            warmUp(List.of(net, full));
            CComparison compared = CComparison.measure(
                    baseline,
                    bits,
                    () -> once.measure(List.of(net)).getFirst().samplesPerSecond(),
                    () -> once.measure(List.of(full)).getFirst().samplesPerSecond(),
                    ROUNDS,
                    time.dividedBy(ROUNDS));
            lines.add(
                    new Line(engine.name(), 1, BITS, compared.net(), seconds, OptionalDouble.of(compared.netRatio())));
            lines.add(new Line(
                    engine.name(), 1, ROWS, compared.full(), seconds, OptionalDouble.of(compared.fullRatio())));
            return compared;
        }
    }

    private List<Line> measure(Engine engine, int threads) {
        Throughput throughput = Throughput.DEFAULT.withThreads(threads).withRounds(ROUNDS, time.dividedBy(ROUNDS));
        long start = System.nanoTime();
        try (Executable executable = engine.compile(model.circuit());
                Predictor predictor = Predictor.of(model, engine, 1)) {
            double seconds = compileSeconds(start);
            List<Throughput.Work> works = List.of(Throughput.net(executable), full(predictor));
            warmUp(works);
            List<Line> lines = new ArrayList<>();
            for (Throughput.Rate rate : throughput.measure(works)) {
                lines.add(new Line(
                        engine.name(), threads, rate.name(), rate.samplesPerSecond(), seconds, OptionalDouble.empty()));
            }
            return lines;
        }
    }

    /** Runs the works until the virtual machine has compiled them. */
    private void warmUp(List<Throughput.Work> works) {
        Throughput.DEFAULT.withRounds(1, time.dividedBy(2)).measure(works);
    }

    /** The engine compiles once for the net and once for the predictor. */
    private static double compileSeconds(long start) {
        return (System.nanoTime() - start) / 2e9;
    }

    /** Calls of one thread each, from raw rows to predictions. */
    private Throughput.Work full(Predictor predictor) {
        Runnable call = predict(predictor);
        return new Throughput.Work(ROWS, samples.rows(), () -> call);
    }

    private Runnable predict(Predictor predictor) {
        return switch (model.readout()) {
            case Readout.GroupSum ignored -> () -> predictor.classes(samples);
            case Readout.Regression ignored -> () -> predictor.values(samples);
            case Readout.Bits ignored ->
                throw new InputException("the model gives plain bits; expected one that predicts");
        };
    }

    private int groups() {
        return model.readout() instanceof Readout.GroupSum sum ? sum.classes() : 1;
    }
}
