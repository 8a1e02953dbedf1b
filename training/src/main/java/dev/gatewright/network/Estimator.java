package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which gates a training step computes with, given their parameters, and at which temperature.
 *
 * @param forward the gates of the forward pass
 * @param temperature of the mixture that gives the gradients, and of the forward pass where that is the mixture
 */
public record Estimator(Forward forward, Temperature temperature) {
    /** The gates of a step's forward pass. */
    public enum Forward {
        /** The mixture that the parameters stand for. */
        SOFT,
        /** The gate that the network would be discretised to; gradients of parameters are those of the mixture. */
        STRAIGHT_THROUGH,
        /**
         * From the mixture at the first step to the gate that the network would be discretised to, in equal shares a
         * step, that gate alone from four fifths of training on; gradients of parameters are those of the mixture.
         */
        HARDENING,
        /**
         * A gate drawn by noise on the parameters, anew every step; gradients of parameters are those of the mixture at
         * the same noise ("Mind the Gap", NeurIPS 2025, 2506.07500).
         */
        GUMBEL;

        /** The share of the discretised gate in the forward pass after {@code progress} of training, both 0 to 1. */
        public double hardness(double progress) {
            return switch (this) {
                case SOFT -> 0;
                case STRAIGHT_THROUGH, GUMBEL -> 1;
                case HARDENING -> Math.min(1, progress / HARD_FROM);
            };
        }

        /** Whether every step computes with gates and none with mixtures. */
        public boolean hard() {
            return hardness(0) == 1;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The mixture at temperature 1. */
    public static final Estimator DEFAULT = new Estimator(Forward.SOFT, Temperature.ONE);

    private static final double HARD_FROM = 0.8;

    private static final String KEY = "temperature=";

    /** The word, and the temperature if it is not 1, such as {@code gumbel:temperature=1.0..0.1}. */
    public String name() {
        return forward.word() + (temperature.equals(Temperature.ONE) ? "" : ":" + KEY + temperature.name());
    }

    /** @throws InputException if gates of this relaxation cannot be estimated so */
    void requireFits(Relaxation relaxation) {
        if (forward == Forward.GUMBEL && relaxation.noise().isEmpty()) {
            throw new InputException("--network: estimator=gumbel with relaxation=" + relaxation.name() + "; expected "
                    + names(Relaxation.all().stream()
                            .filter(each -> each.noise().isPresent())
                            .toList()));
        }
        if (!temperature.equals(Temperature.ONE) && !relaxation.sharpens()) {
            throw new InputException("--network: estimator=" + name() + " with relaxation=" + relaxation.name()
                    + ", which has no temperature; expected "
                    + names(Relaxation.all().stream()
                            .filter(Relaxation::sharpens)
                            .toList()));
        }
        boolean adapts = temperature instanceof Temperature.Confidence;
        if (adapts && !(forward == Forward.STRAIGHT_THROUGH && relaxation instanceof Softmax16)) {
            throw new InputException("--network: estimator=" + name() + " with relaxation=" + relaxation.name()
                    + "; expected temperature=cage with estimator=straight-through and relaxation=softmax16 only");
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
                    + "; expected soft, straight-through, hardening or gumbel, perhaps with :temperature=NUMBER");
        }
        if (colon < 0) {
            return new Estimator(forward, Temperature.ONE);
        }
        String option = text.substring(colon + 1).strip();
        if (!option.startsWith(KEY)) {
            throw new InputException("--network: '" + option + "' after estimator=" + word
                    + "; expected temperature=NUMBER, temperature=FIRST..LAST or temperature=cage");
        }
        return new Estimator(forward, Temperature.parse(option.substring(KEY.length())));
    }
}
