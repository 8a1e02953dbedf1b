package dev.gatewright.encode;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.encode.Encoder.InputColumn;
import dev.gatewright.encode.Encoder.Inputs;
import dev.gatewright.encode.Encoder.Kind;
import dev.gatewright.encode.Encoder.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Raw samples as bits, as hardware takes them: of each column or pixel a field, one after the other. The encoder's bits
 * follow from them exactly, for every sample.
 *
 * <ul>
 *   <li>A pixel is an unsigned number of 8 bits.
 *   <li>A number v is the whole number ⌈v · 2^f⌉, held within the range of its field. The fraction f is the least for which
 *       every threshold of the column is a whole number of 2^−f, and the field is as narrow as the thresholds allow; it is
 *       unsigned where no threshold is negative, else in two's complement. A missing number is the lowest of the field, which
 *       exceeds no threshold.
 *   <li>A truth value is 1 or 0, and 0 where it is missing.
 *   <li>A category is its index; one that is unseen is the number of categories, a missing one too, or one more where the
 *       encoder asks for missing ones.
 * </ul>
 *
 * <p>A column that the encoder does not read has no field.
 */
public final class RawBits {
    /** No number has more bits, so that doubles hold it. */
    private static final int WIDEST = 52;

    private static final int PIXEL = 8;

    private final Encoder encoder;
    private final List<RawField> fields = new ArrayList<>();
    private int width;

    /**
     * The fields of an encoder.
     *
     * @throws InputException if a threshold needs a number of more than 52 bits, or images have stencils
     */
    public RawBits(Encoder encoder) {
        this.encoder = encoder;
        switch (encoder.inputs()) {
            case Inputs.Pixels pixels -> {
                if (!pixels.stencils().isEmpty()) {
                    throw new InputException(
                            "the encoder makes features of images, such as edges, which is not there as"
                                    + " gates; expected an encoder of thresholds alone");
                }
                for (int i = 0; i < pixels.size(); i++) {
                    add(new RawField.Numeric(i, "pixel " + i, width, PIXEL, 0, false, false));
                }
            }
            case Inputs.Columns columns -> {
                for (int i = 0; i < columns.columns().size(); i++) {
                    column(i, columns.columns().get(i));
                }
            }
        }
    }

    private void add(RawField field) {
        if (field.bits() > 0) {
            fields.add(field);
            width += field.bits();
        }
    }

    private void column(int index, InputColumn column) {
        boolean read = false;
        boolean missing = false;
        boolean compared = false;
        float least = 0;
        float most = 0;
        int fraction = 0;
        for (int bit = 0; bit < encoder.bits(); bit++) {
            if (encoder.column(bit) == index) {
                read = true;
                missing |= encoder.test(bit) == Test.MISSING;
                if (encoder.test(bit) == Test.GREATER) {
                    float threshold = encoder.value(bit);
                    least = compared ? Math.min(least, threshold) : threshold;
                    most = compared ? Math.max(most, threshold) : threshold;
                    compared = true;
                    fraction = Math.max(fraction, fraction(threshold));
                }
            }
        }
        if (column.kind() == Kind.CATEGORY && read) {
            int unseen = column.categories().size();
            int last = unseen + (missing ? 1 : 0);
            add(new RawField.Category(index, column.name(), width, bits(last), unseen, last));
            return;
        }
        if (compared && column.kind() == Kind.BOOLEAN && least >= 0 && most < 1) {
            add(new RawField.Numeric(index, column.name(), width, 1, 0, false, missing));
            return;
        }
        int needed = compared ? width(column.name(), least, most, fraction) : 0;
        add(new RawField.Numeric(index, column.name(), width, needed, fraction, least < 0, missing));
    }

    /** The bits of a number that tells all values around thresholds apart. */
    private static int width(String name, float least, float most, int fraction) {
        double low = Math.scalb((double) least, fraction);
        double high = Math.scalb((double) most, fraction) + 1;
        double limit = Math.scalb(1.0, WIDEST - 1);
        if (-low > limit || high > limit) {
            throw new InputException("column \"" + name + "\" has thresholds from " + NumberText.of(least) + " to "
                    + NumberText.of(most) + " in steps of 2^-" + fraction + ", which a number of " + WIDEST
                    + " bits cannot hold");
        }
        int positive = bits((long) high);
        return low < 0 ? 1 + Math.max(positive, bits((long) -low - 1)) : positive;
    }

    private static int bits(long most) {
        return Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(most));
    }

    /** Bits behind the point that a number needs. */
    private static int fraction(float number) {
        if (number == 0) {
            return 0;
        }
        int bits = Float.floatToRawIntBits(number);
        int mantissa = bits & 0x7FFFFF | (Math.getExponent(number) < Float.MIN_EXPONENT ? 0 : 0x800000);
        int lowest =
                Math.max(Math.getExponent(number), Float.MIN_EXPONENT) - 23 + Integer.numberOfTrailingZeros(mantissa);
        return Math.max(0, -lowest);
    }

    /** Bits of a sample. */
    public int width() {
        return width;
    }

    /** The fields in order. */
    public List<RawField> fields() {
        return List.copyOf(fields);
    }

    /**
     * The bits of every sample.
     *
     * @throws InputException if the encoder cannot read the samples
     */
    public BitMatrix of(Samples samples) {
        BitMatrix matrix = new BitMatrix(samples.rows(), width);
        switch (encoder.inputs()) {
            case Inputs.Pixels shape -> {
                Images images = PixelEncoding.images(shape, samples);
                for (RawField field : fields) {
                    for (int row = 0; row < images.rows(); row++) {
                        write(matrix, row, field, images.pixel(row, field.column()));
                    }
                }
            }
            case Inputs.Columns columns -> {
                List<ColumnValues.Source> sources =
                        new ColumnValues(columns).bind(TableEncoding.table(columns, samples));
                float[] values = new float[samples.rows()];
                for (RawField field : fields) {
                    sources.get(field.column()).read(0, values.length, values, 0);
                    for (int row = 0; row < values.length; row++) {
                        write(matrix, row, field, values[row]);
                    }
                }
            }
        }
        return matrix;
    }

    /** One sample whose bits are exactly these, where there is one. */
    public Optional<Samples> sample(boolean[] bits) {
        Samples sample = switch (encoder.inputs()) {
            case Inputs.Pixels shape -> {
                byte[] pixels = new byte[shape.size()];
                for (RawField field : fields) {
                    pixels[field.column()] = (byte) number(field, bits);
                }
                yield new Images(1, shape.channels(), shape.height(), shape.width(), pixels);
            }
            case Inputs.Columns columns -> {
                List<Column> row = new ArrayList<>();
                for (int i = 0; i < columns.columns().size(); i++) {
                    row.add(cell(i, columns.columns().get(i), bits));
                }
                yield new Table(1, row);
            }
        };
        BitMatrix written = of(sample);
        for (int bit = 0; bit < width; bit++) {
            if (written.get(0, bit) != bits[bit]) {
                return Optional.empty();
            }
        }
        return Optional.of(sample);
    }

    /** A column of one row; missing where the encoder does not read it. */
    private Column cell(int index, InputColumn column, boolean[] bits) {
        float value = Float.NaN;
        for (RawField field : fields) {
            if (field.column() == index) {
                value = field.raw(number(field, bits));
            }
        }
        if (column.kind() != Kind.CATEGORY) {
            return new NumberColumn(column.name(), column.kind() == Kind.BOOLEAN, new float[] {value});
        }
        List<String> categories = new ArrayList<>(column.categories());
        categories.add(RawSample.UNSEEN);
        return new CategoryColumn(
                column.name(), categories, new int[] {Float.isNaN(value) ? CategoryColumn.MISSING : (int) value});
    }

    private static long number(RawField field, boolean[] bits) {
        long number = 0;
        for (int i = 0; i < field.bits(); i++) {
            number |= (bits[field.offset() + i] ? 1L : 0) << i;
        }
        return number;
    }

    private static void write(BitMatrix matrix, int row, RawField field, float value) {
        long bits = field.value(value);
        for (int i = 0; i < field.bits(); i++) {
            matrix.set(row, field.offset() + i, (bits >> i & 1) != 0);
        }
    }
}
