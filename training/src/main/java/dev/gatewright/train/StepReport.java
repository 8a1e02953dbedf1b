package dev.gatewright.train;

/** Where training stands after a step: samples seen of all samples to see, and the rate since the start. */
public record StepReport(int epoch, int epochs, long samples, long allSamples, double samplesPerSecond) {}
