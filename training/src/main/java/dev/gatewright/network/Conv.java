package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import dev.gatewright.relax.Relaxation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A convolution with logic trees as a description asks for it.
 *
 * @param kernels trees
 * @param depth levels of gates of a tree
 * @param channels planes that a tree reads; fewer where its group has fewer
 * @param groups into which planes and kernels are divided; a tree reads planes of its group only
 * @param wiring which planes a tree reads: those that a gate of as many inputs would
 */
public record Conv(
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
    private static final String NAME = "conv:";
    private static final int MAX_KERNELS = 1 << 20;
    private static final int MAX_SIDE = 1 << 12;
    private static final int MAX_CHANNELS = 6;

    /** @throws InputException if kernels do not divide into the groups, or the estimator does not fit the relaxation */
    public Conv {
        if (kernels % groups != 0) {
            throw new InputException("--network: " + kernels + " kernels do not divide into " + groups
                    + " groups; expected a multiple of " + groups);
        }
        estimator.requireFits(relaxation);
    }

    @Override
    public String toString() {
        String estimated = estimator.equals(Estimator.DEFAULT) ? "" : ",estimator=" + estimator.name();
        return NAME + "kernels=" + kernels + ",field=" + field.name() + ",depth=" + depth + ",pad=" + pad.name()
                + ",stride=" + stride.name() + ",channels=" + channels + ",groups=" + groups + ",wiring="
                + wiring.name() + ",relaxation=" + relaxation.name() + estimated + ",init="
                + initialisation.name().toLowerCase(Locale.ROOT);
    }

    /** The sizes of this convolution over {@code input}, pooled by {@code pool}. */
    ConvShape shape(Planes input, Window pool) {
        if (input.channels() % groups != 0) {
            throw new InputException("--network: " + input.channels() + " channels do not divide into " + groups
                    + " groups; expected a divisor of " + input.channels());
        }
        ConvShape shape = new ConvShape(input, kernels, depth, field, pad, stride, pool);
        long parameters = (long) kernels * shape.treeGates() * relaxation.parameters();
        long outputs = (long) kernels * (shape.down() / pool.rows()) * (shape.across() / pool.columns());
        long padded = (input.rows() + 2L * pad.rows()) * (input.columns() + 2L * pad.columns()) * input.channels();
        if (Math.max(padded, Math.max(parameters, outputs)) > Integer.MAX_VALUE / Integer.BYTES) {
            throw new InputException("--network: '" + this + "' over " + input + " bits reads " + padded
                    + " with their border, has " + parameters + " parameters and " + outputs
                    + " outputs; expected at most " + Integer.MAX_VALUE / Integer.BYTES + " of each");
        }
        return shape;
    }

    /** Draws a layer: first the planes of every tree, then the places of its leaves, then the parameters. */
    ConvLayer layer(ConvShape shape, RandomGenerator random) {
        int count = kernels * shape.leaves();
        ConvLayer.Leaves leaves = new ConvLayer.Leaves(new int[count], new int[count], new int[count]);
        int inGroup = shape.input().channels() / groups;
        int ofGroup = kernels / groups;
        for (int group = 0; group < groups; group++) {
            Connections planes = planes(inGroup, ofGroup, random);
            for (int tree = 0; tree < ofGroup; tree++) {
                int[] read = new int[planes.arity()];
                for (int i = 0; i < read.length; i++) {
                    read[i] = group * inGroup + planes.wire(tree, i);
                }
                place(leaves, (group * ofGroup + tree) * shape.leaves(), shape.leaves(), read, random);
            }
        }
        float[] parameters = initialisation.parameters(relaxation, kernels * shape.treeGates(), random);
        return new ConvLayer(shape, leaves, relaxation, estimator, parameters);
    }

    /** Which planes of a group each tree of it reads; where there are fewer trees than it takes, some are left out. */
    private Connections planes(int planes, int trees, RandomGenerator random) {
        int arity = Math.min(channels, planes);
        int enough = Math.max(trees, Math.ceilDiv(planes, arity));
        // Every gate of one input makes a run of its own, so one rule serves.
        return (arity == 1 ? new Wiring.Random() : wiring).connect(planes, enough, arity, random);
    }

    /** Deals the places of the field in the planes that are read: none twice while there are others. */
    private void place(ConvLayer.Leaves leaves, int from, int count, int[] read, RandomGenerator random) {
        int[] distinct = Arrays.stream(read).distinct().toArray();
        int places = distinct.length * field.size();
        int[] deck = {};
        for (int leaf = 0; leaf < count; leaf++) {
            int dealt = leaf % places;
            deck = dealt == 0 ? Wiring.permutation(places, random) : deck;
            int place = deck[dealt];
            leaves.channels()[from + leaf] = distinct[place / field.size()];
            leaves.rows()[from + leaf] = place % field.size() / field.columns();
            leaves.columns()[from + leaf] = place % field.columns();
        }
    }

    static Conv parse(String stage) {
        int kernels = 0;
        Window field = new Window(3, 3);
        int depth = 3;
        Window pad = new Window(0, 0);
        Window stride = Window.ONE;
        int channels = 2;
        int groups = 1;
        Wiring wiring = Wiring.fixed().getFirst();
        Relaxation relaxation = Relaxation.all().getFirst();
        Estimator estimator = Estimator.DEFAULT;
        Initialisation initialisation = Initialisation.RESIDUAL;
        for (String part : stage.substring(NAME.length()).split(",", -1)) {
            String item = part.strip();
            String value = item.substring(item.indexOf('=') + 1).strip();
            switch (item.substring(0, Math.max(0, item.indexOf('='))).strip()) {
                case "kernels" -> kernels = NetworkParser.number(value, stage, 1, MAX_KERNELS);
                case "field" -> field = Window.parse(value, stage, 1, MAX_SIDE);
                case "depth" -> depth = NetworkParser.number(value, stage, 1, ConvShape.MAX_DEPTH);
                case "pad" -> pad = Window.parse(value, stage, 0, MAX_SIDE);
                case "stride" -> stride = Window.parse(value, stage, 1, MAX_SIDE);
                case "channels" -> channels = NetworkParser.number(value, stage, 1, MAX_CHANNELS);
                case "groups" -> groups = NetworkParser.number(value, stage, 1, MAX_KERNELS);
                case "wiring" ->
                    wiring = NetworkParser.named(
                            List.of(new Wiring.Unique(), new Wiring.Random()),
                            Wiring::name,
                            value,
                            "wiring of convolutions");
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
                kernels, field, depth, pad, stride, channels, groups, wiring, relaxation, estimator, initialisation);
    }
}
