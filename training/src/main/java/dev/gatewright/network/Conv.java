package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import dev.gatewright.relax.Relaxation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * A convolution with logic trees as a description asks for it.
 *
 * @param volume whether one number of a window is also one of slices; else every slice is a plane of its own
 * @param kernels trees
 * @param depth levels of gates of a tree
 * @param channels planes that a tree reads, fewer where its group has fewer, or {@link #ALL} of its group
 * @param groups into which planes and kernels are divided; a tree reads planes of its group only
 * @param wiring which planes a tree reads: those that a gate of as many inputs would; or learned, where each leaf chooses
 *     among places of the field in the planes of its tree
 */
public record Conv(
        boolean volume,
        int kernels,
        Window field,
        int depth,
        Window pad,
        Window stride,
        int channels,
        int groups,
        Wiring wiring,
        Relaxation relaxation,
        Estimator estimator,
        Initialisation initialisation)
        implements NetworkSpec.Block {
    /** What descriptions of convolutions over images begin with. */
    static final String IMAGES = "conv:";

    /** The same over volumes. */
    static final String VOLUMES = "conv3d:";

    /** Every plane of the group. */
    public static final int ALL = 0;

    private static final int FIXED_CHANNELS = 2;
    /** Floats that training needs for a leaf's candidate beside its logit and moments: chunks' sums and its row. */
    private static final int MORE_FLOATS = 17;

    private static final int MAX_KERNELS = 1 << 20;
    private static final int MAX_SIDE = 1 << 12;
    private static final int MAX_CHANNELS = 6;

    /**
     * Checks what does not depend on the images.
     *
     * @throws InputException if kernels do not divide into the groups, the estimator does not fit the relaxation, or all
     *     channels are asked for by a wiring that is not learned
     */
    public Conv {
        if (channels == ALL && !(wiring instanceof Wiring.Learned)) {
            throw new InputException("--network: channels=all with wiring=" + wiring.name() + "; expected 1 to "
                    + MAX_CHANNELS + ", or wiring=learned");
        }
        if (kernels % groups != 0) {
            throw new InputException("--network: " + kernels + " kernels do not divide into " + groups
                    + " groups; expected a multiple of " + groups);
        }
        estimator.requireFits(relaxation);
    }

    @Override
    public String toString() {
        String estimated = estimator.equals(Estimator.DEFAULT) ? "" : ",estimator=" + estimator.name();
        return (volume ? VOLUMES : IMAGES) + "kernels=" + kernels + ",field=" + field.name(volume) + ",depth=" + depth
                + ",pad=" + pad.name(volume) + ",stride=" + stride.name(volume) + ",channels="
                + (channels == ALL ? "all" : channels) + ",groups=" + groups + ",wiring="
                + wiring.name() + ",relaxation=" + relaxation.name() + estimated + ",init="
                + initialisation.name().toLowerCase(Locale.ROOT);
    }

    /** The sizes of this convolution over {@code planes}, pooled by {@code pool}. */
    ConvShape shape(Planes planes, Window pool) {
        Planes input = volume ? planes : planes.images();
        if (input.channels() % groups != 0) {
            throw new InputException("--network: " + input.channels() + " channels do not divide into " + groups
                    + " groups; expected a divisor of " + input.channels());
        }
        ConvShape shape = new ConvShape(input, kernels, depth, field, pad, stride, pool);
        double parameters = (double) kernels * shape.treeGates() * relaxation.parameters();
        double padded = (double) input.channels() * size(shape.padded());
        Window positions = shape.positions();
        double outputs = (double) kernels
                * (positions.slices() / pool.slices())
                * (positions.rows() / pool.rows())
                * (positions.columns() / pool.columns());
        double places = (double) input.channels() * size(field);
        if (Math.max(Math.max(padded, places), Math.max(parameters, outputs)) > Integer.MAX_VALUE / Integer.BYTES) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "--network: '%s' over %s bits reads %.0f with their border, has fields of %.0f bits, %.0f"
                            + " parameters and %.0f outputs; expected at most %d of each",
                    this,
                    input,
                    padded,
                    places,
                    parameters,
                    outputs,
                    Integer.MAX_VALUE / Integer.BYTES));
        }
        return shape;
    }

    private static double size(Window window) {
        return (double) window.slices() * window.rows() * window.columns();
    }

    /** Draws a layer: first the planes of every tree, then the places or candidates of its leaves, then the parameters. */
    ConvLayer layer(ConvShape shape, RandomGenerator random) {
        return switch (wiring) {
            case Wiring.Learned learned -> {
                LearnedLeaves leaves = learned(learned, shape, random);
                yield new ConvLayer(shape, leaves, relaxation, estimator, parameters(shape, random));
            }
            case Wiring fixed -> {
                int[] places = places(fixed, shape, random);
                yield new ConvLayer(shape, places, relaxation, estimator, parameters(shape, random));
            }
        };
    }

    private float[] parameters(ConvShape shape, RandomGenerator random) {
        return initialisation.parameters(relaxation, kernels * shape.treeGates(), random);
    }

    private int[] places(Wiring fixed, ConvShape shape, RandomGenerator random) {
        int[] places = new int[kernels * shape.leaves()];
        int inGroup = shape.input().channels() / groups;
        int ofGroup = kernels / groups;
        for (int group = 0; group < groups; group++) {
            Connections planes = planes(fixed, inGroup, ofGroup, random);
            for (int tree = 0; tree < ofGroup; tree++) {
                place(places, group * ofGroup + tree, read(planes, tree, group * inGroup), random);
            }
        }
        return places;
    }

    private static int[] read(Connections planes, int tree, int first) {
        int[] read = new int[planes.arity()];
        Arrays.setAll(read, i -> first + planes.wire(tree, i));
        return read;
    }

    /** Which planes of a group each tree of it reads; where there are fewer trees than it takes, some are left out. */
    private Connections planes(Wiring fixed, int planes, int trees, RandomGenerator random) {
        int arity = Math.min(channels, planes);
        int enough = Math.max(trees, Math.ceilDiv(planes, arity));
        // Every gate of one input makes a run of its own, so one rule serves.
        return (arity == 1 ? new Wiring.Random() : fixed).connect(planes, enough, arity, random);
    }

    /** Deals the places of the field in the planes that are read: none twice while there are others. */
    private void place(int[] places, int kernel, int[] read, RandomGenerator random) {
        int[] distinct = Arrays.stream(read).distinct().toArray();
        int count = distinct.length * field.size();
        int leaves = 1 << depth;
        int[] deck = {};
        for (int leaf = 0; leaf < leaves; leaf++) {
            int dealt = leaf % count;
            deck = dealt == 0 ? Wiring.permutation(count, random) : deck;
            int place = deck[dealt];
            places[kernel * leaves + leaf] = distinct[place / field.size()] * field.size() + place % field.size();
        }
    }

    /** Without a number of channels, the planes of a tree are all of its group; else runs, as unique wiring deals them. */
    private LearnedLeaves learned(Wiring.Learned learned, ConvShape shape, RandomGenerator random) {
        int inGroup = shape.input().channels() / groups;
        int ofGroup = kernels / groups;
        int read = channels == ALL ? inGroup : Math.min(channels, inGroup);
        int inputs = Math.multiplyExact(read, field.size());
        double candidates = learned.candidates() == Wiring.Learned.ALL ? inputs : learned.candidates();
        HeapSpace.require(
                "--network: learning the leaves of " + kernels + " trees among " + (long) candidates + " places",
                Float.BYTES * (MORE_FLOATS * candidates * shape.leaves() + read) * kernels);
        int[] planes = new int[Math.multiplyExact(kernels, read)];
        for (int group = 0; group < groups; group++) {
            Connections drawn = read == inGroup ? null : planes(new Wiring.Unique(), inGroup, ofGroup, random);
            for (int i = 0; i < ofGroup * read; i++) {
                int own = drawn == null ? i % read : drawn.wire(i / read, i % read);
                planes[group * ofGroup * read + i] = group * inGroup + own;
            }
        }
        return new LearnedLeaves(shape, learned.draw(inputs, kernels, shape.leaves(), random), planes);
    }

    static Conv parse(String stage) {
        boolean volume = stage.startsWith(VOLUMES);
        int kernels = 0;
        Window field = new Window(volume ? 3 : 1, 3, 3);
        int depth = 3;
        Window pad = new Window(0, 0, 0);
        Window stride = Window.ONE;
        OptionalInt channels = OptionalInt.empty();
        int groups = 1;
        Wiring wiring = Wiring.fixed().getFirst();
        Relaxation relaxation = Relaxation.all().getFirst();
        Estimator estimator = Estimator.DEFAULT;
        Initialisation initialisation = Initialisation.RESIDUAL;
        for (String part : stage.substring(stage.indexOf(':') + 1).split(",", -1)) {
            String item = part.strip();
            String value = item.substring(item.indexOf('=') + 1).strip();
            switch (item.substring(0, Math.max(0, item.indexOf('='))).strip()) {
                case "kernels" -> kernels = NetworkParser.number(value, stage, 1, MAX_KERNELS);
                case "field" -> field = Window.parse(value, stage, 1, MAX_SIDE, volume);
                case "depth" -> depth = NetworkParser.number(value, stage, 1, ConvShape.MAX_DEPTH);
                case "pad" -> pad = Window.parse(value, stage, 0, MAX_SIDE, volume);
                case "stride" -> stride = Window.parse(value, stage, 1, MAX_SIDE, volume);
                case "channels" ->
                    channels = OptionalInt.of(
                            value.equals("all") ? ALL : NetworkParser.number(value, stage, 1, MAX_CHANNELS));
                case "groups" -> groups = NetworkParser.number(value, stage, 1, MAX_KERNELS);
                case "wiring" -> wiring = wiring(value);
                case "relaxation" ->
                    relaxation = NetworkParser.named(Relaxation.all(), Relaxation::name, value, "relaxation");
                case "estimator" -> estimator = Estimator.parse(value);
                case "init" -> initialisation = NetworkParser.initialisation(value);
                default ->
                    throw new InputException("--network: '" + item + "' in '" + stage + "'; expected kernels=, field=,"
                            + " depth=, pad=, stride=, channels=, groups=, wiring=, relaxation=, estimator= or init=");
            }
        }
        if (kernels == 0) {
            throw new InputException(
                    "--network: '" + stage + "' has no kernels; expected such as conv:kernels=32,field=3,pad=1");
        }
        return new Conv(
                volume,
                kernels,
                field,
                depth,
                pad,
                stride,
                channels.orElse(wiring instanceof Wiring.Learned ? ALL : FIXED_CHANNELS),
                groups,
                wiring,
                relaxation,
                estimator,
                initialisation);
    }

    private static Wiring wiring(String value) {
        return Wiring.Learned.isNamed(value)
                ? Wiring.Learned.named(value)
                : NetworkParser.named(
                        List.of(new Wiring.Unique(), new Wiring.Random(), Wiring.Learned.DEFAULT),
                        Wiring::name,
                        value,
                        "wiring of convolutions");
    }
}
