package dev.gatewright.relax;

import java.util.List;

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
public sealed interface Relaxation permits Softmax16, Light {
    /** Corners of a two-input gate. */
    int CORNERS = 4;

    /** Every relaxation, the default first. */
    static List<Relaxation> all() {
        return List.of(new Softmax16(), new Light(Light.Estimator.SIGMOID), new Light(Light.Estimator.SINE));
    }

    /** The name by which a network description picks this relaxation. */
    String name();

    /** Parameters of one gate. */
    int parameters();

    /** Which parameter of a gate plays the part of {@code parameter} once the gate's inputs are exchanged. */
    int exchanged(int parameter);

    /** The corners, each in [0, 1], that {@code parameters} stand for. */
    void corners(double[] parameters, double[] corners);

    /** The gradient with respect to the parameters, given that with respect to the corners. */
    void gradient(double[] parameters, double[] cornerGradient, double[] gradient);

    /**
     * The truth table of the gate that {@code parameters}, read from {@code from} on, stand for once the network is
     * discretised.
     */
    int table(float[] parameters, int from);
}
