package dev.gatewright.encode;

import java.util.Arrays;
import java.util.Objects;

/**
 * Images of one shape, 8 bits a pixel.
 *
 * <p>Pixels are unsigned bytes, image after image; within an image channel after channel, each row-major: pixel
 * {@code (c, y, x)} of image {@code i} is byte {@code ((i · channels + c) · height + y) · width + x}.
 */
public final class Images implements Samples {
    private final int rows;
    private final int channels;
    private final int height;
    private final int width;
    private final byte[] pixels;

    /**
     * Wraps {@code pixels} without a copy.
     *
     * @throws IllegalArgumentException if the array does not hold exactly {@code rows} images
     */
    public Images(int rows, int channels, int height, int width, byte[] pixels) {
        if (rows < 0 || channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(rows + " images of " + channels + "×" + height + "×" + width);
        }
        if (pixels.length != (long) rows * channels * height * width) {
            throw new IllegalArgumentException(pixels.length + " bytes of pixels where " + rows + " images of "
                    + channels + "×" + height + "×" + width + " need " + (long) rows * channels * height * width);
        }
        this.rows = rows;
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.pixels = pixels;
    }

    @Override
    public int rows() {
        return rows;
    }

    public int channels() {
        return channels;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    /** Bytes of one image. */
    public int size() {
        return channels * height * width;
    }

    /** The live storage, image after image. */
    public byte[] pixels() {
        return pixels;
    }

    /** Pixel {@code pixel} of image {@code row}, 0 to 255. */
    public int pixel(int row, int pixel) {
        Objects.checkIndex(pixel, size());
        return pixels[Objects.checkIndex(row, rows) * size() + pixel] & 0xFF;
    }

    @Override
    public Images select(int[] selected) {
        int size = size();
        byte[] copy = new byte[Math.multiplyExact(selected.length, size)];
        for (int i = 0; i < selected.length; i++) {
            System.arraycopy(pixels, Objects.checkIndex(selected[i], rows) * size, copy, i * size, size);
        }
        return new Images(selected.length, channels, height, width, copy);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Images that
                && rows == that.rows
                && channels == that.channels
                && height == that.height
                && width == that.width
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return Objects.hash(rows, channels, height, width, Arrays.hashCode(pixels));
    }

    @Override
    public String toString() {
        return "Images[" + rows + " of " + channels + "×" + height + "×" + width + "]";
    }
}
