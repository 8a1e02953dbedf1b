package dev.gatewright.encode;

import java.util.List;

/**
 * A fixed feature of an image: at every pixel a weighted sum of the 3 × 3 pixels around it, as a byte.
 *
 * <p>The value is ⌊Σ w·x / Σ w⁺⌋ held within 0 to 255, with w⁺ the positive weights: 255 is the most that any image
 * gives. At the border the nearest pixel of the image stands for those outside it.
 *
 * @param weights nine whole numbers, row after row; of each pixel those above it first
 */
public record Stencil(List<Integer> weights) {
    private static final int SIDE = 3;
    private static final int MOST = 127;
    private static final int BRIGHTEST = 255;

    /** @throws IllegalArgumentException if there are not nine weights from −127 to 127, one of them positive */
    public Stencil {
        weights = List.copyOf(weights);
        boolean fine = weights.size() == SIDE * SIDE && weights.stream().anyMatch(weight -> weight > 0);
        if (!fine || weights.stream().anyMatch(weight -> weight < -MOST || weight > MOST)) {
            throw new IllegalArgumentException(
                    "a stencil of the weights " + weights + "; expected nine from −127 to 127, one of them above zero");
        }
    }

    static Stencil of(Integer... weights) {
        return new Stencil(List.of(weights));
    }

    /** What people call it, else its weights. */
    String name() {
        return Features.name(this);
    }

    /** From the plane of bytes at {@code from} to that at {@code to}. */
    void apply(byte[] bytes, int from, int to, int height, int width) {
        int most = 0;
        for (int i = 0; i < weights.size(); i++) {
            most += Math.max(0, weights.get(i));
        }
        int w0 = weights.get(0);
        int w1 = weights.get(1);
        int w2 = weights.get(2);
        int w3 = weights.get(3);
        int w4 = weights.get(4);
        int w5 = weights.get(5);
        int w6 = weights.get(6);
        int w7 = weights.get(7);
        int w8 = weights.get(8);
        for (int y = 0; y < height; y++) {
            int above = from + Math.max(0, y - 1) * width;
            int level = from + y * width;
            int below = from + Math.min(height - 1, y + 1) * width;
            for (int x = 0; x < width; x++) {
                int left = Math.max(0, x - 1);
                int right = Math.min(width - 1, x + 1);
                int sum = w0 * (bytes[above + left] & 0xFF)
                        + w1 * (bytes[above + x] & 0xFF)
                        + w2 * (bytes[above + right] & 0xFF)
                        + w3 * (bytes[level + left] & 0xFF)
                        + w4 * (bytes[level + x] & 0xFF)
                        + w5 * (bytes[level + right] & 0xFF)
                        + w6 * (bytes[below + left] & 0xFF)
                        + w7 * (bytes[below + x] & 0xFF)
                        + w8 * (bytes[below + right] & 0xFF);
                bytes[to + y * width + x] = (byte) (sum <= 0 ? 0 : Math.min(BRIGHTEST, sum / most));
            }
        }
    }
}
