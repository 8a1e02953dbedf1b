package dev.gatewright.encode;

import dev.gatewright.bits.BitMatrix;
import java.util.Arrays;
import java.util.List;

/** Bits of images: 64 samples are gathered in one word a bit, then written to its plane. */
final class PixelEncoding {
    private PixelEncoding() {}

    static BitMatrix encode(Encoder encoder, Encoder.Inputs.Pixels shape, Images images) {
        int bits = encoder.bits();
        int[] pixels = new int[bits];
        int[] limits = new int[bits];
        for (int bit = 0; bit < bits; bit++) {
            pixels[bit] = encoder.column(bit);
            // A whole number exceeds a value where it exceeds the value's floor.
            limits[bit] = (int) Math.max(-1, Math.min(255, Math.floor(encoder.value(bit))));
        }
        BitMatrix matrix = new BitMatrix(images.rows(), bits);
        long[] planes = matrix.planes();
        long[] words = new long[bits];
        int perPlane = matrix.wordsPerPlane();
        boolean derived = !shape.stencils().isEmpty();
        byte[] places = new byte[derived ? shape.places() : 0];
        for (int word = 0; word < perPlane; word++) {
            Arrays.fill(words, 0);
            int end = Math.min(images.rows(), word + 1 << 6);
            for (int row = word << 6; row < end; row++) {
                if (derived) {
                    System.arraycopy(images.pixels(), row * images.size(), places, 0, images.size());
                    shape.derive(places, 0);
                }
                gather(
                        derived ? places : images.pixels(),
                        derived ? 0 : row * images.size(),
                        pixels,
                        limits,
                        words,
                        row);
            }
            for (int bit = 0; bit < bits; bit++) {
                planes[bit * perPlane + word] = words[bit];
            }
        }
        return matrix;
    }

    private static void gather(byte[] bytes, int from, int[] pixels, int[] limits, long[] words, int lane) {
        for (int bit = 0; bit < words.length; bit++) {
            long greater = (long) (limits[bit] - (bytes[from + pixels[bit]] & 0xFF)) >>> 63;
            words[bit] |= greater << lane;
        }
    }

    /** The samples as images of this shape; a table of as many number columns as pixels, 0 to 255, will do too. */
    static Images images(Encoder.Inputs.Pixels shape, Samples samples) {
        return switch (samples) {
            case Images images -> {
                if (images.channels() != shape.channels()
                        || images.height() != shape.height()
                        || images.width() != shape.width()) {
                    throw new InputException("the model reads images of " + text(shape) + ", these are "
                            + images.channels() + "×" + images.height() + "×" + images.width());
                }
                yield images;
            }
            case Table table -> fromTable(shape, table);
        };
    }

    private static Images fromTable(Encoder.Inputs.Pixels shape, Table table) {
        List<NumberColumn> columns = table.columns().stream()
                .filter(NumberColumn.class::isInstance)
                .map(NumberColumn.class::cast)
                .toList();
        int size = shape.size();
        if (columns.size() != table.columns().size() || columns.size() != size) {
            throw new InputException("the model reads images of " + text(shape) + ", that is a table of " + size
                    + " number columns, one a pixel, and this table has "
                    + table.columns().size() + " columns, "
                    + columns.size() + " of numbers");
        }
        if ((long) table.rows() * size > Integer.MAX_VALUE - 8) {
            throw new InputException("a table of " + table.rows() + " images is too large to encode at once; split it");
        }
        byte[] pixels = new byte[table.rows() * size];
        for (int pixel = 0; pixel < size; pixel++) {
            NumberColumn column = columns.get(pixel);
            for (int row = 0; row < table.rows(); row++) {
                float value = column.value(row);
                if (!(value >= 0 && value <= 255)) {
                    throw new InputException("row " + (row + 1) + ", column \"" + column.name() + "\" holds "
                            + (Float.isNaN(value) ? "nothing" : NumberText.of(value))
                            + " where a pixel from 0 to 255 is expected");
                }
                pixels[row * size + pixel] = (byte) Math.round(value);
            }
        }
        return new Images(table.rows(), shape.channels(), shape.height(), shape.width(), pixels);
    }

    private static String text(Encoder.Inputs.Pixels shape) {
        return shape.channels() + "×" + shape.height() + "×" + shape.width();
    }
}
