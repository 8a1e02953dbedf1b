package dev.gatewright.relax;

/**
 * {@link Light} for gates of any number of inputs: an entry is its parameter squashed to [0, 1], and the output is the
 * multilinear interpolation of the entries (Rüttgers et al., ICLR 2026). An entry becomes true where it is at least one
 * half.
 */
public record LightTable(Light.Estimator estimator) implements TableRelaxation {
    @Override
    public String name() {
        return switch (estimator) {
            case SIGMOID -> "light";
            case SINE -> "light-sine";
        };
    }

    @Override
    public void entries(double[] parameters, double[] entries) {
        for (int i = 0; i < parameters.length; i++) {
            entries[i] = entry(parameters[i]);
        }
    }

    @Override
    public void gradient(double[] parameters, double[] entryGradient, double[] gradient) {
        for (int i = 0; i < parameters.length; i++) {
            double slope = switch (estimator) {
                case SIGMOID -> entry(parameters[i]) * (1 - entry(parameters[i]));
                case SINE -> 0.5 * Math.cos(parameters[i]);
            };
            gradient[i] = entryGradient[i] * slope;
        }
    }

    @Override
    public double value(double[] entries, double[] inputs) {
        return TableRelaxation.multilinear(entries, inputs);
    }

    @Override
    public double expected(double entry) {
        return entry;
    }

    @Override
    public long table(float[] parameters, int from, int inputs) {
        long table = 0;
        for (int i = 0; i < 1 << inputs; i++) {
            table |= entry(parameters[from + i]) >= 0.5 ? 1L << i : 0;
        }
        return table;
    }

    private double entry(double parameter) {
        return switch (estimator) {
            case SIGMOID -> 1 / (1 + Math.exp(-parameter));
            case SINE -> 0.5 + 0.5 * Math.sin(parameter);
        };
    }
}
