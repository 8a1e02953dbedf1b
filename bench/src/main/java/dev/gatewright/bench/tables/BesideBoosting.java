package dev.gatewright.bench.tables;

import dev.gatewright.cli.bench.Alternation;
import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.ColumnType;
import dev.gatewright.data.Dataset;
import dev.gatewright.data.Datasets;
import dev.gatewright.data.ReadOptions;
import dev.gatewright.encode.Table;
import dev.gatewright.engine.Engine;
import dev.gatewright.model.Predictor;
import dev.gatewright.train.Learned;
import dev.gatewright.train.Learner;
import dev.gatewright.train.TrainListener;
import dev.gatewright.train.TrainOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Tables, ours beside gradient boosting (XGBoost), both with the settings they have when nothing is said, on the same
 * rows: accuracy on the test rows, and predictions a second on one thread.
 *
 * <pre>{@code
 * BesideBoosting [--seeds 3] [--seconds 0.5] DATA[,target=COLUMN][,ignore=COLUMN]...[,header=false] ...
 * }</pre>
 *
 * A fifth of the rows is held out by the seed where a set has no official test part. Boosting is given rows of floats
 * in which categories are already columns of 0 and 1; ours is given the columns of the table, so that its time has all
 * of the encoding in it.
 */
public final class BesideBoosting {
    private static final int ROUNDS = 5;
    private static final int THREADS = 2;

    private int seeds = 3;
    private double seconds = 0.5;
    private final List<String> sets = new ArrayList<>();

    private BesideBoosting() {}

    /** What one seed gave. */
    private record Result(double ours, double theirs, double ourRate, double theirRate, int gates) {}

    public static void main(String[] args) throws IOException, XGBoostError {
        run(args, new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    /** Measures and prints. */
    static void run(String[] args, PrintStream out) throws IOException, XGBoostError {
        BesideBoosting study = new BesideBoosting();
        study.parse(args);
        out.println(
                "| data | training rows | ours | XGBoost | difference | gates | ours, rows/s | XGBoost, rows/s | ratio |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        double differences = 0;
        for (String set : study.sets) {
            differences += study.row(set, out);
        }
        out.printf(
                Locale.ROOT,
                "%nmean difference %+.2f points, %d seeds%n",
                differences / study.sets.size(),
                study.seeds);
    }

    private void parse(String[] args) {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--seeds" -> seeds = Integer.parseInt(args[++i]);
                case "--seconds" -> seconds = Double.parseDouble(args[++i]);
                default -> sets.add(args[i]);
            }
        }
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("no data; expected such as car.data or nursery.arff,target=class");
        }
    }

    /** Prints a row; the difference in points. */
    private double row(String set, PrintStream out) throws IOException, XGBoostError {
        List<Result> results = new ArrayList<>();
        String name = "";
        int rows = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Dataset data = open(set, seed);
            name = data.name();
            rows = data.train().rows();
            results.add(measure(data, seed));
        }
        double ours = mean(results, Result::ours);
        double theirs = mean(results, Result::theirs);
        double ourRate = mean(results, Result::ourRate);
        double theirRate = mean(results, Result::theirRate);
        out.printf(
                Locale.ROOT,
                "| %s | %,d | %.2f ± %.2f %% | %.2f ± %.2f %% | %+.2f | %,.0f | %.2f M | %.3f M | %.0f |%n",
                name,
                rows,
                100 * ours,
                100 * deviation(results, Result::ours),
                100 * theirs,
                100 * deviation(results, Result::theirs),
                100 * (ours - theirs),
                mean(results, Result::gates),
                ourRate / 1e6,
                theirRate / 1e6,
                ourRate / theirRate);
        return 100 * (ours - theirs);
    }

    private static Dataset open(String set, int seed) throws IOException {
        String[] parts = set.split(",");
        ReadOptions options = ReadOptions.DEFAULT.withSeed(seed);
        Map<String, ColumnType> types = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String value = parts[i].substring(parts[i].indexOf('=') + 1);
            if (parts[i].startsWith("target=")) {
                options = options.withTarget(value);
            } else if (parts[i].startsWith("ignore=")) {
                types.put(value, ColumnType.IGNORE);
            } else if (parts[i].startsWith("header=")) {
                options = options.withHeader(Boolean.parseBoolean(value));
            } else {
                throw new IllegalArgumentException(
                        parts[i] + "; expected target=COLUMN, ignore=COLUMN or header=false");
            }
        }
        return Datasets.open(parts[0], options.withTypes(types));
    }

    private Result measure(Dataset data, int seed) throws IOException, XGBoostError {
        if (!(data.train().samples() instanceof Table training
                && data.test().samples() instanceof Table test
                && data.train().target() instanceof ClassTarget labels
                && data.test().target() instanceof ClassTarget expected)) {
            throw new IllegalArgumentException(data.name() + " is not a table with classes");
        }
        TrainOptions options = TrainOptions.DEFAULT.withSeed(seed).withThreads(THREADS);
        Learned learned = Learner.learn(data, Optional.empty(), options, TrainListener.SILENT);
        float[] rows = Boosting.rows(test);
        int[] ours = new int[test.rows()];
        int[] theirs = new int[test.rows()];
        try (Boosting boosting = Boosting.train(training, labels, THREADS);
                Predictor predictor = Predictor.of(learned.model(), Engine.byName("native"), 1)) {
            Alternation turns =
                    new Alternation(ROUNDS, Duration.ofNanos((long) (seconds * 1e9)), Alternation.PROCESSOR_TIME);
            List<Alternation.Rate> rates = turns.measure(List.of(
                    new Alternation.Work(test.rows(), () -> predictor.classes(test, ours)),
                    new Alternation.Work(test.rows(), () -> boosting.classes(rows, test.rows(), theirs))));
            return new Result(
                    accuracy(ours, expected),
                    accuracy(theirs, expected),
                    rates.getFirst().median(),
                    rates.getLast().median(),
                    learned.model().circuit().gates());
        }
    }

    private static double accuracy(int[] found, ClassTarget expected) {
        int right = 0;
        for (int row = 0; row < found.length; row++) {
            right += found[row] == expected.label(row) ? 1 : 0;
        }
        return (double) right / found.length;
    }

    private static double mean(List<Result> results, ToDoubleFunction<Result> what) {
        return results.stream().mapToDouble(what).average().orElseThrow();
    }

    private static double deviation(List<Result> results, ToDoubleFunction<Result> what) {
        double mean = mean(results, what);
        double squares = results.stream()
                .mapToDouble(what)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / Math.max(1, results.size() - 1));
    }
}
