package dev.gatewright.circuit;

/**
 * The positions at which the kernel of a stage stands, row by row, and what it reads there.
 *
 * <p>The wires before the stage form planes: wire {@code (c · rows + y) · columns + x} is row y, column x of plane c.
 * A border of constant false lies around every plane. At position {@code (i, j)} the kernel sees the window whose first
 * row is {@code i · stride.rows − pad.rows}, likewise its first column, of all planes: its input
 * {@code (c · window.rows + y) · window.columns + x} is row y, column x of the window of plane c.
 *
 * @param channels planes
 * @param plane rows and columns of a plane
 * @param window rows and columns that the kernel sees of a plane
 * @param stride from one position to the next
 * @param pad rows and columns of the border, on each side
 * @param positions rows and columns of positions
 */
public record Grid(int channels, Extent plane, Extent window, Extent stride, Extent pad, Extent positions) {
    /** What an input of the kernel reads in the border. */
    public static final int BORDER = -1;
    /** Wires of the planes with their borders, inputs of a kernel, and instances of kernels' outputs, at most. */
    public static final int MOST_WIRES = 1 << 24;

    /** @throws IllegalArgumentException with one sentence if sizes are not positive, too large, or the windows leave the planes */
    public Grid {
        require(channels >= 0, "planes", channels);
        side(plane, 1, "a plane");
        side(window, 1, "a window");
        side(stride, 1, "a stride");
        side(pad, 0, "a border");
        side(positions, 1, "positions");
        check("rows", padded(plane.rows(), pad.rows()), window.rows(), stride.rows(), positions.rows());
        check(
                "columns",
                padded(plane.columns(), pad.columns()),
                window.columns(),
                stride.columns(),
                positions.columns());
        atMost(padded(plane.rows(), pad.rows()) * padded(plane.columns(), pad.columns()), channels);
        atMost((long) window.rows() * window.columns(), channels);
        atMost((long) positions.rows() * positions.columns(), 1);
    }

    private static void require(boolean sound, String what, long found) {
        if (!sound) {
            throw new IllegalArgumentException("a grid with " + found + " " + what);
        }
    }

    private static void side(Extent extent, int least, String what) {
        if (extent.rows() < least
                || extent.columns() < least
                || extent.rows() > MOST_WIRES
                || extent.columns() > MOST_WIRES) {
            throw new IllegalArgumentException("a grid with " + what + " of " + extent + "; expected " + least + " to "
                    + MOST_WIRES + " each way");
        }
    }

    private static long padded(int size, int pad) {
        return size + 2L * pad;
    }

    private static void check(String way, long size, int window, int stride, int positions) {
        long end = (positions - 1L) * stride + window;
        if (end > size) {
            throw new IllegalArgumentException("the last of " + positions + " positions of a grid ends at " + end
                    + " of the " + size + " " + way + " that a plane has with its border");
        }
    }

    /** Each factor is below 2⁶⁰, so the comparison is by division. */
    private static void atMost(long each, int count) {
        if (each > MOST_WIRES / Math.max(count, 1)) {
            throw new IllegalArgumentException(
                    "a grid with " + count + " times " + each + " wires; expected at most " + MOST_WIRES + " in all");
        }
    }

    /** One position, at which the kernel sees so many wires: a circuit that is written out. */
    public static Grid flat(int inputs) {
        return new Grid(inputs, Extent.ONE, Extent.ONE, Extent.ONE, new Extent(0, 0), Extent.ONE);
    }

    /** Wires before the stage. */
    public int inputs() {
        return channels * plane.size();
    }

    /** Rows and columns of a plane with its border. */
    public Extent padded() {
        return new Extent(plane.rows() + 2 * pad.rows(), plane.columns() + 2 * pad.columns());
    }

    /** Inputs that the kernel must have. */
    public int kernelInputs() {
        return channels * window.size();
    }

    /**
     * The wire before the stage that an input of the kernel reads, or {@link #BORDER}.
     *
     * @param position counted row by row
     */
    public int source(int input, int position) {
        int channel = input / window.size();
        int row =
                position / positions.columns() * stride.rows() - pad.rows() + input % window.size() / window.columns();
        int column = position % positions.columns() * stride.columns() - pad.columns() + input % window.columns();
        boolean inside = row >= 0 && row < plane.rows() && column >= 0 && column < plane.columns();
        return inside ? (channel * plane.rows() + row) * plane.columns() + column : BORDER;
    }

    /** This grid over so many planes. */
    public Grid withChannels(int count) {
        return new Grid(count, plane, window, stride, pad, positions);
    }
}
