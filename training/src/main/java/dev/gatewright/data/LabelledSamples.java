package dev.gatewright.data;

import dev.gatewright.encode.Samples;

/** Samples with what is to be learnt of each. */
public record LabelledSamples(Samples samples, Target target) {
    public LabelledSamples {
        if (samples.rows() != target.rows()) {
            throw new IllegalArgumentException(samples.rows() + " samples and " + target.rows() + " targets");
        }
    }

    public int rows() {
        return samples.rows();
    }

    /** The given rows, in the given order. */
    public LabelledSamples select(int[] rows) {
        return new LabelledSamples(samples.select(rows), target.select(rows));
    }
}
