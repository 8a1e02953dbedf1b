package dev.gatewright.train;

import dev.gatewright.encode.InputException;
import java.nio.file.Path;

/**
 * Learning from another model's scores (Hinton, Vinyals, Dean, 2015): the loss becomes
 * {@code (1 − weight) · cross-entropy + weight · temperature² · KL(teacher ‖ network)}, both sides of the divergence
 * being softmaxes of scores divided by the temperature.
 *
 * @param file an NPY file of training samples × classes, or a model file, whose model is then asked
 * @param weight of the teacher, above 0 to 1
 * @param temperature above 0, to 1000
 */
public record Distillation(Path file, double weight, double temperature) {
    public static final double DEFAULT_WEIGHT = 0.5;
    public static final double DEFAULT_TEMPERATURE = 2;

    /** @throws InputException if an option is out of its range */
    public Distillation {
        if (!(weight > 0 && weight <= 1)) {
            throw new InputException("--teacher-weight is " + weight + "; expected a part above 0, at most 1");
        }
        if (!(temperature > 0 && temperature <= 1000)) {
            throw new InputException(
                    "--teacher-temperature is " + temperature + "; expected a number above 0, at most 1000");
        }
    }
}
