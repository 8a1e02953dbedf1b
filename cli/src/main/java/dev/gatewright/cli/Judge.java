package dev.gatewright.cli;

import dev.gatewright.data.Dataset;
import dev.gatewright.data.Split;
import dev.gatewright.encode.InputException;
import dev.gatewright.engine.Engine;
import dev.gatewright.train.Learned;
import dev.gatewright.train.Learner;
import dev.gatewright.train.TrainOptions;
import dev.gatewright.train.TrainingDivergedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Trains trials and says how good they are: by the validation samples of one run, or by several runs, each of which other
 * training samples are kept from (repeated random sub-sampling).
 *
 * @param data whose test part is not touched
 * @param workers threads
 */
record Judge(Dataset data, Splits splits, int workers, FinishedRuns kept, TuneProgress progress)
        implements Search.Runner {
    /** A run as it is asked for. */
    private record Asked(Settings settings, Optional<HeldOut> heldOut) {}

    @Override
    public Optional<Outcome> run(Trial trial, int epochs) throws IOException {
        List<FinishedRun> runs = new ArrayList<>();
        int before = 0;
        for (Asked asked : asked(trial.shortened(epochs))) {
            FinishedRun.Key key =
                    new FinishedRun.Key(data.sha256(), asked.settings().arguments(), asked.heldOut());
            Optional<FinishedRun> known = kept.find(key);
            Optional<FinishedRun> run = known.isPresent() ? known : train(asked, key);
            if (run.isEmpty()) {
                return Optional.empty();
            }
            before += known.isPresent() ? 1 : 0;
            progress.trained(epochs, known.isPresent());
            runs.add(run.get());
            if (run.get().failure().isPresent()) {
                break;
            }
        }
        Outcome outcome = new Outcome(runs);
        progress.finished(trial, epochs, outcome, before == runs.size());
        return Optional.of(outcome);
    }

    /** The runs of a trial; with splits, each has a seed of its own, and that by which the data are split stays. */
    private List<Asked> asked(Settings settings) {
        TrainOptions options = RecipeOptions.parse(settings).train(1);
        Settings split = settings.with("split-seed", Long.toString(options.seedOfSplits()));
        return IntStream.range(0, splits.runs())
                .mapToObj(i -> new Asked(
                        i == 0 ? settings : split.with("seed", Long.toString(options.seed() + i)),
                        splits.heldOut(options, i)))
                .toList();
    }

    /** Trains and keeps a run; empty where somebody asked for the end. */
    private Optional<FinishedRun> train(Asked asked, FinishedRun.Key key) throws IOException {
        if (progress.cancelled()) {
            return Optional.empty();
        }
        FinishedRun run;
        try {
            Optional<Split> split =
                    asked.heldOut().map(held -> held.of(data.train().target()));
            Dataset seen = split.map(this::without).orElse(data);
            RecipeOptions recipe = RecipeOptions.parse(asked.settings());
            Learned learned = Learner.learn(seen, recipe.network(), recipe.train(workers), progress);
            if (learned.report().interrupted()) {
                return Optional.empty();
            }
            run = split.isPresent()
                    ? FinishedRun.of(key, learned, heldOutAccuracy(learned, seen))
                    : FinishedRun.of(key, learned);
        } catch (TrainingDivergedException e) {
            run = FinishedRun.failed(key, e.getMessage());
        } catch (InputException e) {
            // Options that do not fit the data, or a file that the next attempt may find: not kept.
            return Optional.of(FinishedRun.failed(key, e.getMessage()));
        }
        kept.add(run);
        return Optional.of(run);
    }

    /** The training samples less those held out, which stand where the test samples would. */
    private Dataset without(Split split) {
        return new Dataset(
                data.name(),
                data.train().select(split.kept()),
                data.train().select(split.held()),
                false,
                data.sha256());
    }

    private double heldOutAccuracy(Learned learned, Dataset seen) {
        return Evaluation.of(learned.model(), List.of(seen.test()), Engine.byName("portable"), workers)
                .accuracy();
    }
}
