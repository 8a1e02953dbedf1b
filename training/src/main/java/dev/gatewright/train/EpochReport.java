package dev.gatewright.train;

/**
 * Where training stands after an evaluation.
 *
 * @param epoch passes done
 * @param epochs passes to do
 * @param loss mean training loss of the last pass
 * @param softAccuracy of the relaxed network on the validation samples (on the training samples where none are held
 *     out); for numbers, R²
 * @param hardAccuracy of the circuit on the same samples
 * @param samplesPerSecond trained since the last report
 * @param secondsLeft estimated to the end
 * @param diagnosis of the network's health
 */
public record EpochReport(
        int epoch,
        int epochs,
        double loss,
        double softAccuracy,
        double hardAccuracy,
        double samplesPerSecond,
        double secondsLeft,
        Diagnosis diagnosis) {}
