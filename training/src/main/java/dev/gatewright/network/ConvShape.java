package dev.gatewright.network;

import dev.gatewright.encode.InputException;

/**
 * The sizes of a convolution with logic trees and of the pooling after it. Over images all slices are one: of the input,
 * the field, the step and the pool, and none of the border.
 *
 * @param input what the kernels are slid over
 * @param kernels each gives a plane of outputs
 * @param depth levels of gates of a tree, 1 to {@link #MAX_DEPTH}: it has 2ᵈ leaves and 2ᵈ − 1 gates
 * @param field slices, rows and columns among which a kernel's leaves lie; a <em>place</em> is one of them in one of the
 *     planes, counted as wires are in {@link Planes}
 * @param pad slices, rows and columns of zeros around the images
 * @param stride from one position of a kernel to the next
 * @param pool positions whose outputs are joined by OR into one; {@link Window#ONE} where none are. What is left over at
 *     the last slice and the lower and right edge is dropped.
 */
public record ConvShape(Planes input, int kernels, int depth, Window field, Window pad, Window stride, Window pool) {
    /** Deeper trees cost far more and gain nothing (Petersen et al., NeurIPS 2024). */
    public static final int MAX_DEPTH = 4;

    /** @throws InputException if the field exceeds the padded images, or pooling leaves nothing */
    public ConvShape {
        boolean volume = input.slices() > 1 || field.slices() > 1 || pad.slices() > 0;
        Window padded = padded(input, pad);
        if (!fits(field, padded)) {
            Window size = new Window(input.slices(), input.rows(), input.columns());
            throw new InputException("--network: a field of " + field.words(volume) + " over "
                    + (volume ? "volumes" : "images") + " of " + size.words(volume) + " with a border of "
                    + pad.name(volume) + "; expected at most " + padded.words(volume));
        }
        Window positions = positions(padded, field, stride);
        if (!fits(pool, positions)) {
            throw new InputException("--network: orpool:" + pool.name(volume) + " over " + positions.words(volume)
                    + " positions leaves nothing; expected at most " + positions.words(volume));
        }
    }

    private static boolean fits(Window inner, Window outer) {
        return inner.slices() <= outer.slices() && inner.rows() <= outer.rows() && inner.columns() <= outer.columns();
    }

    private static Window padded(Planes input, Window pad) {
        return new Window(
                input.slices() + 2 * pad.slices(), input.rows() + 2 * pad.rows(), input.columns() + 2 * pad.columns());
    }

    private static Window positions(Window padded, Window field, Window stride) {
        return new Window(
                (padded.slices() - field.slices()) / stride.slices() + 1,
                (padded.rows() - field.rows()) / stride.rows() + 1,
                (padded.columns() - field.columns()) / stride.columns() + 1);
    }

    /** The size of the input with its border. */
    public Window padded() {
        return padded(input, pad);
    }

    /** Positions of a kernel, before pooling. */
    public Window positions() {
        return positions(padded(), field, stride);
    }

    /** What pooling leaves. */
    public Planes output() {
        Window positions = positions();
        return new Planes(
                kernels,
                positions.slices() / pool.slices(),
                positions.rows() / pool.rows(),
                positions.columns() / pool.columns());
    }

    /** Where a kernel stands for position {@code window} of those that are pooled to its output {@code output}. */
    public Window position(int output, int window) {
        Planes planes = output();
        int row = output / planes.columns();
        int pooledRow = window / pool.columns();
        return new Window(
                row / planes.rows() * pool.slices() + pooledRow / pool.rows(),
                row % planes.rows() * pool.rows() + pooledRow % pool.rows(),
                output % planes.columns() * pool.columns() + window % pool.columns());
    }

    /** Places of the field in all planes. */
    public int places() {
        return Math.multiplyExact(input.channels(), field.size());
    }

    /** The plane of a place. */
    public int plane(int place) {
        return place / field.size();
    }

    /** Where a place lies in the field. */
    public Window inField(int place) {
        int row = place / field.columns();
        return new Window(row / field.rows() % field.slices(), row % field.rows(), place % field.columns());
    }

    public int leaves() {
        return 1 << depth;
    }

    /** Gates of a tree. */
    public int treeGates() {
        return leaves() - 1;
    }

    /** Gates of the convolution written out at every position, before any simplification, those of pooling included. */
    public long unrolledGates() {
        Planes output = output();
        Window positions = positions();
        long trees = (long) kernels * positions.slices() * positions.rows() * positions.columns();
        return trees * treeGates() + (long) output.size() * (pool.size() - 1);
    }
}
