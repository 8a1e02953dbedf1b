package dev.gatewright.network;

import dev.gatewright.encode.InputException;

/**
 * The sizes of a convolution with logic trees and of the pooling after it.
 *
 * @param input what the kernels are slid over
 * @param kernels each gives a plane of outputs
 * @param depth levels of gates of a tree, 1 to {@link #MAX_DEPTH}: it has 2ᵈ leaves and 2ᵈ − 1 gates
 * @param field rows and columns among which a kernel's leaves lie
 * @param pad rows and columns of zeros around the images
 * @param stride from one position of a kernel to the next
 * @param pool positions whose outputs are joined by OR into one; {@link Window#ONE} where none are. What is left over at
 *     the lower and right edge is dropped.
 */
public record ConvShape(Planes input, int kernels, int depth, Window field, Window pad, Window stride, Window pool) {
    /** Deeper trees cost far more and gain nothing (Petersen et al., NeurIPS 2024). */
    public static final int MAX_DEPTH = 4;

    /** @throws InputException if the field exceeds the padded images, or pooling leaves nothing */
    public ConvShape {
        int rows = input.rows() + 2 * pad.rows();
        int columns = input.columns() + 2 * pad.columns();
        if (field.rows() > rows || field.columns() > columns) {
            throw new InputException("--network: a field of " + text(field) + " over images of "
                    + input.rows() + "×" + input.columns() + " with a border of " + pad.name() + "; expected at most "
                    + rows + "×" + columns);
        }
        int down = positions(rows, field.rows(), stride.rows());
        int across = positions(columns, field.columns(), stride.columns());
        if (pool.rows() > down || pool.columns() > across) {
            throw new InputException("--network: orpool:" + pool.name() + " over " + down + "×" + across
                    + " positions leaves nothing; expected at most " + down + "×" + across);
        }
    }

    private static int positions(int size, int field, int stride) {
        return (size - field) / stride + 1;
    }

    private static String text(Window window) {
        return window.rows() + "×" + window.columns();
    }

    /** Rows of positions of a kernel, before pooling. */
    public int down() {
        return positions(input.rows() + 2 * pad.rows(), field.rows(), stride.rows());
    }

    /** Positions of a kernel in a row, before pooling. */
    public int across() {
        return positions(input.columns() + 2 * pad.columns(), field.columns(), stride.columns());
    }

    /** What pooling leaves. */
    public Planes output() {
        return new Planes(kernels, down() / pool.rows(), across() / pool.columns());
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
        return (long) kernels * down() * across() * treeGates() + (long) output.size() * (pool.size() - 1);
    }
}
