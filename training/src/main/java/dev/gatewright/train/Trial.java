package dev.gatewright.train;

import dev.gatewright.network.NetworkSpec;

/**
 * What a network came to in a trial.
 *
 * @param number of this trial, from 1
 * @param trials how many there are
 * @param epochs passes it was trained for at most
 * @param validationAccuracy of its circuit on the validation samples
 */
public record Trial(int number, int trials, NetworkSpec network, int epochs, double validationAccuracy) {}
