package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import dev.gatewright.relax.Relaxation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A network in one line, read left to right: {@code threshold:0.5 | dense:8000x6 | groupsum:tau=10}.
 *
 * <pre>
 * description = [ encoder "|" ] dense { "|" dense } [ "|" "groupsum" [ ":tau=" ( number | "auto" ) ] ]
 * dense       = "dense:" widths { "," key "=" value }      widths = 8000 | 8000x6 | 40960,20480,10240
 * keys        = wiring, relaxation, estimator, init
 * wiring      = unique | random | learned { ":" ( "candidates" | "rate" | "temperature" ) "=" number }
 * estimator   = ( soft | straight-through | gumbel ) [ ":temperature=" number [ ".." number ] ]
 * </pre>
 *
 * @param encoder the encoder's description, "auto" where none is given
 * @param blocks runs of dense layers that share their options
 * @param tau what group sums are divided by; empty for automatic
 */
public record NetworkSpec(String encoder, List<Dense> blocks, OptionalDouble tau) {
    /** Widths beyond this are a slip of the finger. */
    private static final int MAX_WIDTH = 1 << 26;

    private static final int MAX_LAYERS = 10_000;

    /** Layers of two-input gates. */
    public record Dense(
            List<Integer> widths,
            Wiring wiring,
            Relaxation relaxation,
            Estimator estimator,
            Initialisation initialisation) {
        /** @throws InputException if the estimator does not fit the relaxation */
        public Dense {
            widths = List.copyOf(widths);
            estimator.requireFits(relaxation);
        }

        @Override
        public String toString() {
            boolean equal = widths.stream().distinct().count() == 1;
            String sizes = equal
                    ? widths.getFirst() + "x" + widths.size()
                    : widths.stream().map(String::valueOf).collect(Collectors.joining(","));
            String estimated = estimator.equals(Estimator.DEFAULT) ? "" : ",estimator=" + estimator.name();
            return "dense:" + sizes + ",wiring=" + wiring.name() + ",relaxation=" + relaxation.name() + estimated
                    + ",init=" + initialisation.name().toLowerCase(Locale.ROOT);
        }
    }

    public NetworkSpec {
        blocks = List.copyOf(blocks);
    }

    /** Gates of the last layer. */
    public int outputs() {
        return blocks.getLast().widths().getLast();
    }

    /** The description with every option spelt out but those of {@link Estimator#DEFAULT}; parsing it gives this again. */
    @Override
    public String toString() {
        return encoder + " | " + blocks.stream().map(Dense::toString).collect(Collectors.joining(" | "))
                + " | groupsum:tau=" + (tau.isPresent() ? (float) tau.getAsDouble() : "auto");
    }

    /** Draws a network of this shape; layer after layer first the wires, then the parameters. */
    public LogicNetwork network(int inputs, int groups, RandomGenerator random) {
        if (outputs() % groups != 0) {
            throw new InputException("--network: the last layer has " + outputs() + " gates, which do not divide among "
                    + groups + " classes; expected a multiple of " + groups + ", such as "
                    + Math.max(1, Math.round((double) outputs() / groups)) * groups);
        }
        List<DenseLayer> layers = new ArrayList<>();
        int width = inputs;
        for (Dense block : blocks) {
            for (int gates : block.widths()) {
                layers.add(layer(block, width, gates, random).withEstimator(block.estimator()));
                width = gates;
            }
        }
        return new LogicNetwork(inputs, layers, groups);
    }

    private static DenseLayer layer(Dense block, int inputs, int gates, RandomGenerator random) {
        Relaxation relaxation = block.relaxation();
        Initialisation initialisation = block.initialisation();
        return switch (block.wiring()) {
            case Wiring.Learned learned -> {
                LearnedWires wires = learned.draw(inputs, gates, random);
                yield new DenseLayer(wires, relaxation, initialisation.parameters(relaxation, gates, random));
            }
            case Wiring fixed -> {
                Connections connections = fixed.connect(inputs, gates, random);
                yield new DenseLayer(connections, relaxation, initialisation.parameters(relaxation, gates, random));
            }
        };
    }

    /**
     * Reads a description.
     *
     * @throws InputException naming the part that could not be read and what was expected there
     */
    public static NetworkSpec parse(String text) {
        String encoder = "auto";
        List<Dense> blocks = new ArrayList<>();
        OptionalDouble tau = OptionalDouble.empty();
        String[] stages = text.split("\\|", -1);
        for (int i = 0; i < stages.length; i++) {
            String stage = stages[i].strip();
            if (stage.startsWith("dense:")) {
                blocks.add(dense(stage));
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
                        + "'; expected dense:WIDTHxLAYERS or groupsum:tau=NUMBER");
            }
        }
        if (blocks.isEmpty()) {
            throw new InputException("--network: '" + text + "' has no layer of gates; expected dense:WIDTHxLAYERS");
        }
        return new NetworkSpec(encoder, blocks, tau);
    }

    private static Dense dense(String stage) {
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
                case "init" ->
                    initialisation = named(
                            List.of(Initialisation.values()),
                            init -> init.name().toLowerCase(Locale.ROOT),
                            value,
                            "init");
                default ->
                    throw new InputException("--network: '" + item + "' in '" + stage
                            + "'; expected wiring=, relaxation=, estimator= or init=");
            }
        }
        if (widths.isEmpty()) {
            throw new InputException("--network: '" + stage + "' has no width; expected such as dense:8000x6");
        }
        return new Dense(widths, wiring, relaxation, estimator, initialisation);
    }

    private static Wiring wiring(String value) {
        String learned = Wiring.Learned.DEFAULT.name();
        if (value.equals(learned) || value.startsWith(learned + ":")) {
            return Wiring.Learned.parse(value.substring(learned.length()));
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
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the place.
        }
        throw new InputException(
                "--network: '" + text.strip() + "' in '" + stage + "'; expected a whole number from 1 to " + max);
    }

    private static <T> T named(List<T> all, java.util.function.Function<T, String> name, String value, String key) {
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
