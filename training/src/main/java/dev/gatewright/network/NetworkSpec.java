package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.TableRelaxation;
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
 * description = [ encoder "|" ] layers { "|" layers } [ "|" "groupsum" [ ":tau=" ( number | "auto" ) ] ]
 * layers      = dense | lut
 * dense       = "dense:" widths { "," key "=" value }      widths = 8000 | 8000x6 | 40960,20480,10240
 * keys        = wiring, relaxation, estimator, init
 * wiring      = unique | random | butterfly | local [ ":window=" number ]
 *             | learned { ":" ( "candidates" | "rate" | "temperature" ) "=" number }
 * estimator   = ( soft | straight-through | gumbel ) [ ":temperature=" ( number [ ".." number ] | cage ) ]
 * lut         = "lut:" widths { "," key "=" value }
 * keys        = inputs (2 to 6, of a gate), wiring (unique | random), relaxation, init
 * </pre>
 *
 * @param encoder the encoder's description, "auto" where none is given
 * @param blocks runs of layers that share their options
 * @param tau what group sums are divided by; empty for automatic
 */
public record NetworkSpec(String encoder, List<Block> blocks, OptionalDouble tau) {
    /** Widths beyond this are a slip of the finger. */
    private static final int MAX_WIDTH = 1 << 26;

    private static final int MAX_LAYERS = 10_000;

    /** Layers that share their options. */
    public sealed interface Block permits Dense, Lut {
        /** Gates, layer after layer. */
        List<Integer> widths();
    }

    /** Layers of two-input gates. */
    public record Dense(
            List<Integer> widths,
            Wiring wiring,
            Relaxation relaxation,
            Estimator estimator,
            Initialisation initialisation)
            implements Block {
        /** @throws InputException if the estimator does not fit the relaxation */
        public Dense {
            widths = List.copyOf(widths);
            estimator.requireFits(relaxation);
        }

        @Override
        public String toString() {
            String estimated = estimator.equals(Estimator.DEFAULT) ? "" : ",estimator=" + estimator.name();
            return "dense:" + sizes(widths) + ",wiring=" + wiring.name() + ",relaxation=" + relaxation.name()
                    + estimated + ",init=" + initialisation.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Layers of gates of {@code inputs} inputs. */
    public record Lut(
            List<Integer> widths, int inputs, Wiring wiring, TableRelaxation relaxation, Initialisation initialisation)
            implements Block {
        /** Inputs of a gate where none are asked for: those of the look-up tables of most FPGAs. */
        static final int DEFAULT_INPUTS = TruthTable.MAX_INPUTS;

        public Lut {
            widths = List.copyOf(widths);
        }

        @Override
        public String toString() {
            return "lut:" + sizes(widths) + ",inputs=" + inputs + ",wiring=" + wiring.name() + ",relaxation="
                    + relaxation.name() + ",init="
                    + initialisation.name().toLowerCase(Locale.ROOT);
        }
    }

    private static String sizes(List<Integer> widths) {
        boolean equal = widths.stream().distinct().count() == 1;
        return equal
                ? widths.getFirst() + "x" + widths.size()
                : widths.stream().map(String::valueOf).collect(Collectors.joining(","));
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
        return encoder + " | " + blocks.stream().map(Block::toString).collect(Collectors.joining(" | "))
                + " | groupsum:tau=" + (tau.isPresent() ? (float) tau.getAsDouble() : "auto");
    }

    /** Draws a network of this shape; layer after layer first the wires, then the parameters. */
    public LogicNetwork network(int inputs, int groups, RandomGenerator random) {
        if (outputs() % groups != 0) {
            throw new InputException("--network: the last layer has " + outputs() + " gates, which do not divide among "
                    + groups + " classes; expected a multiple of " + groups + ", such as "
                    + Math.max(1, Math.round((double) outputs() / groups)) * groups);
        }
        List<Layer> layers = new ArrayList<>();
        int width = inputs;
        for (Block block : blocks) {
            for (int gates : block.widths()) {
                layers.add(
                        switch (block) {
                            case Dense dense ->
                                layer(dense, layers.size(), width, gates, random)
                                        .withEstimator(dense.estimator());
                            case Lut lut -> layer(lut, width, gates, random);
                        });
                width = gates;
            }
        }
        return new LogicNetwork(inputs, layers, groups);
    }

    private static DenseLayer layer(Dense block, int layer, int inputs, int gates, RandomGenerator random) {
        Relaxation relaxation = block.relaxation();
        Initialisation initialisation = block.initialisation();
        return switch (block.wiring().inLayer(layer)) {
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

    private static LutLayer layer(Lut block, int inputs, int gates, RandomGenerator random) {
        int arity = block.inputs();
        if ((long) gates << arity > Integer.MAX_VALUE - 16) {
            throw new InputException("--network: a layer of " + gates + " gates of " + arity + " inputs needs "
                    + ((long) gates << arity) + " parameters; expected less than " + Integer.MAX_VALUE);
        }
        Connections connections = block.wiring().connect(inputs, gates, arity, random);
        TableRelaxation relaxation = block.relaxation();
        return new LutLayer(
                connections, relaxation, block.initialisation().parameters(relaxation, arity, gates, random));
    }

    /**
     * Reads a description.
     *
     * @throws InputException naming the part that could not be read and what was expected there
     */
    public static NetworkSpec parse(String text) {
        String encoder = "auto";
        List<Block> blocks = new ArrayList<>();
        OptionalDouble tau = OptionalDouble.empty();
        String[] stages = text.split("\\|", -1);
        for (int i = 0; i < stages.length; i++) {
            String stage = stages[i].strip();
            if (stage.startsWith("dense:")) {
                blocks.add(dense(stage));
            } else if (stage.startsWith("lut:")) {
                blocks.add(lut(stage));
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
                        + "'; expected dense:WIDTHxLAYERS, lut:WIDTHxLAYERS or groupsum:tau=NUMBER");
            }
        }
        if (blocks.isEmpty()) {
            throw new InputException(
                    "--network: '" + text + "' has no layer of gates; expected dense:WIDTHxLAYERS or lut:WIDTHxLAYERS");
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
                case "init" -> initialisation = initialisation(value);
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

    private static Lut lut(String stage) {
        List<Integer> widths = new ArrayList<>();
        int inputs = Lut.DEFAULT_INPUTS;
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
                case "wiring" -> wiring = named(Wiring.fixed(), Wiring::name, value, "wiring of lut layers");
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
        return new Lut(widths, inputs, wiring, relaxation, initialisation);
    }

    private static int inputs(String value, String stage) {
        int inputs = number(value, stage, TruthTable.MAX_INPUTS);
        if (inputs < LutLayer.MIN_ARITY) {
            throw new InputException("--network: inputs=" + value + " in '" + stage + "'; expected 2 to 6");
        }
        return inputs;
    }

    private static Initialisation initialisation(String value) {
        return named(List.of(Initialisation.values()), init -> init.name().toLowerCase(Locale.ROOT), value, "init");
    }

    private static Wiring wiring(String value) {
        String learned = Wiring.Learned.DEFAULT.name();
        if (value.equals(learned) || value.startsWith(learned + ":")) {
            return Wiring.Learned.parse(value.substring(learned.length()));
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
