package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.TableRelaxation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A network in one line, read left to right: {@code threshold:0.5 | dense:8000x6 | groupsum:tau=10}.
 *
 * <pre>
 * description = [ encoder "|" ] layers { "|" layers } [ "|" "groupsum" [ ":tau=" ( number | "auto" ) ] ]
 * layers      = dense | lut | conv [ "|" orpool ]
 * dense       = "dense:" widths { "," key "=" value }      widths = 8000 | 8000x6 | 40960,20480,10240
 * keys        = wiring, relaxation, estimator, init
 * wiring      = unique | random | butterfly | local [ ":window=" number ]
 *             | learned { ":" ( "candidates" | "rate" | "temperature" | "renew" | "window" ) "=" number }
 * estimator   = ( soft | straight-through | gumbel ) [ ":temperature=" ( number [ ".." number ] | cage ) ]
 * lut         = "lut:" widths { "," key "=" value }
 * keys        = inputs (2 to 6, of a gate), wiring (unique | random | learned …), relaxation, init
 * conv        = ( "conv:" | "conv3d:" ) key "=" value { "," key "=" value }
 * keys        = kernels, field, depth (1 to 4), pad, stride, channels (of a tree), groups,
 *               wiring (unique | random | learned …), relaxation, estimator, init
 * orpool      = "orpool:" window                             window = 2 | 1x2, after conv3d 2 | 1x2x2
 * </pre>
 *
 * @param encoder the encoder's description, "auto" where none is given
 * @param blocks runs of layers that share their options
 * @param tau what group sums are divided by; empty for automatic
 */
public record NetworkSpec(String encoder, List<Block> blocks, OptionalDouble tau) {
    /** A training thread holds a float of each output of a convolution for 32 samples. */
    private static final double BYTES_AN_OUTPUT = 32.0 * Float.BYTES;

    /** Layers that share their options. */
    public sealed interface Block permits Conv, OrPool, Wide {}

    /** Layers that are described by their widths. */
    public sealed interface Wide extends Block permits Dense, Lut {
        /** Gates, layer after layer. */
        List<Integer> widths();

        int parametersPerGate();
    }

    /** Layers of two-input gates. */
    public record Dense(
            List<Integer> widths,
            Wiring wiring,
            Relaxation relaxation,
            Estimator estimator,
            Initialisation initialisation)
            implements Wide {
        /** @throws InputException if the estimator does not fit the relaxation */
        public Dense {
            widths = List.copyOf(widths);
            estimator.requireFits(relaxation);
        }

        @Override
        public int parametersPerGate() {
            return relaxation.parameters();
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
            implements Wide {
        /** Inputs of a gate where none are asked for: those of the look-up tables of most FPGAs. */
        static final int DEFAULT_INPUTS = TruthTable.MAX_INPUTS;

        public Lut {
            widths = List.copyOf(widths);
        }

        @Override
        public int parametersPerGate() {
            return 1 << inputs;
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

    /** The description with every option spelt out but those of {@link Estimator#DEFAULT}; parsing it gives this again. */
    @Override
    public String toString() {
        return encoder + " | " + blocks.stream().map(Block::toString).collect(Collectors.joining(" | "))
                + " | groupsum:tau=" + (tau.isPresent() ? (float) tau.getAsDouble() : "auto");
    }

    /** Draws a network over wires of no particular arrangement; see {@link #network(int, Optional, int, RandomGenerator)}. */
    public LogicNetwork network(int inputs, int groups, RandomGenerator random) {
        return network(inputs, Optional.empty(), groups, random);
    }

    /**
     * Draws a network of this shape; layer after layer first the wires, then the parameters.
     *
     * @param images what the inputs form, where they form images
     * @throws InputException if the description does not fit inputs or groups
     */
    public LogicNetwork network(int inputs, Optional<Planes> images, int groups, RandomGenerator random) {
        int outputs = outputs(images);
        if (outputs % groups != 0) {
            throw new InputException("--network: the last layer has " + outputs + " gates, which do not divide among "
                    + groups + " classes; expected a multiple of " + groups + ", such as "
                    + Math.max(1, Math.round((double) outputs / groups)) * groups);
        }
        Sizes sizes = sizes(images);
        HeapSpace.require("--network: training " + (long) sizes.parameters + " parameters", bytes(sizes));
        HeapSpace.require(
                "--network: training " + (long) sizes.convolved + " outputs of convolutions in one thread",
                BYTES_AN_OUTPUT * sizes.convolved);
        List<Layer> layers = new ArrayList<>();
        int width = inputs;
        Optional<Planes> planes = images;
        for (int i = 0; i < blocks.size(); i++) {
            switch (blocks.get(i)) {
                case Wide wide -> {
                    for (int w = 0; w < wide.widths().size(); w++) {
                        int gates = wide.widths().get(w);
                        boolean last =
                                i == blocks.size() - 1 && w == wide.widths().size() - 1;
                        layers.add(layer(wide, new Place(layers.size(), last, width, planes), gates, random));
                        width = gates;
                        planes = Optional.empty();
                    }
                }
                case Conv conv -> {
                    ConvLayer layer = conv.layer(shape(i, planes), random);
                    layers.add(layer);
                    width = layer.outputs();
                    planes = Optional.of(layer.shape().output());
                }
                case OrPool ignored -> {
                    // A part of the convolution before it.
                }
            }
        }
        return new LogicNetwork(inputs, layers, groups);
    }

    /**
     * Wires of the last layer.
     *
     * @throws InputException if a convolution does not fit its images
     */
    public int outputs(Optional<Planes> images) {
        return sizes(images).outputs;
    }

    /**
     * Gates of the network written out as a circuit, before any simplification.
     *
     * @throws InputException if a convolution does not fit its images
     */
    public long unrolledGates(Optional<Planes> images) {
        return sizes(images).gates;
    }

    /** What can be said of a network before it is drawn; gates are those of the circuit. */
    private record Sizes(int outputs, long gates, double parameters, double convolved) {}

    /** Parameters stand in the layer, once more in the order of the kernels, and have two moments. */
    private static double bytes(Sizes sizes) {
        return 4.0 * Float.BYTES * sizes.parameters;
    }

    private Sizes sizes(Optional<Planes> images) {
        Optional<Planes> planes = images;
        int outputs = 0;
        long gates = 0;
        double parameters = 0;
        double convolved = 0;
        for (int i = 0; i < blocks.size(); i++) {
            switch (blocks.get(i)) {
                case Wide wide -> {
                    long own =
                            wide.widths().stream().mapToLong(Integer::longValue).sum();
                    planes = Optional.empty();
                    outputs = wide.widths().getLast();
                    gates += own;
                    parameters += (double) own * wide.parametersPerGate();
                }
                case Conv conv -> {
                    ConvShape shape = shape(i, planes);
                    planes = Optional.of(shape.output());
                    outputs = shape.output().size();
                    convolved += outputs;
                    gates += shape.unrolledGates();
                    parameters += (double) shape.kernels()
                            * shape.treeGates()
                            * conv.relaxation().parameters();
                }
                case OrPool ignored -> {
                    // A part of the convolution before it.
                }
            }
        }
        return new Sizes(outputs, gates, parameters, convolved);
    }

    private ConvShape shape(int block, Optional<Planes> planes) {
        Conv conv = (Conv) blocks.get(block);
        Planes input = planes.orElseThrow(() -> new InputException("--network: '" + conv
                + "' slides over images; expected it before any dense: or lut:, a data set of images, and threshold or"
                + " thermometer with uniform spacing, which give every pixel the same thresholds"));
        boolean pooled = block + 1 < blocks.size() && blocks.get(block + 1) instanceof OrPool;
        return conv.shape(input, pooled ? ((OrPool) blocks.get(block + 1)).window() : Window.ONE);
    }

    /** Where a layer stands: its number, whether no other follows, the wires before it and what images they form. */
    private record Place(int layer, boolean last, int inputs, Optional<Planes> images) {
        LearnedWires draw(Wiring.Learned wiring, int gates, int arity, RandomGenerator random) {
            return wiring.draw(inputs, images, gates, arity, random);
        }

        /** Outputs beside each other are one class, so of the last layer they are shuffled, for each class to see all inputs. */
        Connections connect(Wiring fixed, int gates, int arity, RandomGenerator random) {
            Connections connections = fixed.connect(inputs, gates, arity, random);
            return last && fixed.ordered() ? connections.shuffled(random) : connections;
        }
    }

    private static Layer layer(Wide block, Place place, int gates, RandomGenerator random) {
        return switch (block) {
            case Dense dense -> layer(dense, place, gates, random).withEstimator(dense.estimator());
            case Lut lut -> layer(lut, place, gates, random);
        };
    }

    private static DenseLayer layer(Dense block, Place place, int gates, RandomGenerator random) {
        Relaxation relaxation = block.relaxation();
        Initialisation initialisation = block.initialisation();
        return switch (block.wiring().inLayer(place.layer())) {
            case Wiring.Learned learned -> {
                LearnedWires wires = place.draw(learned, gates, 2, random);
                yield new DenseLayer(wires, relaxation, initialisation.parameters(relaxation, gates, random));
            }
            case Wiring fixed -> {
                Connections connections = place.connect(fixed, gates, 2, random);
                yield new DenseLayer(connections, relaxation, initialisation.parameters(relaxation, gates, random));
            }
        };
    }

    private static LutLayer layer(Lut block, Place place, int gates, RandomGenerator random) {
        int arity = block.inputs();
        if ((long) gates << arity > Integer.MAX_VALUE - 16) {
            throw new InputException("--network: a layer of " + gates + " gates of " + arity + " inputs needs "
                    + ((long) gates << arity) + " parameters; expected less than " + Integer.MAX_VALUE);
        }
        TableRelaxation relaxation = block.relaxation();
        Initialisation initialisation = block.initialisation();
        return switch (block.wiring()) {
            case Wiring.Learned learned -> {
                LearnedWires wires = place.draw(learned, gates, arity, random);
                yield new LutLayer(wires, relaxation, initialisation.parameters(relaxation, arity, gates, random));
            }
            case Wiring fixed -> {
                Connections connections = place.connect(fixed, gates, arity, random);
                yield new LutLayer(
                        connections, relaxation, initialisation.parameters(relaxation, arity, gates, random));
            }
        };
    }

    /**
     * Reads a description.
     *
     * @throws InputException naming the part that could not be read and what was expected there
     */
    public static NetworkSpec parse(String text) {
        return NetworkParser.network(text);
    }
}
