package dev.gatewright.data;

import dev.gatewright.encode.InputException;

/**
 * Alters images of one shape as an {@link Augmentation} says. An image's alteration is a function of its key alone.
 *
 * <p>Every alteration is one map from places of the result to places of the image, affine but for the bends of {@code
 * elastic}, rounded to 1/256 pixel and read there bilinearly, in whole numbers; where the map hits pixels, it copies
 * them. Takes some ten operations for each pixel and allocates nothing. Not safe for several threads: each has its own.
 */
public final class Augmenter {
    /** Zeros round the image, so that places outside need no special case: two, for the two neighbours of each. */
    private static final int BORDER = 2;

    /** Beyond this, places of 16 fractional bits might not fit an int when images shrink to a tenth. */
    private static final int MAX_SIDE = 1024;

    private static final double ONE = 1 << 16;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    // Random numbers are drawn by name, so that one alteration's draw does not depend on the others.
    private static final int SHIFT_X = 1;
    private static final int SHIFT_Y = 2;
    private static final int CROP_X = 3;
    private static final int CROP_Y = 4;
    private static final int ROTATE = 5;
    private static final int SCALE = 6;
    private static final int SHEAR = 7;
    private static final int FLIP = 8;
    private static final int ELASTIC = 64;

    /** Cells a side of the net whose points {@code elastic} moves: coarse, so that strokes bend and do not fray. */
    private static final int CELLS = 4;

    private final Augmentation measures;
    private final int channels;
    private final int height;
    private final int width;
    private final int stride;
    private final byte[] framed;

    /** Points of the net, then of one row of the image, then its pixels: by how much they move, 16 fractional bits. */
    private final int[] points = new int[2 * (CELLS + 1) * (CELLS + 1)];

    private final int[] rowPoints = new int[CELLS + 1];
    private final int[] bendX;
    private final int[] bendY;

    // The map: place (x, y) of the result comes from (startX + xx·x + xy·y, startY + yx·x + yy·y), 16 fractional bits.
    private int startX;
    private int startY;
    private int xx;
    private int xy;
    private int yx;
    private int yy;

    /** @throws InputException if the images are larger than can be altered */
    public Augmenter(Augmentation measures, int channels, int height, int width) {
        if (height > MAX_SIDE || width > MAX_SIDE) {
            throw new InputException("--augment: the images are of " + height + "×" + width
                    + " pixels; expected at most " + MAX_SIDE + "×" + MAX_SIDE);
        }
        this.measures = measures;
        this.channels = channels;
        this.height = height;
        this.width = width;
        stride = width + 2 * BORDER;
        framed = new byte[(height + 2 * BORDER) * stride];
        bendX = new int[width];
        bendY = new int[width];
    }

    /** The key under which sample {@code sample} is altered in epoch {@code epoch}. */
    public static long key(long seed, int epoch, int sample) {
        return mix(mix(mix(seed) + epoch) + sample);
    }

    /** Writes the image that starts at {@code pixels[from]}, altered by {@code key}, from {@code result[0]} on. */
    public void alter(byte[] pixels, int from, long key, byte[] result) {
        drawMap(key);
        drawNet(key);
        int area = height * width;
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < height; y++) {
                int at = from + channel * area + y * width;
                System.arraycopy(pixels, at, framed, (y + BORDER) * stride + BORDER, width);
            }
            for (int y = 0; y < height; y++) {
                bend(y);
                row(startX + xy * y, startY + yy * y, result, channel * area + y * width);
            }
        }
    }

    private void row(int fromX, int fromY, byte[] result, int at) {
        for (int x = 0; x < width; x++) {
            int placeX = fromX + xx * x + bendX[x] + 128 >> 8;
            int placeY = fromY + yx * x + bendY[x] + 128 >> 8;
            int column = Math.max(-BORDER, Math.min(width, placeX >> 8));
            int line = Math.max(-BORDER, Math.min(height, placeY >> 8));
            int partX = placeX & 255;
            int partY = placeY & 255;
            int corner = (line + BORDER) * stride + column + BORDER;
            int upper = (framed[corner] & 0xFF) * (256 - partX) + (framed[corner + 1] & 0xFF) * partX;
            int lower = (framed[corner + stride] & 0xFF) * (256 - partX) + (framed[corner + stride + 1] & 0xFF) * partX;
            result[at + x] = (byte) (upper * (256 - partY) + lower * partY + (1 << 15) >> 16);
        }
    }

    /** Draws the map that undoes: mirror, shear, scale, rotate about the centre, then shift. */
    private void drawMap(long key) {
        double angle = StrictMath.toRadians(measures.rotate() * uniform(key, ROTATE));
        double size = 1 + measures.scale() * uniform(key, SCALE);
        double slant = measures.shear() * uniform(key, SHEAR);
        double side = measures.flip() && uniform(key, FLIP) < 0 ? -1 : 1;
        double cos = StrictMath.cos(angle) / size;
        double sin = StrictMath.sin(angle) / size;
        double mapXx = side * (cos + slant * sin);
        double mapXy = side * (sin - slant * cos);
        double offX = (width - 1) / 2.0 + measures.shift() * uniform(key, SHIFT_X) + whole(key, CROP_X);
        double offY = (height - 1) / 2.0 + measures.shift() * uniform(key, SHIFT_Y) + whole(key, CROP_Y);
        xx = fixed(mapXx);
        xy = fixed(mapXy);
        yx = fixed(-sin);
        yy = fixed(cos);
        startX = fixed((width - 1) / 2.0 - mapXx * offX - mapXy * offY);
        startY = fixed((height - 1) / 2.0 + sin * offX - cos * offY);
    }

    private void drawNet(long key) {
        for (int i = 0; measures.elastic() > 0 && i < points.length; i++) {
            points[i] = fixed(measures.elastic() * uniform(key, ELASTIC + i));
        }
    }

    /** Elastic distortions (Simard, Steinkraus, Platt, ICDAR 2003), between points instead of smoothed. */
    private void bend(int y) {
        if (measures.elastic() > 0) {
            bend(y, 0, bendX);
            bend(y, points.length / 2, bendY);
        }
    }

    private void bend(int y, int first, int[] bends) {
        int down = place(y, height);
        int line = first + (down >> 8) * (CELLS + 1);
        for (int i = 0; i <= CELLS; i++) {
            rowPoints[i] = between(points[line + i], points[line + CELLS + 1 + i], down & 255);
        }
        for (int x = 0; x < bends.length; x++) {
            int across = place(x, width);
            bends[x] = between(rowPoints[across >> 8], rowPoints[(across >> 8) + 1], across & 255);
        }
    }

    /** Where a pixel is in the net, 8 fractional bits: below the last point, so that each has a next. */
    private static int place(int pixel, int side) {
        return Math.min((pixel * CELLS << 8) / Math.max(1, side - 1), (CELLS << 8) - 1);
    }

    private static int between(int a, int b, int part) {
        return a + ((b - a >> 4) * part >> 4);
    }

    private static int fixed(double value) {
        return (int) Math.rint(value * ONE);
    }

    /** From −crop to crop, each as likely. */
    private double whole(long key, int draw) {
        int crop = measures.crop();
        return crop == 0 ? 0 : Math.floor((uniform(key, draw) + 1) / 2 * (2 * crop + 1)) - crop;
    }

    /** From −1 to below 1. */
    private static double uniform(long key, int draw) {
        return (mix(key + draw * GOLDEN) >>> 11) * 0x1p-52 - 1;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) on the next step of its sequence. */
    private static long mix(long state) {
        long z = state + GOLDEN;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
