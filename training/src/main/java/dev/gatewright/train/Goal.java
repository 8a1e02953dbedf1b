package dev.gatewright.train;

import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.data.NumberTarget;
import dev.gatewright.data.Target;
import dev.gatewright.data.TeacherScores;
import dev.gatewright.encode.InputException;
import dev.gatewright.model.Readout;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the target decides: how many groups of outputs, how they are read, what is learnt from and how it is scored. */
final class Goal {
    private final Target target;
    private final Craft craft;
    private final Optional<TeacherScores> teacher;

    /**
     * Reads the scores of a teacher, if there is one.
     *
     * @param threads that a teacher may use
     * @throws InputException if a teacher's scores do not fit the target
     */
    Goal(LabelledSamples train, Craft craft, int threads) throws IOException {
        this.target = train.target();
        this.craft = craft;
        this.teacher = teacher(train, craft, threads);
    }

    private static Optional<TeacherScores> teacher(LabelledSamples train, Craft craft, int threads) throws IOException {
        Optional<Distillation> asked = craft.distillation();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        return switch (train.target()) {
            case ClassTarget classes ->
                Optional.of(TeacherScores.read(asked.get().file(), train, threads));
            case NumberTarget numbers -> throw needsClasses("--teacher", numbers);
        };
    }

    private static InputException needsClasses(String option, NumberTarget found) {
        return new InputException(
                option + ": the target '" + found.name() + "' is a number; expected a target of classes");
    }

    /** One a class, or one for a number. */
    int groups() {
        return switch (target) {
            case ClassTarget classes -> classes.labels().size();
            case NumberTarget numbers -> 1;
        };
    }

    /** In the order of the groups; none for a number. */
    List<String> labels() {
        return switch (target) {
            case ClassTarget classes -> classes.labels();
            case NumberTarget numbers -> List.of();
        };
    }

    /**
     * How the outputs are read.
     *
     * @param outputs of a group
     * @param tau empty for one by the outputs
     * @param kept rows that are trained on
     */
    Readout readout(int outputs, OptionalDouble tau, int[] kept) {
        return switch (target) {
            case ClassTarget classes -> new Readout.GroupSum(groups(), (float) tau.orElse(Defaults.tau(outputs)));
            case NumberTarget numbers -> Defaults.scale(numbers, kept, outputs);
        };
    }

    /**
     * What is learnt, of outputs that are read by {@code readout}.
     *
     * @throws InputException if the target is a number and labels are to be smoothed
     */
    Objective objective(Readout readout, int[] kept) {
        return switch (target) {
            case ClassTarget classes -> {
                int[] labels = new int[target.rows()];
                for (int row = 0; row < labels.length; row++) {
                    labels[row] = classes.label(row);
                }
                float tau = ((Readout.GroupSum) readout).tau();
                yield new Objective.Classes(groups(), tau, labels, (float) craft.smoothing(), taught());
            }
            case NumberTarget numbers -> {
                if (craft.smoothing() > 0) {
                    throw needsClasses("--smoothing", numbers);
                }
                float[] values = new float[target.rows()];
                for (int row = 0; row < values.length; row++) {
                    values[row] = numbers.value(row);
                }
                Readout.Regression scale = (Readout.Regression) readout;
                yield new Objective.Numbers(scale.scale(), scale.offset(), Defaults.variance(numbers, kept), values);
            }
        };
    }

    private Optional<Teacher> taught() {
        return teacher.map(scores -> {
            Distillation asked = craft.distillation().orElseThrow();
            return Teacher.of(scores.values(), scores.classes(), (float) asked.weight(), (float) asked.temperature());
        });
    }

    /** Of the file of a teacher's scores. */
    Optional<String> teacherSha256() {
        return teacher.map(TeacherScores::sha256);
    }

    /**
     * Refuses another teacher than the run was started with.
     *
     * @throws InputException if there is another, or none, or none before
     */
    void requireTeacher(Trainer.State state) {
        String found = teacherSha256().orElse("");
        if (!state.teacherSha256.isEmpty() && !state.teacherSha256.equals(found)) {
            throw new InputException("the checkpoint was made with a teacher of SHA-256 " + state.teacherSha256
                    + "; found " + found + " in "
                    + craft.distillation().map(Distillation::file).orElseThrow());
        }
        state.teacherSha256 = found;
    }
}
