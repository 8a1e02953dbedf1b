package dev.gatewright.model;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.encode.ColumnValues;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberText;
import dev.gatewright.engine.Executable;
import dev.gatewright.engine.FloatBits;
import dev.gatewright.engine.PixelBits;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;

/**
 * The ways in which raw samples come into blocks of one executable. Loading allocates nothing, but for rows by column
 * names. Safe for use by several threads at once.
 */
final class Feeds {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** Null where the model reads columns. */
    private final PixelBits pixels;
    /** Null where the model reads pixels, as is {@link #columns}. */
    private final FloatBits floats;

    private final ColumnValues columns;
    private final Encoder.Inputs shape;
    private final int width;
    /** Bytes of an image with what stencils make of it; {@link #width} where there are none. */
    private final int places;
    /** Whether some bit that the circuit reads asks for a column. */
    private final boolean[] used;

    /** @param inputsRead the bits to make */
    Feeds(Encoder encoder, int[] inputsRead) {
        shape = encoder.inputs();
        switch (shape) {
            case Encoder.Inputs.Pixels images -> {
                pixels = pixelBits(encoder, inputsRead);
                floats = null;
                columns = null;
                width = images.size();
                places = images.places();
                used = new boolean[0];
            }
            case Encoder.Inputs.Columns named -> {
                pixels = null;
                width = named.columns().size();
                floats = floatBits(encoder, width, inputsRead);
                columns = new ColumnValues(named);
                places = 0;
                used = new boolean[width];
                for (int bit = 0; bit < encoder.bits(); bit++) {
                    used[encoder.column(bit)] = true;
                }
            }
        }
    }

    /**
     * How rows of pixels become the bits of {@code encoder}, as engines take it.
     *
     * @throws IllegalArgumentException if the encoder does not read pixels
     */
    static PixelBits pixelBits(Encoder encoder, int[] inputsRead) {
        if (!(encoder.inputs() instanceof Encoder.Inputs.Pixels shape)) {
            throw new IllegalArgumentException("an encoder of columns where one of pixels is expected");
        }
        int[] bytes = new int[encoder.bits()];
        int[] thresholds = new int[encoder.bits()];
        for (int bit = 0; bit < encoder.bits(); bit++) {
            bytes[bit] = encoder.column(bit);
            // A whole number exceeds a value where it exceeds the value's floor.
            thresholds[bit] = (int) Math.max(-1, Math.min(255, Math.floor(encoder.value(bit))));
        }
        return new PixelBits(shape.places(), bytes, thresholds, inputsRead);
    }

    private static FloatBits floatBits(Encoder encoder, int width, int[] inputsRead) {
        int[] columns = new int[encoder.bits()];
        FloatBits.Test[] tests = new FloatBits.Test[encoder.bits()];
        float[] values = new float[encoder.bits()];
        for (int bit = 0; bit < encoder.bits(); bit++) {
            columns[bit] = encoder.column(bit);
            values[bit] = encoder.value(bit);
            tests[bit] = switch (encoder.test(bit)) {
                case GREATER -> FloatBits.Test.GREATER;
                case EQUALS -> FloatBits.Test.EQUALS;
                case MISSING -> FloatBits.Test.MISSING;
            };
        }
        return new FloatBits(width, columns, tests, values, inputsRead);
    }

    /** Working memory for what is loaded here. */
    Worker worker(Executable executable, int groups) {
        return Worker.of(executable, groups, places, readsPixels() ? 0 : width);
    }

    /** Values of a row: pixels or columns. */
    int width() {
        return width;
    }

    /** Whether these images have the model's shape. */
    boolean fits(Images images) {
        return shape instanceof Encoder.Inputs.Pixels wanted
                && images.channels() == wanted.channels()
                && images.height() == wanted.height()
                && images.width() == wanted.width();
    }

    boolean readsPixels() {
        return pixels != null;
    }

    /** Columns as {@link #table} takes them. */
    ColumnValues columns() {
        return columns;
    }

    /** Bytes of a row in a memory segment. */
    private int segmentRow() {
        return readsPixels() ? width : width * Float.BYTES;
    }

    /** @throws InputException if the segment does not hold whole rows */
    int rows(MemorySegment segment) {
        if (segment.byteSize() % segmentRow() != 0) {
            throw new InputException("the segment has " + segment.byteSize() + " bytes; expected rows of "
                    + segmentRow() + " bytes, " + width + (readsPixels() ? " pixels" : " floats") + " each");
        }
        return Math.toIntExact(segment.byteSize() / segmentRow());
    }

    /** @throws InputException if this is no row of bytes for the model; {@code row} counts from 0 */
    void require(byte[] values, long row) {
        if (!readsPixels()) {
            throw new InputException(
                    "the model reads " + width + " columns, and these are bytes; expected rows of floats");
        }
        requireLength(values == null ? -1 : values.length, row);
    }

    /** @throws InputException if this is no row of floats for the model; {@code row} counts from 0 */
    void require(float[] values, long row) {
        requireLength(values == null ? -1 : values.length, row);
    }

    private void requireLength(int length, long row) {
        if (length != width) {
            throw new InputException("row " + (row + 1) + (length < 0 ? " is null" : " has " + length + " values")
                    + "; the model reads " + width + (readsPixels() ? " pixels" : " columns"));
        }
    }

    void bits(Worker worker, BitMatrix bits, int first, int rows) {
        worker.block().load(bits, first >> 6);
    }

    void images(Worker worker, Images images, int first, int rows) {
        if (places == width) {
            worker.block().load(pixels, images.pixels(), first, rows);
            return;
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(images.pixels(), (first + i) * width, worker.bytes(), i * places, width);
        }
        loadPut(worker, rows);
    }

    void table(Worker worker, List<ColumnValues.Source> sources, int first, int rows) {
        for (int i = 0; i < width; i++) {
            if (used[i]) {
                sources.get(i).read(first, rows, worker.columns()[i], 0);
            }
        }
        worker.block().load(floats, worker.columns(), rows);
    }

    void bytes(Worker worker, byte[][] samples, int first, int rows) {
        for (int i = 0; i < rows; i++) {
            byte[] row = samples[first + i];
            require(row, first + i);
            System.arraycopy(row, 0, worker.bytes(), i * places, width);
        }
        loadPut(worker, rows);
    }

    void byteRow(Worker worker, byte[] row, int first, int rows) {
        require(row, first);
        if (places == width) {
            worker.block().load(pixels, row, 0, 1);
            return;
        }
        System.arraycopy(row, 0, worker.bytes(), 0, width);
        loadPut(worker, 1);
    }

    void floats(Worker worker, float[][] samples, int first, int rows) {
        for (int i = 0; i < rows; i++) {
            require(samples[first + i], first + i);
            put(worker, samples[first + i], i, first + i);
        }
        loadPut(worker, rows);
    }

    void floatRow(Worker worker, float[] row, int first, int rows) {
        require(row, first);
        put(worker, row, 0, first);
        loadPut(worker, 1);
    }

    void named(Worker worker, Map<String, ?> row, int first, int rows) {
        if (columns == null) {
            throw new InputException("the model reads " + width + " pixels and has no named columns");
        }
        columns.row(row, worker.row());
        put(worker, worker.row(), 0, first);
        loadPut(worker, 1);
    }

    void segment(Worker worker, MemorySegment segment, int first, int rows) {
        if (readsPixels()) {
            // Without features all rows of a block are one piece.
            int pieces = places == width ? 1 : rows;
            int length = rows / pieces * width;
            for (int i = 0; i < pieces; i++) {
                long from = (long) first * width + (long) i * length;
                MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, worker.bytes(), i * places, length);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                long from = (long) (first + i) * width * Float.BYTES;
                MemorySegment.copy(segment, FLOAT, from, worker.row(), 0, width);
                put(worker, worker.row(), i, first + i);
            }
        }
        loadPut(worker, rows);
    }

    private void put(Worker worker, float[] values, int at, int row) {
        if (readsPixels()) {
            pixels(values, worker.bytes(), at * places, row);
        } else {
            float[][] into = worker.columns();
            for (int i = 0; i < width; i++) {
                into[i][at] = values[i];
            }
        }
    }

    private static void pixels(float[] values, byte[] into, int at, int row) {
        boolean fine = true;
        for (int i = 0; i < values.length; i++) {
            fine &= values[i] >= 0 && values[i] <= 255;
            into[at + i] = (byte) Math.round(values[i]);
        }
        if (!fine) {
            throw unexpected(values, row);
        }
    }

    private static InputException unexpected(float[] values, int row) {
        int pixel = 0;
        while (values[pixel] >= 0 && values[pixel] <= 255) {
            pixel++;
        }
        return new InputException("row " + (row + 1) + ", pixel " + (pixel + 1) + " holds "
                + NumberText.of(values[pixel]) + " where a number from 0 to 255 is expected");
    }

    private void loadPut(Worker worker, int rows) {
        if (readsPixels()) {
            for (int i = 0; i < rows && places > width; i++) {
                ((Encoder.Inputs.Pixels) shape).derive(worker.bytes(), i * places);
            }
            worker.block().load(pixels, worker.bytes(), 0, rows);
        } else {
            worker.block().load(floats, worker.columns(), rows);
        }
    }
}
