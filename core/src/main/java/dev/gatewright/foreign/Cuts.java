package dev.gatewright.foreign;

import java.util.List;

/**
 * Thresholds: {@code each} for all features, for each channel, or for each feature.
 *
 * @param values one group of {@code each} after the other
 */
record Cuts(int each, float[] values) {
    static Cuts of(List<Float> all) {
        float[] values = new float[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = all.get(i);
        }
        return new Cuts(values.length, values);
    }

    int groups() {
        return values.length / each;
    }

    float value(int group, int t) {
        return values[group * each + t];
    }
}
