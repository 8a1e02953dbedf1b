package dev.gatewright.relax;

import java.util.List;
import java.util.Optional;

/**
 * How real parameters describe a two-input gate while it is being learnt.
 *
 * <p>Every relaxation meets at the four <em>corners</em>: {@code v[i]}, the expected output for the inputs
 * {@code a = i & 1, b = i >> 1}. Between the corners the gate is bilinear,
 * {@code f(a, b) = v0 + (v1 − v0)·a + (v2 − v0)·b + (v3 − v2 − v1 + v0)·a·b},
 * so neither a sample's forward nor its backward step ever sees the parameters (the sixteen functions of Petersen et
 * al., NeurIPS 2022, are all of this form).
 *
 * <p>These methods define a relaxation in double precision; the training kernels compute the same in float, eight
 * gates at a time.
 */
public sealed interface Relaxation permits Softmax16, Light, Covariance {
    /** Corners of a two-input gate. */
    int CORNERS = 4;

    /** Every relaxation, the default first. */
    static List<Relaxation> all() {
        return List.of(
                new Softmax16(), new Light(Light.Estimator.SIGMOID), new Light(Light.Estimator.SINE), new Covariance());
    }

    /** The name by which a network description picks this relaxation. */
    String name();

    /** Parameters of one gate. */
    int parameters();

    /** Which parameter of a gate plays the part of {@code parameter} once the gate's inputs are exchanged. */
    int exchanged(int parameter);

    /** Whether the corners go to those of {@link #table} as the temperature goes to zero; if not, it must be 1. */
    default boolean sharpens() {
        return true;
    }

    /** The noise that turns the favoured gate into a draw, added to every parameter; empty where none does. */
    default Optional<Noise> noise() {
        return Optional.empty();
    }

    /** The corners, each in [0, 1], that {@code parameters} stand for at temperature 1. */
    default void corners(double[] parameters, double[] corners) {
        corners(parameters, 1, corners);
    }

    /** The corners at temperature {@code temperature}, above zero: the lower, the nearer to those of one gate. */
    void corners(double[] parameters, double temperature, double[] corners);

    /** The gradient with respect to the parameters at temperature 1, given that with respect to the corners. */
    default void gradient(double[] parameters, double[] cornerGradient, double[] gradient) {
        gradient(parameters, 1, cornerGradient, gradient);
    }

    /** The same at temperature {@code temperature}. */
    void gradient(double[] parameters, double temperature, double[] cornerGradient, double[] gradient);

    /**
     * The truth table of the gate that {@code parameters}, read from {@code from} on, stand for once the network is
     * discretised.
     */
    int table(float[] parameters, int from);
}
