package dev.gatewright.network;

import dev.gatewright.logic.TruthTable;
import dev.gatewright.relax.Covariance;
import dev.gatewright.relax.FiniteDifferenceTable;
import dev.gatewright.relax.Light;
import dev.gatewright.relax.LightTable;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;
import dev.gatewright.relax.TableRelaxation;
import dev.gatewright.relax.WalshTable;
import java.util.random.RandomGenerator;

/** How the parameters of a gate are drawn before training. */
public enum Initialisation {
    /** Independent and normal, of deviation 1 (16 logits) or ¼ (truth-table entries). */
    GAUSSIAN,
    /**
     * Gates that mostly pass their first input on, so that gradients reach deep layers: logit 5 for "a", which gives
     * it probability 0.908 (Petersen et al., NeurIPS 2024); for truth-table entries a shift of ±3 (sigmoid) or ±1.2
     * (sine) under noise of deviation ¼ (Rüttgers et al., ICLR 2026).
     */
    RESIDUAL;

    /** The logit of "a" under {@link #RESIDUAL}. */
    public static final float RESIDUAL_LOGIT = 5;

    private static final double ENTRY_DEVIATION = 0.25;
    private static final double COEFFICIENT_DEVIATION = 1;

    /** Their product with a table's is 1.5 for each corner that is true in it and in "a", −1.5 for each in it alone. */
    private static final float[] RESIDUAL_COEFFICIENTS = {0, 3, 0, 1.5f};

    /** Parameters of {@code gates} gates, gate after gate. */
    public float[] parameters(Relaxation relaxation, int gates, RandomGenerator random) {
        float[] parameters = new float[Math.multiplyExact(gates, relaxation.parameters())];
        for (int i = 0; i < parameters.length; i++) {
            int entry = i % relaxation.parameters();
            parameters[i] = switch (relaxation) {
                case Softmax16 ignored ->
                    switch (this) {
                        case GAUSSIAN -> (float) random.nextGaussian();
                        case RESIDUAL -> entry == TruthTable.A ? RESIDUAL_LOGIT : 0;
                    };
                case Covariance ignored -> (float) (COEFFICIENT_DEVIATION * random.nextGaussian()) + coefficient(entry);
                case Light light -> (float) (ENTRY_DEVIATION * random.nextGaussian()) + shift(light.estimator(), entry);
            };
        }
        return parameters;
    }

    private float coefficient(int entry) {
        return switch (this) {
            case GAUSSIAN -> entry == 0 ? 0.5f : 0;
            case RESIDUAL -> RESIDUAL_COEFFICIENTS[entry];
        };
    }

    /** Parameters of {@code gates} gates of {@code arity} inputs, gate after gate. */
    public float[] parameters(TableRelaxation relaxation, int arity, int gates, RandomGenerator random) {
        float[] parameters = new float[Math.multiplyExact(gates, 1 << arity)];
        for (int i = 0; i < parameters.length; i++) {
            float drawn = (float) (ENTRY_DEVIATION * random.nextGaussian());
            parameters[i] = switch (relaxation) {
                case LightTable light -> drawn + shift(light.estimator(), i & 1);
                case WalshTable ignored -> (drawn + shift(Light.Estimator.SIGMOID, i & 1)) / (1 << arity);
                case FiniteDifferenceTable ignored -> Math.clamp(drawn + half(i & 1), -1f, 1f);
            };
        }
        if (relaxation instanceof WalshTable) {
            // What was drawn are logits of entries; but for the factor above, the transform is its own inverse.
            for (int gate = 0; gate < gates; gate++) {
                WalshTable.transform(parameters, gate << arity, arity);
            }
        }
        return parameters;
    }

    private float half(int entry) {
        return switch (this) {
            case GAUSSIAN -> 0;
            case RESIDUAL -> TruthTable.value(TruthTable.A, entry) ? 0.5f : -0.5f;
        };
    }

    private float shift(Light.Estimator estimator, int entry) {
        float size = switch (this) {
            case GAUSSIAN -> 0f;
            case RESIDUAL ->
                switch (estimator) {
                    case SIGMOID -> 3f;
                    case SINE -> 1.2f;
                };
        };
        return TruthTable.value(TruthTable.A, entry) ? size : -size;
    }
}
