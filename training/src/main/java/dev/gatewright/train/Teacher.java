package dev.gatewright.train;

/**
 * The part of a loss that follows a teacher; see {@link Distillation}.
 *
 * @param probabilities of the classes at the temperature, sample after sample
 */
record Teacher(float[] probabilities, float weight, float temperature) {
    /** Of scores, sample after sample, each for {@code classes} classes. */
    static Teacher of(float[] scores, int classes, float weight, float temperature) {
        float[] probabilities = new float[scores.length];
        for (int from = 0; from < scores.length; from += classes) {
            double max = Double.NEGATIVE_INFINITY;
            for (int c = from; c < from + classes; c++) {
                max = Math.max(max, scores[c]);
            }
            double total = 0;
            for (int c = from; c < from + classes; c++) {
                total += StrictMath.exp((scores[c] - max) / temperature);
            }
            for (int c = from; c < from + classes; c++) {
                probabilities[c] = (float) (StrictMath.exp((scores[c] - max) / temperature) / total);
            }
        }
        return new Teacher(probabilities, weight, temperature);
    }

    /**
     * Mixes the teacher into the gradient of a lane, {@code slab[gradient + c · TILE]}, which holds that of the mean
     * cross-entropy.
     *
     * @param sum place of the lane's first class sum
     * @param tau by which sums are divided
     * @param scale of the gradient of a mean: {@code 1 / (tau · batch)}
     * @return the divergence, times the square of the temperature
     */
    double mix(int sample, int classes, float[] slab, int sum, int gradient, float tau, float scale) {
        float max = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            max = Math.max(max, slab[sum + c * Kernels.TILE]);
        }
        float divisor = tau * temperature;
        float total = 0;
        for (int c = 0; c < classes; c++) {
            total += FloatMath.exp((slab[sum + c * Kernels.TILE] - max) / divisor);
        }
        double logTotal = Math.log(total);
        double divergence = 0;
        for (int c = 0; c < classes; c++) {
            float score = (slab[sum + c * Kernels.TILE] - max) / divisor;
            float taught = probabilities[sample * classes + c];
            float difference = FloatMath.exp(score) / total - taught;
            int at = gradient + c * Kernels.TILE;
            slab[at] = (1 - weight) * slab[at] + weight * temperature * difference * scale;
            divergence += taught > 0 ? taught * (Math.log(taught) - score + logTotal) : 0;
        }
        return divergence * temperature * temperature;
    }
}
