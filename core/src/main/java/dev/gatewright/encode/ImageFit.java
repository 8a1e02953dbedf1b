package dev.gatewright.encode;

import java.util.Arrays;
import java.util.List;

/**
 * Fits encoders to images: all pixels for the first threshold, then all for the second. Uniform thresholds are the
 * same for every pixel and kept for all of them; fitted ones are each pixel's own, and only those that divide its
 * training values are kept. Planes of features follow those of the pixels.
 */
final class ImageFit {
    private ImageFit() {}

    static Encoder fit(EncoderSpec spec, Images images) {
        return switch (spec) {
            case EncoderSpec.Threshold t -> shared(images, new double[] {t.fraction()});
            case EncoderSpec.Auto() -> images.channels() == 1 ? shared(images, new double[] {0.5}) : uniform(images, 3);
            case EncoderSpec.Featured f -> featured(fit(f.pixels(), images), f.features());
            case EncoderSpec.Thermometer t ->
                switch (t.spacing()) {
                    case DEFAULT, UNIFORM -> uniform(images, t.levels());
                    case QUANTILE, GAUSSIAN -> fitted(images, t);
                };
        };
    }

    /** The bits of {@code plain}, and after them a plane a feature and colour. */
    private static Encoder featured(Encoder plain, List<EncoderSpec.Feature> features) {
        Encoder.Inputs.Pixels shape = (Encoder.Inputs.Pixels) plain.inputs();
        EncoderParts parts = new EncoderParts();
        for (int bit = 0; bit < plain.bits(); bit++) {
            parts.add(plain.column(bit), plain.test(bit), plain.value(bit));
        }
        List<Stencil> stencils = features.stream()
                .flatMap(feature -> feature.bank().stencils().stream())
                .distinct()
                .toList();
        for (EncoderSpec.Feature feature : features) {
            for (Stencil stencil : feature.bank().stencils()) {
                int first = (1 + stencils.indexOf(stencil)) * shape.size();
                for (int pixel = 0; pixel < shape.size(); pixel++) {
                    parts.add(first + pixel, Encoder.Test.GREATER, 255 * feature.fraction());
                }
            }
        }
        return parts.encoder(new Encoder.Inputs.Pixels(shape.channels(), shape.height(), shape.width(), stencils));
    }

    private static Encoder uniform(Images images, int levels) {
        double[] fractions = new double[levels];
        for (int i = 0; i < levels; i++) {
            fractions[i] = (i + 1.0) / (levels + 1);
        }
        return shared(images, fractions);
    }

    private static Encoder shared(Images images, double[] fractions) {
        EncoderParts parts = new EncoderParts();
        for (double fraction : fractions) {
            for (int pixel = 0; pixel < images.size(); pixel++) {
                parts.add(pixel, Encoder.Test.GREATER, (float) (255 * fraction));
            }
        }
        return parts.encoder(shape(images));
    }

    private static Encoder fitted(Images images, EncoderSpec.Thermometer spec) {
        float[][] thresholds = new float[images.size()][];
        float[] values = new float[images.rows()];
        int[] counts = new int[256];
        for (int pixel = 0; pixel < thresholds.length; pixel++) {
            Arrays.fill(counts, 0);
            for (int row = 0; row < images.rows(); row++) {
                counts[images.pixels()[row * images.size() + pixel] & 0xFF]++;
            }
            int at = 0;
            for (int value = 0; value < 256; value++) {
                Arrays.fill(values, at, at + counts[value], value);
                at += counts[value];
            }
            thresholds[pixel] = values[0] == values[values.length - 1]
                    ? new float[0]
                    : Thresholds.spaced(values, spec.levels(), spec.spacing());
        }
        EncoderParts parts = new EncoderParts();
        for (int level = 0; level < spec.levels(); level++) {
            for (int pixel = 0; pixel < thresholds.length; pixel++) {
                if (level < thresholds[pixel].length) {
                    parts.add(pixel, Encoder.Test.GREATER, thresholds[pixel][level]);
                }
            }
        }
        return parts.encoder(shape(images));
    }

    private static Encoder.Inputs shape(Images images) {
        return new Encoder.Inputs.Pixels(images.channels(), images.height(), images.width());
    }
}
