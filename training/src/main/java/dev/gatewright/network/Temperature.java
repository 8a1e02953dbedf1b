package dev.gatewright.network;

import dev.gatewright.encode.InputException;

/** What a layer's logits, entries or squared distances are divided by while it is trained. */
public sealed interface Temperature permits Temperature.Annealed, Temperature.Confidence {
    /** One, throughout. */
    Temperature ONE = new Annealed(1, 1);

    /** The temperature after {@code progress} of training, 0 to 1, where gates are sure by {@code confidence}. */
    double at(double progress, double confidence);

    /** What a description says of it. */
    String name();

    /**
     * From one to another by the same factor every step.
     *
     * @param first at the first step, above zero
     * @param last at the last step, above zero
     */
    record Annealed(double first, double last) implements Temperature {
        private static final double LEAST = 1e-3;
        private static final double MOST = 1e3;

        /** @throws InputException if a temperature is out of its range */
        public Annealed {
            requireInRange(first);
            requireInRange(last);
        }

        private static void requireInRange(double temperature) {
            if (!(temperature >= LEAST && temperature <= MOST)) {
                throw new InputException("--network: estimator with temperature=" + temperature
                        + "; expected a number from 0.001 to 1000");
            }
        }

        @Override
        public double at(double progress, double confidence) {
            return first == last ? first : first * Math.pow(last / first, progress);
        }

        @Override
        public String name() {
            return first == last ? "" + first : first + ".." + last;
        }
    }

    /**
     * By how sure the layer's gates are (CAGE, Kim, 2603.14157): from 3 where each function of a gate is equally likely
     * down to 0.5 where one is certain. The confidence is the mean over the gates of the largest share of their softmax
     * at temperature 1; the paper's running mean over the steps is left out, so that parameters alone decide.
     */
    record Confidence() implements Temperature {
        private static final double UNSURE = 3;
        private static final double SURE = 0.5;
        private static final double EQUAL_SHARE = 1.0 / 16;

        @Override
        public double at(double progress, double confidence) {
            return UNSURE - (UNSURE - SURE) * (confidence - EQUAL_SHARE) / (1 - EQUAL_SHARE);
        }

        @Override
        public String name() {
            return "cage";
        }
    }

    /** Reads what {@link #name} gives. */
    static Temperature parse(String text) {
        if (text.equals(new Confidence().name())) {
            return new Confidence();
        }
        String[] ends = text.split("\\.\\.", -1);
        try {
            if (ends.length <= 2) {
                return new Annealed(Double.parseDouble(ends[0]), Double.parseDouble(ends[ends.length - 1]));
            }
        } catch (NumberFormatException e) {
            // Said below, with the place.
        }
        throw new InputException("--network: estimator with temperature=" + text
                + "; expected temperature=NUMBER, temperature=FIRST..LAST or temperature=cage");
    }
}
