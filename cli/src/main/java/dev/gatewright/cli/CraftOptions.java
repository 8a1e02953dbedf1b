package dev.gatewright.cli;

import dev.gatewright.data.Augmentation;
import dev.gatewright.train.Craft;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that help a network to learn; what they do stands in docs/training.md. */
final class CraftOptions {
    @Option(
            names = "--augment",
            paramLabel = "MEASURES",
            description = "Alter training images at random each time they are seen, such as"
                    + " shift=2,crop=2,rotate=10,scale=0.1,shear=0.1,flip. Default: not at all.")
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

    Craft read() {
        Craft craft = Craft.NONE;
        craft = augment == null ? craft : craft.withAugmentation(Augmentation.parse(augment));
        craft = average == null ? craft : craft.withAverage(average);
        craft = smoothing == null ? craft : craft.withSmoothing(smoothing);
        return warmUp == null ? craft : craft.withWarmUp(warmUp);
    }

    /** Names the options that were given, others with null. */
    void addGiven(Map<String, Object> given) {
        given.put("--augment", augment);
        given.put("--average", average);
        given.put("--smoothing", smoothing);
        given.put("--warm-up", warmUp);
    }
}
