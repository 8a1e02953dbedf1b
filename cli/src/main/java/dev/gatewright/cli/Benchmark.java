package dev.gatewright.cli;

import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Samples;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;
import dev.gatewright.engine.Throughput;
import dev.gatewright.model.Model;
import dev.gatewright.model.Predictor;
import dev.gatewright.model.Readout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Measures a model's engines.
 *
 * @param samples what full calls predict
 * @param time how long to measure each thing
 */
record Benchmark(Model model, Samples samples, Duration time) {
    static final int ROUNDS = 7;
    private static final String ROWS = "rows";

    /** A measured rate. */
    record Line(String engine, int threads, String input, double samplesPerSecond, double compileSeconds) {}

    List<Line> measure(List<Engine> engines, Collection<Integer> threads) {
        List<Line> lines = new ArrayList<>();
        for (Engine engine : engines) {
            for (int count : threads) {
                lines.addAll(measure(engine, count));
            }
        }
        return lines;
    }

    private List<Line> measure(Engine engine, int threads) {
        Throughput throughput = Throughput.DEFAULT.withThreads(threads).withRounds(ROUNDS, time.dividedBy(ROUNDS));
        long start = System.nanoTime();
        try (Executable executable = engine.compile(model.form());
                Predictor predictor = Predictor.of(model, engine, 1)) {
            double seconds = compileSeconds(start);
            List<Throughput.Work> works = List.of(Throughput.net(executable), full(predictor));
            warmUp(works);
            List<Line> lines = new ArrayList<>();
            for (Throughput.Rate rate : throughput.measure(works)) {
                lines.add(new Line(engine.name(), threads, rate.name(), rate.samplesPerSecond(), seconds));
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
}
