package dev.gatewright.train;

import dev.gatewright.data.Augmentation;
import dev.gatewright.encode.InputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What makes the same network learn better, beside plain descent.
 *
 * @param augmentation of training images; empty for none
 * @param average decay a step of the moving average of parameters, 0 to below 1; 0 for no average. The averaged network
 *     is then what is validated, discretised and kept
 * @param smoothing part of the target that is spread over all classes, 0 to below 1
 * @param warmUp steps over which the learning rate rises from zero before its schedule begins, 0 or more
 * @param gateCost what a gate costs beside the loss: each step takes so many times the rate times the gradient of
 *     {@link dev.gatewright.relax.GateCost} off its parameters, 0 or more
 * @param distillation from a teacher's scores; empty for none
 */
public record Craft(
        Optional<Augmentation> augmentation,
        double average,
        double smoothing,
        int warmUp,
        double gateCost,
        Optional<Distillation> distillation) {
    /** Plain descent. */
    public static final Craft NONE = new Craft(Optional.empty(), 0, 0, 0, 0, Optional.empty());

    /** @throws InputException if an option is out of its range */
    public Craft {
        require(average >= 0 && average < 1, "--average", average, "a decay of at least 0 and below 1, such as 0.999");
        require(smoothing >= 0 && smoothing < 1, "--smoothing", smoothing, "a part of at least 0 and below 1");
        require(warmUp >= 0, "--warm-up", warmUp, "0 or more steps");
        require(gateCost >= 0 && gateCost <= 1e3, "--gate-cost", gateCost, "0 or more, such as 0.1");
    }

    private static void require(boolean holds, String option, Number found, String expected) {
        if (!holds) {
            throw new InputException(option + " is " + found + "; expected " + expected);
        }
    }

    public Craft withAugmentation(Augmentation value) {
        return new Craft(Optional.of(value), average, smoothing, warmUp, gateCost, distillation);
    }

    public Craft withAverage(double value) {
        return new Craft(augmentation, value, smoothing, warmUp, gateCost, distillation);
    }

    public Craft withSmoothing(double value) {
        return new Craft(augmentation, average, value, warmUp, gateCost, distillation);
    }

    public Craft withWarmUp(int value) {
        return new Craft(augmentation, average, smoothing, value, gateCost, distillation);
    }

    public Craft withGateCost(double value) {
        return new Craft(augmentation, average, smoothing, warmUp, value, distillation);
    }

    public Craft withDistillation(Distillation value) {
        return new Craft(augmentation, average, smoothing, warmUp, gateCost, Optional.of(value));
    }

    /** What is asked for, as names and values for the metadata of a file; nothing for what is left out. */
    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        augmentation.ifPresent(measures -> facts.put("augment", measures.toString()));
        if (average > 0) {
            facts.put("average", Double.toString(average));
        }
        if (smoothing > 0) {
            facts.put("smoothing", Double.toString(smoothing));
        }
        if (warmUp > 0) {
            facts.put("warm_up", Integer.toString(warmUp));
        }
        if (gateCost > 0) {
            facts.put("gate_cost", Double.toString(gateCost));
        }
        distillation.ifPresent(teacher -> {
            facts.put("teacher", teacher.file().toString());
            facts.put("teacher_weight", Double.toString(teacher.weight()));
            facts.put("teacher_temperature", Double.toString(teacher.temperature()));
        });
        return facts;
    }

    /** The inverse of {@link #facts}; other names are ignored. */
    static Craft of(Map<String, String> facts) {
        return new Craft(
                Optional.ofNullable(facts.get("augment")).map(Augmentation::parse),
                Double.parseDouble(facts.getOrDefault("average", "0")),
                Double.parseDouble(facts.getOrDefault("smoothing", "0")),
                Integer.parseInt(facts.getOrDefault("warm_up", "0")),
                Double.parseDouble(facts.getOrDefault("gate_cost", "0")),
                Optional.ofNullable(facts.get("teacher"))
                        .map(file -> new Distillation(
                                Path.of(file),
                                Double.parseDouble(facts.get("teacher_weight")),
                                Double.parseDouble(facts.get("teacher_temperature")))));
    }
}
