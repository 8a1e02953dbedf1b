package dev.gatewright.cli;

import dev.gatewright.data.Augmentation;
import dev.gatewright.encode.InputException;
import dev.gatewright.train.Craft;
import dev.gatewright.train.Distillation;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that help a network to learn; what they do stands in docs/training.md. */
final class CraftOptions {
    @Option(
            names = "--augment",
            paramLabel = "MEASURES",
            description = "Alter training images at random each time they are seen, such as"
                    + " shift=2,crop=2,rotate=10,scale=0.1,shear=0.1,elastic=1,flip. Default: not at all.")
    private String augment;

    @Option(
            names = "--average",
            paramLabel = "DECAY",
            description =
                    "Keep the moving average of parameters with this decay a step, such as 0.999." + " Default: none.")
    private Double average;

    @Option(
            names = "--smoothing",
            paramLabel = "PART",
            description = "Spread this part of each target over all classes. Default: 0.")
    private Double smoothing;

    @Option(
            names = "--warm-up",
            paramLabel = "STEPS",
            description = "Let the learning rate rise over so many steps before its schedule begins. Default: 0.")
    private Integer warmUp;

    @Option(
            names = "--gate-cost",
            paramLabel = "NUMBER",
            description = "Pull two-input gates towards wires, inverters and constants, such as 0.1. Default: 0.")
    private Double gateCost;

    @Option(
            names = "--teacher",
            paramLabel = "FILE",
            description =
                    "Learn from another model's scores too: a model file, or an NPY file, training samples by classes.")
    private Path teacher;

    @Option(
            names = "--teacher-weight",
            paramLabel = "PART",
            description = "The teacher's part of the loss. Default: 0.5.")
    private Double teacherWeight;

    @Option(
            names = "--teacher-temperature",
            paramLabel = "NUMBER",
            description = "What scores are divided by before they are compared. Default: 2.")
    private Double teacherTemperature;

    Craft read() {
        Craft craft = Craft.NONE;
        craft = augment == null ? craft : craft.withAugmentation(Augmentation.parse(augment));
        craft = average == null ? craft : craft.withAverage(average);
        craft = smoothing == null ? craft : craft.withSmoothing(smoothing);
        craft = warmUp == null ? craft : craft.withWarmUp(warmUp);
        craft = gateCost == null ? craft : craft.withGateCost(gateCost);
        return teacher == null ? withoutTeacher(craft) : craft.withDistillation(distillation());
    }

    private Distillation distillation() {
        return new Distillation(
                teacher.toAbsolutePath(),
                teacherWeight == null ? Distillation.DEFAULT_WEIGHT : teacherWeight,
                teacherTemperature == null ? Distillation.DEFAULT_TEMPERATURE : teacherTemperature);
    }

    private Craft withoutTeacher(Craft craft) {
        if (teacherWeight != null || teacherTemperature != null) {
            throw new InputException((teacherWeight != null ? "--teacher-weight" : "--teacher-temperature")
                    + " is given without --teacher; expected a teacher's scores, --teacher FILE");
        }
        return craft;
    }
}
