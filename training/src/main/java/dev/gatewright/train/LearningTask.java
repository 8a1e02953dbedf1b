package dev.gatewright.train;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.data.Dataset;
import dev.gatewright.data.Split;
import dev.gatewright.data.Target;
import dev.gatewright.discretise.Discretiser;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.EncoderSpec;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Samples;
import dev.gatewright.model.Model;
import dev.gatewright.model.Provenance;
import dev.gatewright.model.Readout;
import dev.gatewright.network.HeapSpace;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.network.Planes;
import dev.gatewright.pass.Pipeline;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Everything that the data, the options and the seed determine, and the run from there to a model. */
final class LearningTask {
    private final Dataset data;
    private final TrainOptions options;
    /** What may be trained, and what is unless a trial says otherwise. */
    private final List<NetworkSpec> candidates;

    private final NetworkSpec spec;
    private final int epochs;
    private final double validation;
    private final int[] kept;
    private final int[] held;
    private final Encoder encoder;
    private final BitMatrix bits;
    private final Optional<AugmentedRows> augmented;
    private final LogicNetwork network;
    private final Goal goal;
    private final Readout readout;
    private final Objective objective;

    LearningTask(Dataset data, Optional<NetworkSpec> asked, TrainOptions options) throws IOException {
        this.data = data;
        this.options = options;
        Target target = data.train().target();
        goal = new Goal(data.train(), options.craft(), options.threads());
        TrainOptions settled = Learner.settled(data, options);
        validation = settled.validation().orElseThrow();
        epochs = settled.epochs().orElseThrow();
        Split split = Split.validation(target, validation, options.seedOfSplits());
        kept = split.kept();
        held = split.held();
        if (kept.length == 0) {
            throw new InputException(data.name() + " has " + target.rows() + " training rows, of which --validation "
                    + validation + " leaves none to train on");
        }
        Samples samples = data.train().samples();
        String encoding = asked.map(NetworkSpec::encoder).orElse("auto");
        encoder = EncoderSpec.parse(encoding).fit(samples.select(kept));
        // A bit of a sample stands once in planes, for circuits, and once in rows.
        HeapSpace.require(
                "--network: encoding " + samples.rows() + " samples as " + encoder.bits() + " bits each",
                2.0 / Byte.SIZE * samples.rows() * encoder.bits());
        augmented = options.craft()
                .augmentation()
                .map(measures -> new AugmentedRows(
                        data.train(), data.name(), encoder, measures, options.seed(), options.threads()));
        candidates = asked.map(List::of).orElseGet(() -> Defaults.networks(kept.length, encoder.bits(), goal.groups()));
        spec = candidates.getFirst();
        network = spec.network(encoder.bits(), Planes.of(encoder), goal.groups(), new SplittableRandom(options.seed()));
        bits = encoder.encode(samples);
        readout = goal.readout(network.outputsPerGroup(), spec.tau(), kept);
        objective = goal.objective(readout, kept);
    }

    LogicNetwork network() {
        return network;
    }

    /** The task with that of its candidates which does best in a few epochs, the earlier one at a tie. */
    LearningTask bestTried(TrainListener listener) throws IOException {
        if (candidates.size() == 1 || held.length == 0) {
            return this;
        }
        TrainOptions trial =
                options.withoutCheckpoint().withEpochs(Defaults.trialEpochs(kept.length, options.batch(), epochs));
        NetworkSpec best = spec;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates.size() && !listener.cancelled(); i++) {
            NetworkSpec candidate = candidates.get(i);
            Learned learned =
                    new LearningTask(data, Optional.of(candidate), trial).run(new Trainer.State(), steps(listener));
            double accuracy = learned.report().validationAccuracy();
            listener.tried(new Trial(
                    i + 1, candidates.size(), candidate, trial.epochs().orElseThrow(), accuracy));
            if (accuracy > most) {
                most = accuracy;
                best = candidate;
            }
        }
        return best.equals(spec) ? this : new LearningTask(data, Optional.of(best), options);
    }

    /** Evaluations of a trial are nobody's business. */
    private static TrainListener steps(TrainListener listener) {
        return new TrainListener() {
            @Override
            public void step(StepReport report) {
                listener.step(report);
            }

            @Override
            public boolean cancelled() {
                return listener.cancelled();
            }
        };
    }

    Learned run(Trainer.State state, TrainListener listener) throws IOException {
        goal.requireTeacher(state);
        long start = System.nanoTime();
        Trainer trainer = new Trainer(
                network, objective, bits, augmented, kept, held, options, epochs, listener, System::nanoTime);
        boolean interrupted = trainer.run(state, this::keep);
        double seconds = (System.nanoTime() - start) / 1e9;
        int evaluated = trainer.evaluatedSamples();
        TrainReport report = new TrainReport(
                seconds,
                state.epoch,
                state.bestEpoch,
                objective.accuracy(state.bestScore, evaluated),
                objective.accuracy(state.bestSoftScore, evaluated),
                options.seed(),
                network.gates(),
                interrupted,
                trainer.diagnosis());
        byte[] tables = state.bestTables.length > 0 ? state.bestTables : Discretiser.tables(network);
        int[] wires = state.bestWires.length > 0 ? state.bestWires : Discretiser.wires(network);
        Pipeline.Result optimised = Pipeline.STANDARD.run(Discretiser.form(network, tables, wires));
        Model model = new Model(
                encoder, optimised.form(), readout, data.train().target().name(), goal.labels(), provenance(report));
        return new Learned(model, report, optimised.reports());
    }

    private void keep(Trainer.State state) throws IOException {
        if (options.checkpoint().isPresent()) {
            new Checkpoint(
                            data.name(),
                            data.sha256(),
                            data.train().target().name(),
                            spec,
                            options.withEpochs(epochs).withValidation(validation),
                            state)
                    .write(options.checkpoint().get(), network);
        }
    }

    private Provenance provenance(TrainReport report) {
        TreeMap<String, String> facts = new TreeMap<>(options.craft().facts());
        // The place of the file is nobody else's business; its content is.
        goal.teacherSha256().ifPresent(sha256 -> facts.put("teacher", "sha256:" + sha256));
        options.splitSeed().ifPresent(seed -> facts.put("split_seed", Long.toString(seed)));
        return new Provenance(facts)
                .with("version", Learner.VERSION)
                .with("data", data.name())
                .with("data_sha256", data.sha256())
                .with("network", spec.toString())
                .with("seed", Long.toString(options.seed()))
                .with("epochs", Integer.toString(epochs))
                .with("best_epoch", Integer.toString(report.bestEpoch()))
                .with("batch", Integer.toString(options.batch()))
                .with("learning_rate", Double.toString(options.learningRate()))
                .with("weight_decay", Double.toString(options.weightDecay()))
                .with("schedule", options.schedule().name().toLowerCase(Locale.ROOT))
                .with("validation", Double.toString(validation))
                .with("training_samples", Integer.toString(kept.length))
                .with("validation_samples", Integer.toString(held.length))
                .with("validation_accuracy", Double.toString(report.validationAccuracy()))
                .with("soft_accuracy", Double.toString(report.softAccuracy()))
                .with("gates_learned", Integer.toString(report.gatesLearned()));
    }
}
