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
 * @param end of {@link Forward#HARDENING}: the part of training, above 0 to 2, after which gates alone are left; beyond 1 the
 *     last step is still a mixture. {@link #END} elsewhere
 */
public record Estimator(Forward forward, Temperature temperature, double end) {
    /** The gates of a step's forward pass. */
    public enum Forward {
        /** The mixture that the parameters stand for. */
        SOFT,
        /** The gate that the network would be discretised to; gradients of parameters are those of the mixture. */
        STRAIGHT_THROUGH,
        /**
         * From the mixture at the first step to the gate that the network would be discretised to, in equal shares a
         * step, that gate alone from {@link Estimator#end} on; gradients of parameters are those of the mixture.
         */
        HARDENING,
        /**
         * A gate drawn by noise on the parameters, anew every step; gradients of parameters are those of the mixture at
         * the same noise ("Mind the Gap", NeurIPS 2025, 2506.07500).
         */
        GUMBEL;

        /** Whether every step computes with gates and none with mixtures. */
        public boolean hard() {
            return this == STRAIGHT_THROUGH || this == GUMBEL;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The mixture at temperature 1. */
    public static final Estimator DEFAULT = new Estimator(Forward.SOFT, Temperature.ONE);

    /** Where hardening ends unless something else is said. */
    public static final double END = 0.8;

    private static final double LATEST_END = 2;

    private static final String TEMPERATURE_KEY = "temperature=";
    private static final String END_KEY = "end=";

    /** Hardening, if it is that, ends at {@link #END}. */
    public Estimator(Forward forward, Temperature temperature) {
        this(forward, temperature, END);
    }

    /** The share of the discretised gate in the forward pass after {@code progress} of training, both 0 to 1. */
    public double hardness(double progress) {
        return switch (forward) {
            case SOFT -> 0;
            case STRAIGHT_THROUGH, GUMBEL -> 1;
            case HARDENING -> Math.min(1, progress / end);
        };
    }

    /** The word and what is not as ever, such as {@code hardening:end=1.0} or {@code gumbel:temperature=1.0..0.1}. */
    public String name() {
        return forward.word()
                + (end == END ? "" : ":" + END_KEY + end)
                + (temperature.equals(Temperature.ONE) ? "" : ":" + TEMPERATURE_KEY + temperature.name());
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
        String[] parts = text.split(":", -1);
        String word = parts[0].strip();
        Forward forward = null;
        for (Forward each : Forward.values()) {
            forward = each.word().equals(word) ? each : forward;
        }
        if (forward == null) {
            throw new InputException("--network: estimator=" + text
                    + "; expected soft, straight-through, hardening or gumbel, perhaps with :temperature=NUMBER");
        }
        Temperature temperature = Temperature.ONE;
        double end = END;
        for (int i = 1; i < parts.length; i++) {
            String option = parts[i].strip();
            if (option.startsWith(TEMPERATURE_KEY)) {
                temperature = Temperature.parse(option.substring(TEMPERATURE_KEY.length()));
            } else if (option.startsWith(END_KEY) && forward == Forward.HARDENING) {
                end = end(option.substring(END_KEY.length()));
            } else {
                throw new InputException("--network: '" + option + "' after estimator=" + word
                        + "; expected temperature=NUMBER, temperature=FIRST..LAST or temperature=cage"
                        + (forward == Forward.HARDENING ? ", or end=NUMBER" : ""));
            }
        }
        return new Estimator(forward, temperature, end);
    }

    private static double end(String text) {
        double end;
        try {
            end = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            end = Double.NaN;
        }
        if (!(end > 0 && end <= LATEST_END)) {
            throw new InputException("--network: estimator=hardening:end=" + text
                    + "; expected a number above 0 to 2, such as 1 for the end of training");
        }
        return end;
    }
}
