package dev.gatewright.relax;

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

    @Override
    public void corners(double[] parameters, double[] corners) {
        for (int i = 0; i < CORNERS; i++) {
            corners[i] = corner(parameters[i]);
        }
    }

    @Override
    public void gradient(double[] parameters, double[] cornerGradient, double[] gradient) {
        for (int i = 0; i < CORNERS; i++) {
            double slope = switch (estimator) {
                case SIGMOID -> corner(parameters[i]) * (1 - corner(parameters[i]));
                case SINE -> 0.5 * Math.cos(parameters[i]);
            };
            gradient[i] = cornerGradient[i] * slope;
        }
    }

    @Override
    public int table(float[] parameters, int from) {
        int table = 0;
        for (int i = 0; i < CORNERS; i++) {
            table |= corner(parameters[from + i]) >= 0.5 ? 1 << i : 0;
        }
        return table;
    }

    private double corner(double parameter) {
        return switch (estimator) {
            case SIGMOID -> 1 / (1 + Math.exp(-parameter));
            case SINE -> 0.5 + 0.5 * Math.sin(parameter);
        };
    }
}
