package dev.gatewright.data;

import dev.gatewright.encode.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * By how much training images are altered at random, each time they are seen. What leaves the frame is lost, what
 * enters it is 0.
 *
 * @param shift pixels, up and down and sideways, of any fraction, 0 to 64
 * @param crop pixels, up and down and sideways, whole: a frame of so many zeros is put round the image and the image's
 *     size cut from it at random, 0 to 64
 * @param rotate degrees to either side, 0 to 180
 * @param scale the relative size of the image is between 1 − scale and 1 + scale, 0 to 0.9
 * @param shear sideways for each row off the centre, to either side, 0 to 2
 * @param elastic pixels, up and down and sideways, by which each point of a coarse net moves at random, and the image
 *     between the points with them, 0 to 64
 * @param flip whether every second image is mirrored, left to right
 */
public record Augmentation(
        double shift, int crop, double rotate, double scale, double shear, double elastic, boolean flip) {
    private static final int MAX_PIXELS = 64;

    /** @throws InputException if a measure is out of its range */
    public Augmentation {
        require("shift", shift, MAX_PIXELS);
        require("crop", crop, MAX_PIXELS);
        require("rotate", rotate, 180);
        require("scale", scale, 0.9);
        require("shear", shear, 2);
        require("elastic", elastic, MAX_PIXELS);
    }

    private static void require(String key, double value, double max) {
        if (!(value >= 0 && value <= max)) {
            throw new InputException("--augment: " + key + "=" + text(value) + "; expected 0 to " + text(max));
        }
    }

    /**
     * Reads a description such as {@code shift=2,rotate=10,scale=0.1,shear=0.1,flip}; what is not named is left alone.
     *
     * @throws InputException naming the part that could not be read and what was expected there
     */
    public static Augmentation parse(String text) {
        double shift = 0;
        double crop = 0;
        double rotate = 0;
        double scale = 0;
        double shear = 0;
        double elastic = 0;
        boolean flip = false;
        for (String part : text.split(",", -1)) {
            String item = part.strip();
            int equals = item.indexOf('=');
            switch (equals < 0 ? item : item.substring(0, equals).strip() + "=") {
                case "shift=" -> shift = number(item, equals);
                case "crop=" -> crop = number(item, equals);
                case "rotate=" -> rotate = number(item, equals);
                case "scale=" -> scale = number(item, equals);
                case "shear=" -> shear = number(item, equals);
                case "elastic=" -> elastic = number(item, equals);
                case "flip" -> flip = true;
                default ->
                    throw new InputException("--augment: '" + item
                            + "'; expected shift=, crop=, rotate=, scale=, shear= or elastic= with a number, or flip");
            }
        }
        if (crop != Math.rint(crop)) {
            throw new InputException("--augment: crop=" + text(crop) + "; expected a whole number of pixels");
        }
        return new Augmentation(shift, (int) crop, rotate, scale, shear, elastic, flip);
    }

    private static double number(String item, int equals) {
        try {
            return Double.parseDouble(item.substring(equals + 1).strip());
        } catch (NumberFormatException e) {
            throw new InputException("--augment: '" + item + "'; expected a number after the sign", e);
        }
    }

    /** The description that {@link #parse} reads. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "shift", shift);
        add(parts, "crop", crop);
        add(parts, "rotate", rotate);
        add(parts, "scale", scale);
        add(parts, "shear", shear);
        add(parts, "elastic", elastic);
        if (flip) {
            parts.add("flip");
        }
        return parts.isEmpty() ? "shift=0" : String.join(",", parts);
    }

    private static void add(List<String> parts, String key, double value) {
        if (value != 0) {
            parts.add(key + "=" + text(value));
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%d", (long) value)
                : Double.toString(value);
    }
}
