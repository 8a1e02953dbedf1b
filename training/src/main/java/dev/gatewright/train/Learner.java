package dev.gatewright.train;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.Dataset;
import dev.gatewright.data.NumberTarget;
import dev.gatewright.data.Split;
import dev.gatewright.data.Target;
import dev.gatewright.data.TeacherScores;
import dev.gatewright.discretise.Discretiser;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.EncoderSpec;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Samples;
import dev.gatewright.model.Model;
import dev.gatewright.model.Provenance;
import dev.gatewright.model.Readout;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.network.Planes;
import dev.gatewright.pass.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** From a data set to a model: encode, draw a network, train it, discretise, optimise. */
public final class Learner {
    /** Recorded in every model. */
    public static final String VERSION = "0.1.0";

    private Learner() {}

    /**
     * Learns from the training part of {@code data}; the test part is not touched.
     *
     * @param network the network to train; empty for one chosen from the data, of large sets after a short trial of a
     *     few, by the validation samples
     * @throws InputException if the network does not fit the data
     * @throws IOException if a checkpoint cannot be written
     * @throws TrainingDivergedException if the loss stops being a number
     */
    public static Learned learn(
            Dataset data, Optional<NetworkSpec> network, TrainOptions options, TrainListener listener)
            throws IOException {
        Task task = new Task(data, network, options);
        return (network.isPresent() ? task : task.bestTried(listener)).run(new Trainer.State(), listener);
    }

    /**
     * Goes on from a checkpoint, with the options it was made with, to the same bytes as an unbroken run.
     *
     * @throws dev.gatewright.model.FormatException if the checkpoint is damaged or was made on other data
     */
    public static Learned resume(Path checkpoint, Dataset data, int threads, TrainListener listener)
            throws IOException {
        Checkpoint kept = Checkpoint.read(checkpoint);
        kept.requireData(data);
        Task task = new Task(data, Optional.of(kept.network()), kept.options().withThreads(threads));
        kept.requireFits(task.network);
        return task.run(kept.state(), listener);
    }

    /**
     * The options that a checkpoint was made with, but for the threads.
     *
     * @throws dev.gatewright.model.FormatException if the checkpoint is damaged
     */
    public static TrainOptions options(Path checkpoint) throws IOException {
        return Checkpoint.read(checkpoint).options();
    }

    /** {@code options} with the epochs and the validation part spelt out that {@link #learn} would choose for itself. */
    public static TrainOptions settled(Dataset data, TrainOptions options) {
        int rows = data.train().rows();
        double validation = options.validation().orElseGet(() -> Defaults.validation(rows));
        int kept = rows - (validation == 0 ? 0 : Split.held(rows, validation));
        int epochs = options.epochs().orElseGet(() -> Defaults.epochs(kept, options.batch()));
        return options.withValidation(validation).withEpochs(epochs);
    }

    /** Everything that the data, the options and the seed determine. */
    private static final class Task {
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
        private final Readout readout;
        private final Optional<TeacherScores> teacher;
        private final Objective objective;

        Task(Dataset data, Optional<NetworkSpec> asked, TrainOptions options) throws IOException {
            this.data = data;
            this.options = options;
            Target target = data.train().target();
            TrainOptions settled = settled(data, options);
            validation = settled.validation().orElseThrow();
            epochs = settled.epochs().orElseThrow();
            if (validation == 0) {
                kept = IntStream.range(0, target.rows()).toArray();
                held = new int[0];
            } else {
                Split split = Split.stratified(target, validation, options.seedOfSplits());
                kept = split.kept();
                held = split.held();
            }
            if (kept.length == 0) {
                throw new InputException(data.name() + " has " + target.rows()
                        + " training rows, of which --validation " + validation + " leaves none to train on");
            }
            Samples samples = data.train().samples();
            String encoding = asked.map(NetworkSpec::encoder).orElse("auto");
            encoder = EncoderSpec.parse(encoding).fit(samples.select(kept));
            augmented = options.craft()
                    .augmentation()
                    .map(measures -> new AugmentedRows(
                            data.train(), data.name(), encoder, measures, options.seed(), options.threads()));
            int groups = groups(target);
            candidates = asked.map(List::of).orElseGet(() -> Defaults.networks(kept.length, encoder.bits(), groups));
            spec = candidates.getFirst();
            network = spec.network(encoder.bits(), Planes.of(encoder), groups, new SplittableRandom(options.seed()));
            bits = encoder.encode(samples);
            readout = readout(target);
            teacher = teacher(target);
            objective = objective(target);
        }

        private Optional<TeacherScores> teacher(Target target) throws IOException {
            Optional<Distillation> asked = options.craft().distillation();
            if (asked.isEmpty()) {
                return Optional.empty();
            }
            return switch (target) {
                case ClassTarget classes ->
                    Optional.of(TeacherScores.read(
                            asked.get().file(), target.rows(), classes.labels().size()));
                case NumberTarget numbers -> throw needsClasses("--teacher", numbers);
            };
        }

        private static InputException needsClasses(String option, NumberTarget found) {
            return new InputException(
                    option + ": the target '" + found.name() + "' is a number; expected a target of classes");
        }

        private static int groups(Target target) {
            return switch (target) {
                case ClassTarget classes -> classes.labels().size();
                case NumberTarget numbers -> 1;
            };
        }

        private Readout readout(Target target) {
            int outputs = network.outputsPerGroup();
            return switch (target) {
                case ClassTarget classes ->
                    new Readout.GroupSum(network.groups(), (float) spec.tau().orElse(Defaults.tau(outputs)));
                case NumberTarget numbers -> Defaults.scale(numbers, kept, outputs);
            };
        }

        private Objective objective(Target target) {
            int rows = target.rows();
            return switch (target) {
                case ClassTarget classes -> {
                    int[] labels = new int[rows];
                    for (int row = 0; row < rows; row++) {
                        labels[row] = classes.label(row);
                    }
                    float tau = ((Readout.GroupSum) readout).tau();
                    yield new Objective.Classes(
                            network.groups(),
                            tau,
                            labels,
                            (float) options.craft().smoothing(),
                            taught());
                }
                case NumberTarget numbers -> {
                    if (options.craft().smoothing() > 0) {
                        throw needsClasses("--smoothing", numbers);
                    }
                    float[] values = new float[rows];
                    for (int row = 0; row < rows; row++) {
                        values[row] = numbers.value(row);
                    }
                    Readout.Regression scale = (Readout.Regression) readout;
                    yield new Objective.Numbers(
                            scale.scale(), scale.offset(), Defaults.variance(numbers, kept), values);
                }
            };
        }

        private Optional<Teacher> taught() {
            return teacher.map(scores -> {
                Distillation asked = options.craft().distillation().orElseThrow();
                return Teacher.of(
                        scores.values(), scores.classes(), (float) asked.weight(), (float) asked.temperature());
            });
        }

        /** Refuses another teacher than the run was started with. */
        private void requireTeacher(Trainer.State state) {
            String found = teacher.map(TeacherScores::sha256).orElse("");
            if (!state.teacherSha256.isEmpty() && !state.teacherSha256.equals(found)) {
                throw new InputException("the checkpoint was made with a teacher of SHA-256 " + state.teacherSha256
                        + "; found " + found + " in "
                        + options.craft().distillation().map(Distillation::file).orElseThrow());
            }
            state.teacherSha256 = found;
        }

        /** The task with that of its candidates which does best in a few epochs, the earlier one at a tie. */
        Task bestTried(TrainListener listener) throws IOException {
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
                        new Task(data, Optional.of(candidate), trial).run(new Trainer.State(), steps(listener));
                double accuracy = learned.report().validationAccuracy();
                listener.tried(new Trial(
                        i + 1, candidates.size(), candidate, trial.epochs().orElseThrow(), accuracy));
                if (accuracy > most) {
                    most = accuracy;
                    best = candidate;
                }
            }
            return best.equals(spec) ? this : new Task(data, Optional.of(best), options);
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
            requireTeacher(state);
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
                    encoder, optimised.form(), readout, data.train().target().name(), labels(), provenance(report));
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

        private List<String> labels() {
            return switch (data.train().target()) {
                case ClassTarget classes -> classes.labels();
                case NumberTarget numbers -> List.of();
            };
        }

        private Provenance provenance(TrainReport report) {
            TreeMap<String, String> facts = new TreeMap<>(options.craft().facts());
            // The place of the file is nobody else's business; its content is.
            teacher.ifPresent(scores -> facts.put("teacher", "sha256:" + scores.sha256()));
            options.splitSeed().ifPresent(seed -> facts.put("split_seed", Long.toString(seed)));
            return new Provenance(facts)
                    .with("version", VERSION)
                    .with("data", data.name())
                    .with("data_sha256", data.sha256())
                    .with("network", spec.toString())
                    .with("seed", Long.toString(options.seed()))
                    .with("epochs", Integer.toString(epochs))
                    .with("best_epoch", Integer.toString(report.bestEpoch()))
                    .with("batch", Integer.toString(options.batch()))
                    .with("learning_rate", Double.toString(options.learningRate()))
                    .with("weight_decay", Double.toString(options.weightDecay()))
                    .with("schedule", options.schedule().name().toLowerCase(java.util.Locale.ROOT))
                    .with("validation", Double.toString(validation))
                    .with("training_samples", Integer.toString(kept.length))
                    .with("validation_samples", Integer.toString(held.length))
                    .with("validation_accuracy", Double.toString(report.validationAccuracy()))
                    .with("soft_accuracy", Double.toString(report.softAccuracy()))
                    .with("gates_learned", Integer.toString(report.gatesLearned()));
        }
    }
}
