package dev.gatewright.train;

import java.util.Optional;

/**
 * What a training run came to.
 *
 * @param epochs passes done
 * @param bestEpoch the pass whose circuit was kept
 * @param validationAccuracy of that circuit on the validation samples (training samples where none were held out); for
 *     numbers, R²
 * @param softAccuracy of the relaxed network at that time on the same samples
 * @param gatesLearned gates of the network, before any simplification
 * @param interrupted whether the listener ended the run early
 * @param diagnosis of the last evaluation; empty where this run made none
 */
public record TrainReport(
        double seconds,
        int epochs,
        int bestEpoch,
        double validationAccuracy,
        double softAccuracy,
        long seed,
        int gatesLearned,
        boolean interrupted,
        Optional<Diagnosis> diagnosis) {}
