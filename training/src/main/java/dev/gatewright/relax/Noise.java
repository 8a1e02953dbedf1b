package dev.gatewright.relax;

/** What is added to a gate's parameters so that the gate they favour is a draw from the distribution they stand for. */
public enum Noise {
    /** {@code −ln(−ln u)}: the largest of several logits is then drawn from their softmax (the Gumbel-max trick). */
    GUMBEL,
    /** {@code ln u − ln(1 − u)}, the difference of two Gumbel draws: the sign is then drawn from the sigmoid. */
    LOGISTIC
}
