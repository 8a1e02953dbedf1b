package dev.gatewright.relax;

import java.util.Optional;

/**
 * One parameter a truth-table entry, squashed to [0, 1]: the "light" or input-wise parametrisation (Rüttgers et al.,
 * ICLR 2026). A quarter of the parameters of {@link Softmax16}, and gradients that survive depth. An entry becomes
 * true where its corner is at least one half, which is the gate nearest in any norm.
 */
public record Light(Estimator estimator) implements Relaxation {
    /** The squashing function from a parameter to a corner. */
    public enum Estimator {
        /** {@code 1 / (1 + e^−x)}. */
        SIGMOID,
        /** {@code ½ + ½ sin x}, the paper's default. */
        SINE
    }

    @Override
    public String name() {
        return switch (estimator) {
            case SIGMOID -> "light";
            case SINE -> "light-sine";
        };
    }

    @Override
    public int parameters() {
        return CORNERS;
    }

    @Override
    public int exchanged(int parameter) {
        return (parameter & 1) << 1 | parameter >> 1;
    }

    /** A sine does not: beyond a quarter of a turn it falls. */
    @Override
    public boolean sharpens() {
        return estimator == Estimator.SIGMOID;
    }

    @Override
    public Optional<Noise> noise() {
        return switch (estimator) {
            case SIGMOID -> Optional.of(Noise.LOGISTIC);
            case SINE -> Optional.empty();
        };
    }

    @Override
    public void corners(double[] parameters, double temperature, double[] corners) {
        for (int i = 0; i < CORNERS; i++) {
            corners[i] = corner(parameters[i] / temperature);
        }
    }

    @Override
    public void gradient(double[] parameters, double temperature, double[] cornerGradient, double[] gradient) {
        for (int i = 0; i < CORNERS; i++) {
            double x = parameters[i] / temperature;
            double slope = switch (estimator) {
                case SIGMOID -> corner(x) * (1 - corner(x));
                case SINE -> 0.5 * Math.cos(x);
            };
            gradient[i] = cornerGradient[i] * slope / temperature;
        }
    }

    @Override
    public int table(float[] parameters, int from) {
        int table = 0;
        for (int i = 0; i < CORNERS; i++) {
            float parameter = parameters[from + i];
            boolean isTrue = switch (estimator) {
                case SIGMOID -> parameter >= 0;
                case SINE -> corner(parameter) >= 0.5;
            };
            table |= isTrue ? 1 << i : 0;
        }
        return table;
    }

    private double corner(double x) {
        return switch (estimator) {
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case SINE -> 0.5 + 0.5 * Math.sin(x);
        };
    }
}
