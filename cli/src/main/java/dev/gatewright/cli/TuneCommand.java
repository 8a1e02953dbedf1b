package dev.gatewright.cli;

import dev.gatewright.cli.tune.Rungs;
import dev.gatewright.cli.tune.Space;
import dev.gatewright.data.Dataset;
import dev.gatewright.data.Split;
import dev.gatewright.encode.InputException;
import dev.gatewright.train.Learner;
import dev.gatewright.train.TrainOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches for good options of {@code train} on validation samples alone. */
@CommandLine.Command(
        name = "tune",
        sortOptions = false,
        description = "Searches for the options of 'train' with the best hard validation accuracy. The test split is"
                + " not read.",
        footer = {
            "",
            "VALUES are a list, such as 5,8,10 or none,'shift=1,rotate=6', or a range, such as 0.01..0.2:log,",
            "0..0.05, 5..20 or 1000..8000:step=1000. NAME is an option of train without its dashes, a name that",
            "stands in braces in another option, or a key of the network, such as tau.",
            "",
            "Examples:",
            "  gatewright tune --data digits --vary learning-rate=0.005..0.1:log --vary batch=32,64,128",
            "  gatewright tune --preset mnist-8k --vary tau=5,8,10,20 --trials 4 --rungs 1 --out tau.jsonl",
            "  gatewright tune --data mnist --network \"threshold:0.5 | dense:{width},wiring=learned | groupsum\" \\",
            "      --vary width=1000,2000,4000 --vary \"augment=none,'shift=1,rotate=6'\" --epochs 9"
        })
final class TuneCommand extends Command {
    private static final int MOST_TRIALS = 100_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--vary",
            paramLabel = "NAME=VALUES",
            description = "A variable of the search and what it may be. May be repeated.")
    private List<String> vary = new ArrayList<>();

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Points of the space to try, all where it has no more. Default: 9.")
    private int trials = 9;

    @Option(
            names = "--rungs",
            paramLabel = "N",
            description = "Rounds, each with a third of the trials and three times the epochs of the round before;"
                    + " 1 gives all trials all epochs. Default: 3, or fewer.")
    private Integer rungs;

    @Mixin
    private Splits splits;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where finished runs are kept. The same command again goes on from there.")
    private Path out;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Start from the recipe of this name, see 'gatewright presets'; options given beside it win.")
    private String preset;

    @Mixin
    private RecipeOptions recipe;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use. Default: all cores.")
    private Integer threads;

    TuneCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        Space space = Space.parse(vary);
        Settings base = base();
        Variables.check(space, base);
        int workers = RunOptions.threads(threads);
        if (trials < 1 || trials > MOST_TRIALS) {
            throw new InputException("--trials is " + trials + "; expected 1 to " + MOST_TRIALS);
        }
        splits.check();
        if (out != null) {
            OutputFile.check(out);
        }
        FinishedRuns kept = new FinishedRuns(Optional.ofNullable(out));
        List<Map<String, String>> points = space.points(trials, recipe.train(1).seed());
        List<Settings> settings =
                points.stream().map(point -> Variables.apply(base, point)).toList();
        for (Settings each : settings) {
            RecipeOptions.parse(each).network();
        }
        Dataset dataset = RecipeOptions.parse(settings.getFirst()).open(this);
        List<Trial> drawn = drawn(dataset, points, settings);
        int fewest = drawn.stream().mapToInt(Trial::epochs).min().orElseThrow();
        Rungs ladder = Rungs.of(rungs == null ? OptionalInt.empty() : OptionalInt.of(rungs), drawn.size(), fewest);
        Search search = new Search(drawn, ladder);
        int held = held(dataset, drawn.getFirst());
        say(dataset.name() + ": " + drawn.size() + " trials, " + search.runs() + " runs"
                + (splits.asked() ? " of " + splits.runs() + " splits" : "") + ", " + held + " of "
                + dataset.train().rows() + " training samples held out; the test split is not read");
        boolean whole;
        double epochs = search.epochs() * splits.runs();
        try (TuneProgress progress = new TuneProgress(session(), quiet, search.runs(), epochs)) {
            whole = search.run(new Judge(dataset, splits, workers, kept, progress));
        }
        report(dataset, space, search, whole, held);
    }

    /** The options that all trials share, a preset's network spelt out so that its keys can be varied. */
    private Settings base() {
        Settings given = Settings.given(spec);
        Settings base =
                preset == null ? given : given.over(Presets.named(preset).settings());
        return base.value("network")
                .flatMap(Presets::find)
                .flatMap(named -> named.settings().value("network"))
                .map(network -> base.with("network", network))
                .orElse(base);
    }

    private List<Trial> drawn(Dataset dataset, List<Map<String, String>> points, List<Settings> settings) {
        List<Trial> drawn = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            TrainOptions options = Learner.settled(
                    dataset, RecipeOptions.parse(settings.get(i)).train(1));
            if (!splits.asked() && options.validation().orElseThrow() == 0) {
                throw new InputException(
                        "--validation is 0"
                                + (settings.get(i).value("validation").isPresent()
                                        ? ""
                                        : ", the default for the "
                                                + dataset.train().rows() + " training samples of " + dataset.name())
                                + "; expected a fraction to hold out, such as 0.25, since tune chooses by those samples, or --splits");
            }
            drawn.add(new Trial(
                    i + 1, points.get(i), settings.get(i), options.epochs().orElseThrow()));
        }
        return drawn;
    }

    private int held(Dataset dataset, Trial trial) {
        if (splits.asked()) {
            return splits.held(dataset.train().rows());
        }
        TrainOptions options =
                Learner.settled(dataset, RecipeOptions.parse(trial.settings()).train(1));
        return Split.held(dataset.train().rows(), options.validation().orElseThrow());
    }

    private void report(Dataset dataset, Space space, Search search, boolean whole, int held) {
        if (whole && search.best().isEmpty()) {
            Search.Standing first = search.standings().getFirst();
            throw new InputException("every trial failed; " + first.trial() + ": "
                    + first.outcome().failure().orElseThrow());
        }
        if (!whole) {
            session()
                    .err()
                    .println("interrupted after " + search.standings().size() + " of the trials; "
                            + (out == null
                                    ? "with --out FILE the same command could go on"
                                    : "the same command goes on from " + out));
        }
        TuneReport report =
                new TuneReport(dataset.name(), held, splits, space.variables().keySet(), search.standings(), whole);
        result(report.json(search.best()), () -> report.text(search.best()));
    }
}
