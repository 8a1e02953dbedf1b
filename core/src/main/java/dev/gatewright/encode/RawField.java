package dev.gatewright.encode;

/** What hardware reads of one column or pixel: some of the bits of a {@link RawBits}. */
public sealed interface RawField {
    /** The index of the column or pixel in the encoder's inputs. */
    int column();

    /** Its name. */
    String name();

    /** The first bit of the value. */
    int offset();

    /** Bits of the value, the lowest first; 0 where nothing is compared with it. */
    int width();

    /** All bits, those beside the value included. */
    default int bits() {
        return width();
    }

    /** The value as a whole number, of which the lowest bits are written; NaN where it is missing. */
    long value(float value);

    /** A value that these bits stand for; NaN where that is a missing one. */
    float raw(long bits);

    /** What the bits mean, in a sentence. */
    String meaning();

    /**
     * A number, as {@code ⌈v · 2^fraction⌉} held within the field.
     *
     * @param signed whether it is in two's complement
     * @param asked whether a bit behind the value says that it is missing
     */
    record Numeric(int column, String name, int offset, int width, int fraction, boolean signed, boolean asked)
            implements RawField {
        /** The whole number that a value exceeds where it exceeds a threshold of the column. */
        public long threshold(float threshold) {
            return (long) Math.floor(Math.scalb((double) threshold, fraction));
        }

        /** The lowest value of the field. */
        public long lowest() {
            return signed ? -1L << width - 1 : 0;
        }

        /** The largest value of the field. */
        public long largest() {
            return (1L << (signed ? width - 1 : width)) - 1;
        }

        @Override
        public int bits() {
            return width + (asked ? 1 : 0);
        }

        @Override
        public long value(float value) {
            boolean absent = Float.isNaN(value);
            double exact = Math.ceil(Math.scalb((double) value, fraction));
            long number = width == 0
                    ? 0
                    : absent ? lowest() : (long) Math.clamp(exact, (double) lowest(), (double) largest());
            return number & mask(width) | (asked && absent ? 1L << width : 0);
        }

        @Override
        public float raw(long bits) {
            if (asked && (bits >> width & 1) != 0) {
                return Float.NaN;
            }
            int above = Long.SIZE - width;
            long number = width == 0 ? 0 : signed ? bits << above >> above : bits & mask(width);
            return (float) Math.scalb((double) number, -fraction);
        }

        @Override
        public String meaning() {
            String value = width == 0
                    ? ""
                    : width + " bits, " + (signed ? "two's complement" : "unsigned")
                            + (fraction == 0 ? "" : ", " + fraction + " of them behind the point")
                            + ", the value rounded up and held within this range; " + lowest() + " where missing";
            String missing = asked ? "one bit that is set where the value is missing" : "";
            return value + (width > 0 && asked ? "; then " : "") + missing;
        }
    }

    /**
     * The index of a category.
     *
     * @param unseen stands for categories that the encoder does not know
     * @param missing stands for none, the same where the encoder does not ask for it
     */
    record Category(int column, String name, int offset, int width, int unseen, int missing) implements RawField {
        @Override
        public long value(float value) {
            return Float.isNaN(value) ? missing : value < 0 ? unseen : (long) value;
        }

        @Override
        public float raw(long bits) {
            return bits == missing && missing != unseen ? Float.NaN : Math.min(bits, unseen);
        }

        @Override
        public String meaning() {
            return width + " bits, the index of the category; " + unseen + " where unseen, " + missing
                    + " where missing";
        }
    }

    private static long mask(int width) {
        return (1L << width) - 1;
    }
}
