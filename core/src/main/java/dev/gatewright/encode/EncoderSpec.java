package dev.gatewright.encode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How an encoder is to be fitted to training data.
 *
 * <pre>
 * spec = pixels ("+" features)*
 * pixels = "auto" | "threshold" [":" fraction] | "thermometer" [":" levels ["," spacing]]
 * spacing = "uniform" | "quantile" | "gaussian"
 * features = ("edges" | "curvature" | "laplace") [":" fraction]
 * </pre>
 *
 * <p>In tables every category becomes a bit, truth values stay one bit, a column with missing values gets a bit for
 * that, and constant columns get none; the specification says what becomes of numbers. Infinite values take no part
 * in choosing thresholds.
 */
public sealed interface EncoderSpec {
    /** The most thresholds of one number. */
    int MAX_LEVELS = 254;

    /** The most banks of features, repeated ones counted each time. */
    int MAX_FEATURES = 16;

    /** One bit a number: whether it exceeds this fraction of the range (0 to 255 for pixels, else as seen in training). */
    record Threshold(float fraction) implements EncoderSpec {
        public Threshold {
            if (!(fraction > 0 && fraction < 1)) {
                throw new InputException("threshold:" + fraction + " is not a fraction between 0 and 1");
            }
        }
    }

    /** Several bits a number, one a threshold; without a spacing, uniform for images and quantile for tables. */
    record Thermometer(int levels, Spacing spacing) implements EncoderSpec {
        public Thermometer {
            if (levels < 1 || levels > MAX_LEVELS) {
                throw new InputException("thermometer:" + levels + " has not 1 to " + MAX_LEVELS + " thresholds");
            }
        }
    }

    /** Up to 15 quantile thresholds for numbers; for images {@code threshold:0.5}, with colours {@code thermometer:3}. */
    record Auto() implements EncoderSpec {}

    /** Images only: the bits of {@code pixels}, and after them those of features of the image. */
    record Featured(EncoderSpec pixels, List<Feature> features) implements EncoderSpec {
        public Featured {
            features = List.copyOf(features);
            if (features.size() > MAX_FEATURES) {
                throw new InputException(
                        features.size() + " kinds of features in an encoder; expected at most " + MAX_FEATURES);
            }
        }
    }

    /** One bit a feature of the bank and pixel: whether it exceeds this fraction of the most that it can be. */
    record Feature(Features bank, float fraction) {
        /** A step of 26 grey values over the width of a stencil. */
        static final float DEFAULT = 0.1f;

        public Feature {
            if (!(fraction > 0 && fraction < 1)) {
                throw new InputException(bank.word() + ":" + fraction + " is not a fraction between 0 and 1");
            }
        }
    }

    /** Where the thresholds of a thermometer lie. */
    enum Spacing {
        /** What suits the data: uniform for images, quantile for tables. */
        DEFAULT,
        /** At equal distances over the range. */
        UNIFORM,
        /** Between equally many training values, also called distributive. */
        QUANTILE,
        /** At the quantiles of the normal distribution with the mean and deviation of the training values. */
        GAUSSIAN
    }

    /**
     * The encoder fitted to these samples, which must be training data only.
     *
     * @throws InputException if no column varies, or there are no samples
     */
    default Encoder fit(Samples training) {
        if (training.rows() == 0) {
            throw new InputException("there are no training samples to fit an encoder to");
        }
        return switch (training) {
            case Images images -> ImageFit.fit(this, images);
            case Table table -> TableFit.fit(this, table);
        };
    }

    /** @throws InputException if the text is no specification */
    static EncoderSpec parse(String text) {
        // A sign in a number has a digit after it.
        String[] terms = text.toLowerCase(Locale.ROOT).split("\\+(?!\\s*[\\d.])", -1);
        EncoderSpec pixels = pixels(terms[0]);
        List<Feature> features = new ArrayList<>();
        for (int i = 1; i < terms.length; i++) {
            features.add(feature(text, terms[i]));
        }
        return features.isEmpty() ? pixels : new Featured(pixels, features);
    }

    private static Feature feature(String text, String term) {
        String[] parts = term.strip().split(":", 2);
        for (Features bank : Features.values()) {
            if (bank.word().equals(parts[0].strip())) {
                return new Feature(bank, parts.length == 1 ? Feature.DEFAULT : fraction(text, parts[1].strip()));
            }
        }
        throw new InputException("encoder \"" + text + "\": \"" + term.strip()
                + "\" is not edges:FRACTION, curvature:FRACTION or laplace:FRACTION");
    }

    private static EncoderSpec pixels(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", 2);
        String name = parts[0].strip();
        String argument = parts.length == 2 ? parts[1].strip() : "";
        boolean bare = parts.length == 1;
        return switch (name) {
            case "auto" -> {
                if (!bare) {
                    throw new InputException("encoder \"" + text + "\": auto takes no argument");
                }
                yield new Auto();
            }
            case "threshold" -> new Threshold(bare ? 0.5f : fraction(text, argument));
            case "thermometer" -> bare ? new Thermometer(3, Spacing.DEFAULT) : thermometer(text, argument);
            default ->
                throw new InputException("encoder \"" + text
                        + "\" is not auto, threshold:FRACTION or thermometer:LEVELS[,uniform|quantile|gaussian]");
        };
    }

    private static float fraction(String text, String argument) {
        if (!NumberText.isNumber(argument)) {
            throw new InputException(
                    "encoder \"" + text + "\": \"" + argument + "\" is not a fraction between 0 and 1");
        }
        return NumberText.value(argument);
    }

    private static Thermometer thermometer(String text, String argument) {
        String[] parts = argument.split(",", -1);
        if (parts.length > 2 || !parts[0].strip().matches("\\d{1,6}")) {
            throw new InputException("encoder \"" + text + "\" is not thermometer:LEVELS[,uniform|quantile|gaussian]");
        }
        Spacing spacing = switch (parts.length == 2 ? parts[1].strip() : "") {
            case "" -> Spacing.DEFAULT;
            case "uniform" -> Spacing.UNIFORM;
            case "quantile", "distributive" -> Spacing.QUANTILE;
            case "gaussian" -> Spacing.GAUSSIAN;
            default ->
                throw new InputException(
                        "encoder \"" + text + "\": \"" + parts[1].strip() + "\" is not uniform, quantile or gaussian");
        };
        return new Thermometer(Integer.parseInt(parts[0].strip()), spacing);
    }
}
