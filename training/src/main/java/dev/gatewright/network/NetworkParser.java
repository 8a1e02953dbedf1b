package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.TableRelaxation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the descriptions whose grammar stands at {@link NetworkSpec}. */
final class NetworkParser {
    /** Widths beyond this are a slip of the finger. */
    private static final int MAX_WIDTH = 1 << 26;

    private static final int MAX_LAYERS = 10_000;

    private NetworkParser() {}

    /** {@link NetworkSpec#parse}. */
    static NetworkSpec network(String text) {
        String encoder = "auto";
        List<NetworkSpec.Block> blocks = new ArrayList<>();
        OptionalDouble tau = OptionalDouble.empty();
        String[] stages = text.split("\\|", -1);
        for (int i = 0; i < stages.length; i++) {
            String stage = stages[i].strip();
            if (stage.startsWith("dense:")) {
                blocks.add(dense(stage));
            } else if (stage.startsWith("lut:")) {
                blocks.add(lut(stage));
            } else if (stage.startsWith(Conv.IMAGES) || stage.startsWith(Conv.VOLUMES)) {
                blocks.add(Conv.parse(stage));
            } else if (stage.startsWith("orpool:")) {
                blocks.add(OrPool.parse(stage, blocks));
            } else if (stage.equals("groupsum") || stage.startsWith("groupsum:")) {
                if (i != stages.length - 1) {
                    throw new InputException("--network: '" + stage + "' is stage " + (i + 1) + " of " + stages.length
                            + "; expected it last");
                }
                tau = tau(stage);
            } else if (i == 0 && !stage.isEmpty()) {
                encoder = stage;
            } else {
                throw new InputException("--network: stage " + (i + 1) + " is '" + stage
                        + "'; expected dense:WIDTHxLAYERS, lut:WIDTHxLAYERS, conv:kernels=NUMBER,field=NUMBER,"
                        + " orpool:NUMBER or groupsum:tau=NUMBER");
            }
        }
        if (blocks.isEmpty()) {
            throw new InputException("--network: '" + text + "' has no layer of gates; expected dense:WIDTHxLAYERS,"
                    + " lut:WIDTHxLAYERS or conv:kernels=NUMBER,field=NUMBER");
        }
        return new NetworkSpec(encoder, blocks, tau);
    }

    private static NetworkSpec.Dense dense(String stage) {
        List<Integer> widths = new ArrayList<>();
        Wiring wiring = Wiring.fixed().getFirst();
        Relaxation relaxation = Relaxation.all().getFirst();
        Estimator estimator = Estimator.DEFAULT;
        Initialisation initialisation = Initialisation.GAUSSIAN;
        for (String part : stage.substring("dense:".length()).split(",", -1)) {
            String item = part.strip();
            int equals = item.indexOf('=');
            if (equals < 0) {
                addWidths(item, stage, widths);
                continue;
            }
            String value = item.substring(equals + 1).strip();
            switch (item.substring(0, equals).strip()) {
                case "wiring" -> wiring = wiring(value);
                case "relaxation" -> relaxation = named(Relaxation.all(), Relaxation::name, value, "relaxation");
                case "estimator" -> estimator = Estimator.parse(value);
                case "init" -> initialisation = initialisation(value);
                default ->
                    throw new InputException("--network: '" + item + "' in '" + stage
                            + "'; expected wiring=, relaxation=, estimator= or init=");
            }
        }
        if (widths.isEmpty()) {
            throw new InputException("--network: '" + stage + "' has no width; expected such as dense:8000x6");
        }
        return new NetworkSpec.Dense(widths, wiring, relaxation, estimator, initialisation);
    }

    private static NetworkSpec.Lut lut(String stage) {
        List<Integer> widths = new ArrayList<>();
        int inputs = NetworkSpec.Lut.DEFAULT_INPUTS;
        Wiring wiring = Wiring.fixed().getFirst();
        TableRelaxation relaxation = TableRelaxation.all().getFirst();
        Initialisation initialisation = Initialisation.GAUSSIAN;
        for (String part : stage.substring("lut:".length()).split(",", -1)) {
            String item = part.strip();
            int equals = item.indexOf('=');
            if (equals < 0) {
                addWidths(item, stage, widths);
                continue;
            }
            String value = item.substring(equals + 1).strip();
            switch (item.substring(0, equals).strip()) {
                case "inputs" -> inputs = inputs(value, stage);
                case "wiring" -> wiring = wiring(value);
                case "relaxation" ->
                    relaxation = named(TableRelaxation.all(), TableRelaxation::name, value, "relaxation of lut layers");
                case "init" -> initialisation = initialisation(value);
                default ->
                    throw new InputException("--network: '" + item + "' in '" + stage
                            + "'; expected inputs=, wiring=, relaxation= or init=");
            }
        }
        if (widths.isEmpty()) {
            throw new InputException("--network: '" + stage + "' has no width; expected such as lut:2000x2,inputs=6");
        }
        return new NetworkSpec.Lut(widths, inputs, wiring, relaxation, initialisation);
    }

    private static int inputs(String value, String stage) {
        int inputs = number(value, stage, TruthTable.MAX_INPUTS);
        if (inputs < LutLayer.MIN_ARITY) {
            throw new InputException("--network: inputs=" + value + " in '" + stage + "'; expected 2 to 6");
        }
        return inputs;
    }

    static Initialisation initialisation(String value) {
        return named(List.of(Initialisation.values()), init -> init.name().toLowerCase(Locale.ROOT), value, "init");
    }

    private static Wiring wiring(String value) {
        if (Wiring.Learned.isNamed(value)) {
            return Wiring.Learned.named(value);
        }
        String local = LocalWiring.DEFAULT.name();
        if (value.startsWith(local + ":")) {
            return LocalWiring.parse(value.substring(local.length()));
        }
        List<Wiring> all = new ArrayList<>(Wiring.fixed());
        all.add(Wiring.Learned.DEFAULT);
        return named(all, Wiring::name, value, "wiring");
    }

    private static void addWidths(String item, String stage, List<Integer> widths) {
        int times = item.indexOf('x');
        int width = number(times < 0 ? item : item.substring(0, times), stage, MAX_WIDTH);
        int layers = times < 0 ? 1 : number(item.substring(times + 1), stage, MAX_LAYERS);
        if (widths.size() + layers > MAX_LAYERS) {
            throw new InputException("--network: '" + stage + "' has more than " + MAX_LAYERS + " layers");
        }
        for (int i = 0; i < layers; i++) {
            widths.add(width);
        }
    }

    private static int number(String text, String stage, int max) {
        return number(text, stage, 1, max);
    }

    /** A whole number from {@code min} to {@code max}. */
    static int number(String text, String stage, int min, int max) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the place.
        }
        throw new InputException("--network: '" + text.strip() + "' in '" + stage + "'; expected a whole number from "
                + min + " to " + max);
    }

    static <T> T named(List<T> all, Function<T, String> name, String value, String key) {
        for (T item : all) {
            if (name.apply(item).equals(value)) {
                return item;
            }
        }
        throw new InputException("--network: " + key + "=" + value + "; expected one of "
                + all.stream().map(name).collect(Collectors.joining(", ")));
    }

    private static OptionalDouble tau(String stage) {
        String text = stage.equals("groupsum")
                ? "tau=auto"
                : stage.substring("groupsum:".length()).strip();
        if (text.equals("tau=auto")) {
            return OptionalDouble.empty();
        }
        if (text.startsWith("tau=")) {
            try {
                double tau = Double.parseDouble(text.substring("tau=".length()).strip());
                if (tau > 0 && tau < 1e9) {
                    return OptionalDouble.of(tau);
                }
            } catch (NumberFormatException e) {
                // Said below, with the place.
            }
        }
        throw new InputException("--network: '" + stage + "'; expected groupsum:tau=NUMBER, the number above zero");
    }
}
