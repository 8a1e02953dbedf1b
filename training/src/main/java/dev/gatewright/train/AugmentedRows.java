package dev.gatewright.train;

import dev.gatewright.data.Augmentation;
import dev.gatewright.data.Augmenter;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;

/**
 * Training images that are altered and encoded anew each time they are seen. What a sample becomes depends on the seed,
 * the epoch and the sample, not on its batch, its thread or where the run was resumed. Allocates nothing a batch.
 */
final class AugmentedRows {
    /** Images that one task alters and encodes. */
    private static final int IMAGES_PER_TASK = 16;

    private final Images images;
    private final Encoder.Inputs.Pixels shape;
    private final long seed;
    private final BitRows rows;
    private final int[] pixels;
    private final int[] limits;
    private final Augmenter[] augmenters;
    private final byte[][] altered;

    /** @throws InputException if the samples are no images */
    AugmentedRows(
            LabelledSamples samples, String name, Encoder encoder, Augmentation measures, long seed, int threads) {
        if (!(samples.samples() instanceof Images shaped)) {
            throw new InputException("--augment: '" + name + "' is a table; expected images to alter");
        }
        images = shaped;
        this.seed = seed;
        rows = new BitRows(images.rows(), encoder.bits());
        pixels = new int[encoder.bits()];
        limits = new int[encoder.bits()];
        for (int bit = 0; bit < limits.length; bit++) {
            pixels[bit] = encoder.column(bit);
            // A whole number exceeds a value where it exceeds the value's floor.
            limits[bit] = (int) Math.clamp(Math.floor(encoder.value(bit)), -1, 255);
        }
        augmenters = new Augmenter[threads];
        for (int thread = 0; thread < threads; thread++) {
            augmenters[thread] = new Augmenter(measures, images.channels(), images.height(), images.width());
        }
        shape = (Encoder.Inputs.Pixels) encoder.inputs();
        altered = new byte[threads][shape.places()];
    }

    /**
     * Draws samples {@code order[from] … order[from + count − 1]} for epoch {@code epoch}.
     *
     * @return rows in which these samples are up to date
     */
    BitRows draw(int[] order, int from, int count, int epoch, Workers workers) {
        int tasks = (count + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
        workers.run(tasks, (worker, task) -> {
            int end = from + Math.min(count, (task + 1) * IMAGES_PER_TASK);
            byte[] image = altered[worker];
            for (int i = from + task * IMAGES_PER_TASK; i < end; i++) {
                int sample = order[i];
                long key = Augmenter.key(seed, epoch, sample);
                augmenters[worker].alter(images.pixels(), sample * images.size(), key, image);
                shape.derive(image, 0);
                rows.encode(sample, image, pixels, limits);
            }
        });
        return rows;
    }
}
