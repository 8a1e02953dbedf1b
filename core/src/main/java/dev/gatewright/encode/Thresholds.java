package dev.gatewright.encode;

import java.util.Arrays;

/** Places thresholds among sorted finite values. Every threshold returned separates values that were seen. */
final class Thresholds {
    private Thresholds() {}

    /** One threshold at this fraction of the range; none for a constant. */
    static float[] fraction(float[] sorted, double fraction) {
        return separating(sorted, new double[] {between(sorted, fraction)});
    }

    /** Up to {@code levels} thresholds by {@code spacing}, rising, none twice. */
    static float[] spaced(float[] sorted, int levels, EncoderSpec.Spacing spacing) {
        return switch (spacing) {
            case DEFAULT, QUANTILE -> quantile(sorted, levels);
            case UNIFORM -> {
                double[] at = new double[levels];
                for (int i = 0; i < levels; i++) {
                    at[i] = between(sorted, (i + 1.0) / (levels + 1));
                }
                yield separating(sorted, at);
            }
            case GAUSSIAN -> separating(sorted, gaussian(sorted, levels));
        };
    }

    private static double between(float[] sorted, double fraction) {
        double low = sorted[0];
        return low + fraction * (sorted[sorted.length - 1] - low);
    }

    private static double[] gaussian(float[] sorted, int levels) {
        double sum = 0;
        for (float value : sorted) {
            sum += value;
        }
        double mean = sum / sorted.length;
        double squares = 0;
        for (float value : sorted) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / sorted.length);
        double[] at = new double[levels];
        for (int i = 0; i < levels; i++) {
            at[i] = mean + deviation * normalQuantile((i + 1.0) / (levels + 1));
        }
        return at;
    }

    /**
     * Cuts between distinct values into bins of equal weight as nearly as possible. A value too frequent for a bin gets
     * one of its own, and the others share what is left, so that a column of mostly zeros still gets all its thresholds.
     */
    private static float[] quantile(float[] sorted, int levels) {
        float[] cuts = new float[levels];
        int count = 0;
        int left = sorted.length;
        int inBin = 0;
        for (int at = 0; at < sorted.length && count < levels; ) {
            int next = at;
            while (next < sorted.length && sorted[next] == sorted[at]) {
                next++;
            }
            double target = (double) (inBin + left) / (levels + 1 - count);
            if (inBin > 0 && inBin + (next - at) - target > target - inBin) {
                cuts[count++] = middle(sorted[at - 1], sorted[at]);
                inBin = 0;
                if (count == levels) {
                    break;
                }
            }
            inBin += next - at;
            left -= next - at;
            if (left > 0 && inBin >= (double) (inBin + left) / (levels + 1 - count)) {
                cuts[count++] = middle(sorted[next - 1], sorted[next]);
                inBin = 0;
            }
            at = next;
        }
        return Arrays.copyOf(cuts, count);
    }

    /** A number that {@code high} exceeds and {@code low} does not. */
    private static float middle(float low, float high) {
        float middle = (float) (low + ((double) high - low) / 2);
        return middle < high ? middle : low;
    }

    /** Those of the rising numbers that have values on both sides, of several between the same values the first. */
    private static float[] separating(float[] sorted, double[] rising) {
        float[] kept = new float[rising.length];
        int count = 0;
        int below = 0;
        for (double threshold : rising) {
            float candidate = (float) threshold;
            int rank = below;
            while (rank < sorted.length && sorted[rank] <= candidate) {
                rank++;
            }
            if (rank > below && rank < sorted.length) {
                kept[count++] = candidate;
                below = rank;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** The value below which a standard normal variable stays with this probability (Newton on a series, 1e-12). */
    static double normalQuantile(double probability) {
        double x = 0;
        for (int step = 0; step < 60; step++) {
            double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
            double change = (cumulative(x) - probability) / density;
            // A far tail would overshoot: its density is nearly flat.
            x -= Math.max(-0.5, Math.min(0.5, change));
            if (Math.abs(change) < 1e-13) {
                break;
            }
        }
        return x;
    }

    private static double cumulative(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200 && Math.abs(term) > 1e-17; n++) {
            term *= x * x / (2 * n + 1);
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
