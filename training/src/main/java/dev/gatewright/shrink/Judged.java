package dev.gatewright.shrink;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;

/** Encoded samples with their classes. */
public record Judged(BitMatrix bits, int[] labels) {
    /** @throws IllegalArgumentException if there are not as many labels as samples, or none */
    public Judged {
        if (labels.length != bits.samples() || labels.length == 0) {
            throw new IllegalArgumentException(labels.length + " labels for " + bits.samples() + " samples");
        }
    }

    /** Votes of each class, sample after sample. */
    int[] votes(Circuit circuit, int classes, int threads) {
        try (Executable executable = Engine.best().compile(circuit)) {
            return executable.groupSums(bits, classes, threads);
        }
    }

    /** The part of the samples whose class gets the most votes, the lowest class at a tie. */
    public double accuracy(Circuit circuit, int classes, int threads) {
        int[] votes = votes(circuit, classes, threads);
        int right = 0;
        for (int sample = 0; sample < labels.length; sample++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = votes[sample * classes + c] > votes[sample * classes + best] ? c : best;
            }
            right += best == labels[sample] ? 1 : 0;
        }
        return (double) right / labels.length;
    }
}
