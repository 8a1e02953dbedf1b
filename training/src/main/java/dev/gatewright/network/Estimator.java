package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import dev.gatewright.relax.Relaxation;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which gates a training step computes with, given their parameters, and how its temperature goes.
 *
 * @param forward the gates of the forward pass
 * @param first temperature at the first step, above zero: what logits, or squared distances, are divided by
 * @param last temperature at the last step; in between it changes by the same factor every step
 */
public record Estimator(Forward forward, double first, double last) {
    /** The gates of a step's forward pass. */
    public enum Forward {
        /** The mixture that the parameters stand for. */
        SOFT,
        /** The gate that the network would be discretised to; gradients of parameters are those of the mixture. */
        STRAIGHT_THROUGH,
        /**
         * A gate drawn by noise on the parameters, anew every step; gradients of parameters are those of the mixture at
         * the same noise ("Mind the Gap", NeurIPS 2025, 2506.07500).
         */
        GUMBEL;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The mixture at temperature 1. */
    public static final Estimator DEFAULT = new Estimator(Forward.SOFT, 1, 1);

    private static final double LEAST = 1e-3;
    private static final double MOST = 1e3;

    /** @throws InputException if a temperature is out of its range */
    public Estimator {
        requireTemperature(first);
        requireTemperature(last);
    }

    private static void requireTemperature(double temperature) {
        if (!(temperature >= LEAST && temperature <= MOST)) {
            throw new InputException(
                    "--network: estimator with temperature=" + temperature + "; expected a number from 0.001 to 1000");
        }
    }

    /** The temperature after {@code progress} of training, 0 to 1. */
    public double temperature(double progress) {
        return first == last ? first : first * Math.pow(last / first, progress);
    }

    /** The word, and the temperature if it is not 1, such as {@code gumbel:temperature=1.0..0.1}. */
    public String name() {
        String constant = first == last ? "" : ".." + last;
        return forward.word() + (first == 1 && last == 1 ? "" : ":temperature=" + first + constant);
    }

    /** @throws InputException if gates of this relaxation cannot be estimated so */
    void requireFits(Relaxation relaxation) {
        if (forward == Forward.GUMBEL && relaxation.noise().isEmpty()) {
            throw new InputException("--network: estimator=gumbel with relaxation=" + relaxation.name() + "; expected "
                    + names(Relaxation.all().stream()
                            .filter(each -> each.noise().isPresent())
                            .toList()));
        }
        if ((first != 1 || last != 1) && !relaxation.sharpens()) {
            throw new InputException("--network: estimator=" + name() + " with relaxation=" + relaxation.name()
                    + ", which has no temperature; expected "
                    + names(Relaxation.all().stream()
                            .filter(Relaxation::sharpens)
                            .toList()));
        }
    }

    private static String names(List<Relaxation> relaxations) {
        return relaxations.stream().map(Relaxation::name).collect(Collectors.joining(" or "));
    }

    /** Reads what {@link #name} gives. */
    static Estimator parse(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon).strip();
        Forward forward = null;
        for (Forward each : Forward.values()) {
            forward = each.word().equals(word) ? each : forward;
        }
        if (forward == null) {
            throw new InputException("--network: estimator=" + text
                    + "; expected soft, straight-through or gumbel, perhaps with :temperature=NUMBER");
        }
        if (colon < 0) {
            return new Estimator(forward, 1, 1);
        }
        String option = text.substring(colon + 1).strip();
        if (option.startsWith("temperature=")) {
            String[] ends = option.substring("temperature=".length()).split("\\.\\.", -1);
            try {
                if (ends.length <= 2) {
                    return new Estimator(
                            forward, Double.parseDouble(ends[0]), Double.parseDouble(ends[ends.length - 1]));
                }
            } catch (NumberFormatException e) {
                // Said below, with the place.
            }
        }
        throw new InputException("--network: '" + option + "' after estimator=" + word
                + "; expected temperature=NUMBER or temperature=FIRST..LAST");
    }
}
