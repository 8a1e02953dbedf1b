package dev.gatewright.encode;

import dev.gatewright.bits.BitMatrix;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An ordered list of bits, each a predicate on one column or pixel of a raw sample.
 *
 * <p>A missing number makes all its comparisons false, a missing or unseen category all its equalities; only a bit
 * that asks for it is true for a missing value. Columns are found by name, in any order; others are ignored. An
 * encoder is immutable and safe for any number of threads.
 */
public final class Encoder {
    /** What a bit asks of its column. */
    public enum Test {
        /** The number or pixel is greater than the value. */
        GREATER(0),
        /** The category is the one with this index. */
        EQUALS(1),
        /** The value is missing. */
        MISSING(2);

        private final byte code;

        Test(int code) {
            this.code = (byte) code;
        }

        /** The code in model files; it never changes. */
        public byte code() {
            return code;
        }
    }

    /** What a column holds. */
    public enum Kind {
        NUMBER,
        BOOLEAN,
        CATEGORY
    }

    /** A named column of the raw data; {@code categories} is empty unless it holds categories. */
    public record InputColumn(String name, Kind kind, List<String> categories) {
        public InputColumn {
            Objects.requireNonNull(name);
            Objects.requireNonNull(kind);
            categories = List.copyOf(categories);
            if (kind != Kind.CATEGORY && !categories.isEmpty()) {
                throw new IllegalArgumentException("column \"" + name + "\" of numbers has categories");
            }
            if (new HashSet<>(categories).size() != categories.size()) {
                throw new IllegalArgumentException("column \"" + name + "\" names a category twice");
            }
        }
    }

    /** The raw samples that an encoder reads. */
    public sealed interface Inputs {
        /**
         * Images of this shape, 8 bits a pixel. Bits may also ask for what the stencils make of them: place
         * {@code (1 + s) · size() + p} is what stencil {@code s} gives at pixel {@code p}.
         */
        record Pixels(int channels, int height, int width, List<Stencil> stencils) implements Inputs {
            public Pixels {
                stencils = List.copyOf(stencils);
                double places = channels * (double) height * width * (1 + stencils.size());
                if (channels < 1 || height < 1 || width < 1 || places > 1 << 28) {
                    throw new IllegalArgumentException("images of " + channels + "×" + height + "×" + width
                            + (stencils.isEmpty() ? "" : " and " + stencils.size() + " stencils"));
                }
            }

            /** Images without stencils. */
            public Pixels(int channels, int height, int width) {
                this(channels, height, width, List.of());
            }

            /** Pixels of one image, over all channels. */
            public int size() {
                return channels * height * width;
            }

            /** Bytes that bits may ask for: the pixels, and after them what each stencil makes of them. */
            public int places() {
                return size() * (1 + stencils.size());
            }

            /** Puts after the image at {@code at} what the stencils make of it. */
            public void derive(byte[] bytes, int at) {
                int plane = height * width;
                int to = at + size();
                for (Stencil stencil : stencils) {
                    for (int channel = 0; channel < channels; channel++, to += plane) {
                        stencil.apply(bytes, at + channel * plane, to, height, width);
                    }
                }
            }
        }

        /** Rows of a table with at least these columns. */
        record Columns(List<InputColumn> columns) implements Inputs {
            public Columns {
                columns = List.copyOf(columns);
                Set<String> names = new HashSet<>();
                for (InputColumn column : columns) {
                    if (!names.add(column.name())) {
                        throw new IllegalArgumentException("two columns are named \"" + column.name() + "\"");
                    }
                }
            }
        }
    }

    private static final List<Test> TESTS = List.of(Test.values());

    private final Inputs inputs;
    private final int[] columns;
    private final byte[] tests;
    private final float[] values;

    /**
     * The encoder whose bit {@code i} asks test {@code tests[i]} (a {@link Test#code}) with {@code values[i]}
     * of column or pixel {@code columns[i]}.
     *
     * @throws IllegalArgumentException if a bit does not make sense for its column, or there is no bit
     */
    public Encoder(Inputs inputs, int[] columns, byte[] tests, float[] values) {
        this.inputs = Objects.requireNonNull(inputs);
        this.columns = columns.clone();
        this.tests = tests.clone();
        this.values = values.clone();
        if (columns.length != tests.length || columns.length != values.length) {
            throw new IllegalArgumentException("an encoder of " + columns.length + " columns, " + tests.length
                    + " tests and " + values.length + " values");
        }
        if (columns.length == 0) {
            throw new IllegalArgumentException("an encoder without bits");
        }
        for (int bit = 0; bit < columns.length; bit++) {
            String wrong = wrong(bit);
            if (!wrong.isEmpty()) {
                throw new IllegalArgumentException("encoder bit " + bit + " " + wrong);
            }
        }
    }

    private String wrong(int bit) {
        int column = columns[bit];
        int test = tests[bit];
        float value = values[bit];
        int limit = switch (inputs) {
            case Inputs.Pixels p -> p.places();
            case Inputs.Columns c -> c.columns().size();
        };
        if (column < 0 || column >= limit) {
            return "reads input " + column + " of " + limit;
        }
        if (test < 0 || test >= TESTS.size()) {
            return "has the unknown test " + test;
        }
        if (!Float.isFinite(value)) {
            return "has the value " + value;
        }
        Test asked = TESTS.get(test);
        return switch (inputs) {
            case Inputs.Pixels pixels ->
                asked == Test.GREATER ? "" : "asks " + asked + " of one of " + pixels.size() + " pixels";
            case Inputs.Columns c -> wrong(c.columns().get(column), asked, value);
        };
    }

    private static String wrong(InputColumn column, Test asked, float value) {
        boolean category = column.kind() == Kind.CATEGORY;
        return switch (asked) {
            case MISSING -> "";
            case GREATER -> category ? "compares the category column \"" + column.name() + "\" with a number" : "";
            case EQUALS -> {
                boolean index = value >= 0 && value < column.categories().size() && value == (int) value;
                yield category && index ? "" : "asks column \"" + column.name() + "\" for category " + value;
            }
        };
    }

    public int bits() {
        return columns.length;
    }

    public Inputs inputs() {
        return inputs;
    }

    /** The index of the column, or of the pixel, that a bit reads. */
    public int column(int bit) {
        return columns[bit];
    }

    public Test test(int bit) {
        return TESTS.get(tests[bit]);
    }

    /** The threshold, or the index of the category. */
    public float value(int bit) {
        return values[bit];
    }

    /**
     * The bits of every sample.
     *
     * @throws InputException if the samples lack a column, have another shape, or hold a value that cannot be read
     */
    public BitMatrix encode(Samples samples) {
        return switch (inputs) {
            case Inputs.Pixels shape -> PixelEncoding.encode(this, shape, PixelEncoding.images(shape, samples));
            case Inputs.Columns wanted -> TableEncoding.encode(this, wanted, samples);
        };
    }

    /** A bit in words, such as {@code age > 37.5}, {@code pixel (12,3) > 127} with the row first, or {@code right edge (12,3) > 25.5}. */
    public String describe(int bit) {
        return switch (inputs) {
            case Inputs.Pixels shape -> pixel(shape, columns[bit]) + " > " + NumberText.of(values[bit]);
            case Inputs.Columns c -> describe(c.columns().get(columns[bit]), bit);
        };
    }

    private String describe(InputColumn column, int bit) {
        return switch (test(bit)) {
            case MISSING -> column.name() + " is missing";
            case EQUALS -> column.name() + " = " + column.categories().get((int) values[bit]);
            case GREATER ->
                column.kind() == Kind.BOOLEAN
                        ? column.name() + " is true"
                        : column.name() + " > " + NumberText.of(values[bit]);
        };
    }

    private static String pixel(Inputs.Pixels shape, int place) {
        int pixel = place % shape.size();
        int x = pixel % shape.width();
        int y = pixel / shape.width() % shape.height();
        int channel = pixel / shape.width() / shape.height();
        String at = y + "," + x + ")";
        int stencil = place / shape.size() - 1;
        String what = stencil < 0 ? "pixel (" : shape.stencils().get(stencil).name() + " (";
        return shape.channels() == 1 ? what + at : what + channel + "," + at;
    }

    /** One line on what is read and how many bits come of it. */
    public String summary() {
        return switch (inputs) {
            case Inputs.Pixels p ->
                bits() + " bits from images of " + p.channels() + "×" + p.height() + "×" + p.width()
                        + (p.stencils().isEmpty() ? "" : " and " + p.stencils().size() + " features of them");
            case Inputs.Columns c -> {
                int[] perTest = new int[TESTS.size()];
                for (byte test : tests) {
                    perTest[test]++;
                }
                yield bits() + " bits from " + c.columns().size() + " columns: " + perTest[Test.GREATER.code()]
                        + " comparisons, " + perTest[Test.EQUALS.code()] + " categories, "
                        + perTest[Test.MISSING.code()] + " missing";
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Encoder that
                && inputs.equals(that.inputs)
                && Arrays.equals(columns, that.columns)
                && Arrays.equals(tests, that.tests)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputs, Arrays.hashCode(columns), Arrays.hashCode(tests), Arrays.hashCode(values));
    }

    @Override
    public String toString() {
        return "Encoder[" + summary() + "]";
    }
}
