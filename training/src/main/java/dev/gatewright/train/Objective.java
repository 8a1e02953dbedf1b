package dev.gatewright.train;

import java.util.Optional;

/**
 * What training minimises, given the group sums of a tile. Sums and gradients are rows of {@link Kernels#TILE}
 * samples, one a group.
 */
sealed interface Objective {
    /** Groups of outputs this objective reads. */
    int groups();

    /**
     * Adds up the loss of the first {@code count} lanes and writes the gradient of the <em>mean</em> loss with respect
     * to the sums; the gradient of other lanes is 0.
     *
     * @param batch the samples the mean is over
     * @return the summed loss
     */
    double gradient(int[] samples, int from, int count, int batch, float[] slab, int sums, int gradients);

    /**
     * How good the sums of the first {@code count} lanes are, added up: right answers for classes, negative squared
     * errors for numbers.
     */
    double score(int[] samples, int from, int count, float[] slab, int sums);

    /** The same for whole numbers of true outputs, as a circuit gives them; {@code counts} is sample after sample. */
    double hardScore(int[] samples, int[] counts);

    /** A summed score as an accuracy: the fraction of right answers, or R². */
    double accuracy(double score, int samples);

    /**
     * Softmax cross-entropy of {@code sums / tau} with the target {@code 1 − smoothing} for the label and
     * {@code smoothing / groups} for every class beside, mixed with what a teacher says; a tie goes to the lowest class.
     */
    record Classes(int groups, float tau, int[] labels, float smoothing, Optional<Teacher> teacher)
            implements Objective {
        Classes(int groups, float tau, int[] labels) {
            this(groups, tau, labels, 0, Optional.empty());
        }

        @Override
        public double gradient(int[] samples, int from, int count, int batch, float[] slab, int sums, int gradients) {
            float scale = 1 / (tau * batch);
            float other = smoothing / groups;
            float own = 1 - smoothing + other;
            double loss = 0;
            for (int lane = 0; lane < Kernels.TILE; lane++) {
                float max = Float.NEGATIVE_INFINITY;
                for (int c = 0; c < groups; c++) {
                    max = Math.max(max, slab[sums + c * Kernels.TILE + lane]);
                }
                float total = 0;
                for (int c = 0; c < groups; c++) {
                    float e = FloatMath.exp((slab[sums + c * Kernels.TILE + lane] - max) / tau);
                    slab[gradients + c * Kernels.TILE + lane] = e;
                    total += e;
                }
                int label = lane < count ? labels[samples[from + lane]] : -1;
                for (int c = 0; c < groups; c++) {
                    int at = gradients + c * Kernels.TILE + lane;
                    float delta = (slab[at] / total - (c == label ? own : other)) * scale;
                    slab[at] = label < 0 || Math.abs(delta) < Kernels.LEAST_DELTA ? 0 : delta;
                }
                if (label >= 0) {
                    double entropy =
                            Math.log(total) - (1 - smoothing) * (slab[sums + label * Kernels.TILE + lane] - max) / tau;
                    entropy -= smoothing == 0 ? 0 : other * excess(slab, sums + lane, max) / tau;
                    loss += teacher.isEmpty()
                            ? entropy
                            : taught(
                                    teacher.get(),
                                    entropy,
                                    samples[from + lane],
                                    slab,
                                    sums + lane,
                                    gradients + lane,
                                    scale);
                }
            }
            return loss;
        }

        private double taught(
                Teacher by, double entropy, int sample, float[] slab, int sum, int gradient, float scale) {
            double divergence = by.mix(sample, groups, slab, sum, gradient, tau, scale);
            return (1 - by.weight()) * entropy + by.weight() * divergence;
        }

        /** The sums of a lane, added up, each less {@code max}. */
        private double excess(float[] slab, int at, float max) {
            double excess = 0;
            for (int c = 0; c < groups; c++) {
                excess += slab[at + c * Kernels.TILE] - max;
            }
            return excess;
        }

        @Override
        public double score(int[] samples, int from, int count, float[] slab, int sums) {
            int right = 0;
            for (int lane = 0; lane < count; lane++) {
                int best = 0;
                for (int c = 1; c < groups; c++) {
                    if (slab[sums + c * Kernels.TILE + lane] > slab[sums + best * Kernels.TILE + lane]) {
                        best = c;
                    }
                }
                right += best == labels[samples[from + lane]] ? 1 : 0;
            }
            return right;
        }

        @Override
        public double accuracy(double score, int samples) {
            return score / samples;
        }

        @Override
        public double hardScore(int[] samples, int[] counts) {
            int right = 0;
            for (int i = 0; i < samples.length; i++) {
                int best = 0;
                for (int c = 1; c < groups; c++) {
                    if (counts[i * groups + c] > counts[i * groups + best]) {
                        best = c;
                    }
                }
                right += best == labels[samples[i]] ? 1 : 0;
            }
            return right;
        }
    }

    /** Squared error of {@code offset + scale · sum}, in units of the target's variance. */
    record Numbers(float scale, float offset, float variance, float[] values) implements Objective {
        @Override
        public int groups() {
            return 1;
        }

        @Override
        public double gradient(int[] samples, int from, int count, int batch, float[] slab, int sums, int gradients) {
            double loss = 0;
            for (int lane = 0; lane < Kernels.TILE; lane++) {
                slab[gradients + lane] = 0;
                if (lane < count) {
                    float error = Math.fma(scale, slab[sums + lane], offset) - values[samples[from + lane]];
                    slab[gradients + lane] = 2 * error * scale / (variance * batch);
                    loss += (double) error * error / variance;
                }
            }
            return loss;
        }

        @Override
        public double score(int[] samples, int from, int count, float[] slab, int sums) {
            double score = 0;
            for (int lane = 0; lane < count; lane++) {
                double error = Math.fma(scale, slab[sums + lane], offset) - values[samples[from + lane]];
                score -= error * error / variance;
            }
            return score;
        }

        @Override
        public double accuracy(double score, int samples) {
            return 1 + score / samples;
        }

        @Override
        public double hardScore(int[] samples, int[] counts) {
            double score = 0;
            for (int i = 0; i < samples.length; i++) {
                double error = Math.fma(scale, counts[i], offset) - values[samples[i]];
                score -= error * error / variance;
            }
            return score;
        }
    }
}
